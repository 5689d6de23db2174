using System.Globalization;
using MoocPlatform.Quizzes.Grading;

namespace MoocPlatform.Quizzes.Writing;

/// <summary>Reads what a variable is: <c>5..20</c>, <c>5..20 step 0.5</c>, <c>2, 4, 8</c>, or <c>= size * n</c> of those before it.</summary>
internal sealed class VariableReader(string name, string text, int number, int column, Problems problems)
{
    private const int MostValues = 100;
    private const int MostVariables = 20;
    private const decimal MostSteps = 1_000_000;

    public VariableText Read(IReadOnlyList<VariableText> before)
    {
        var definition = text.Trim();
        var read = new VariableText(name, definition) { Value = Value(definition, before) };
        if (!Arithmetic.IsName(name))
            Wrong("“{0}” is the name of a function.", name);
        if (before.Count == MostVariables)
            Wrong("A formula has at most {0} variables.", "20");
        return read;
    }

    private Variable? Value(string definition, IReadOnlyList<VariableText> before)
    {
        if (definition.StartsWith('='))
        {
            var expression = definition[1..].Trim();
            if (Trial(expression, [.. before.Select(v => v.Value).OfType<Variable>()]) is not { } wrong)
                return new Variable(name, [], Is: expression);
            problems.Add(number, column + wrong.At + (definition.Length - expression.Length), wrong.Message, wrong.Arguments);
            return null;
        }

        var dots = definition.IndexOf("..", StringComparison.Ordinal);
        if (dots >= 0)
        {
            var step = definition.IndexOf(" step ", StringComparison.Ordinal);
            var high = KeyReader.Decimal(definition[(dots + 2)..(step < dots ? definition.Length : step)]);
            var by = step < dots ? 1 : KeyReader.Decimal(definition[(step + 6)..]);
            if (KeyReader.Decimal(definition[..dots]) is { } low && low <= high && by > 0 && (high - low) / by <= MostSteps)
                return new Variable(name, [], low, high.Value, by.Value);
            return Wrong("“{0}” is not a range to draw from. Write it as 5..20 or 5..20 step 0.5, with decimal points, at most a million steps.", definition);
        }

        var values = definition.Split(',').Select(KeyReader.Decimal).ToList();
        return values.Count <= MostValues && values.All(v => v is not null)
            ? new Variable(name, [.. values.Select(v => v!.Value)])
            : Wrong("“{0}” is not a list of numbers to draw from. Write it as 2, 4, 8, with decimal points.", definition);
    }

    /// <summary>
    /// Tries an expression with the lowest, the highest and a few drawn values: whether it can be read, and has a value each time.
    /// Null: nothing is wrong.
    /// </summary>
    internal static (int At, string Message, IReadOnlyList<string> Arguments)? Trial(string expression, IReadOnlyList<Variable> variables)
    {
        const int Trials = 50;
        var random = new Random(1);
        for (var trial = 0; trial < Trials; trial++)
        {
            var drawn = new Dictionary<string, decimal>(StringComparer.Ordinal);
            foreach (var variable in variables)
            {
                drawn[variable.Name] = trial switch
                {
                    0 when variable.Step > 0 => variable.Low,
                    1 when variable.Step > 0 => variable.High,
                    _ => variable.Draw(random, drawn),
                };
            }

            try
            {
                if (Arithmetic.Value(expression, drawn) is null)
                    return (0, "“{0}” has no value when {1}.", [expression, string.Join(", ", drawn.Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Key} = {d.Value}")))]);
            }
            catch (FormatException wrong)
            {
                return (int.Parse(wrong.Message, CultureInfo.InvariantCulture), "This cannot be computed: “{0}”.", [expression]);
            }
        }

        return null;
    }

    private Variable? Wrong(string message, params IReadOnlyList<string> arguments)
    {
        problems.Add(number, column, message, arguments);
        return null;
    }
}
