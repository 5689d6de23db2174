using System.Globalization;

namespace MoocPlatform.Quizzes.Grading;

/// <summary>
/// Computes what an author wrote: numbers with a decimal point, variables, <c>+ - * / ^</c>, parentheses and functions. IEEE doubles,
/// the result to 12 significant figures: 0.1 + 0.2 is 0.3. No culture, no state, depth at most 50.
/// </summary>
internal sealed class Arithmetic
{
    private const int Deepest = 50;

    private static readonly Dictionary<string, (int Least, int Most, Func<double[], double> Of)> Functions = new(StringComparer.Ordinal)
    {
        ["abs"] = (1, 1, x => Math.Abs(x[0])),
        ["sqrt"] = (1, 1, x => Math.Sqrt(x[0])),
        ["exp"] = (1, 1, x => Math.Exp(x[0])),
        ["ln"] = (1, 1, x => Math.Log(x[0])),
        ["log10"] = (1, 1, x => Math.Log10(x[0])),
        ["sin"] = (1, 1, x => Math.Sin(x[0])),
        ["cos"] = (1, 1, x => Math.Cos(x[0])),
        ["tan"] = (1, 1, x => Math.Tan(x[0])),
        ["floor"] = (1, 1, x => Math.Floor(x[0])),
        ["ceil"] = (1, 1, x => Math.Ceiling(x[0])),
        ["round"] = (1, 2, x => Math.Round(x[0], x.Length > 1 ? (int)Math.Clamp(x[1], 0, 15) : 0, MidpointRounding.AwayFromZero)),
        ["min"] = (1, 10, x => x.Min()),
        ["max"] = (1, 10, x => x.Max()),
    };

    private readonly string text;
    private readonly IReadOnlyDictionary<string, decimal> variables;
    private int at;
    private int depth;

    private Arithmetic(string text, IReadOnlyDictionary<string, decimal> variables) => (this.text, this.variables) = (text, variables);

    /// <summary>The value; null when it is none (a division by zero) or beyond what numbers may be.</summary>
    /// <exception cref="FormatException">The text is no expression. The message is the place, from 0, where it went wrong.</exception>
    public static decimal? Value(string text, IReadOnlyDictionary<string, decimal> variables)
    {
        var reading = new Arithmetic(text, variables);
        var value = reading.Sum();
        if (reading.Peek() != '\0')
            throw reading.Wrong();
        if (!double.IsFinite(value) || Math.Abs(value) > (double)NumberReading.Largest)
            return null;
        var figures = value.ToString("E11", CultureInfo.InvariantCulture);
        return decimal.Parse(figures, NumberStyles.Float, CultureInfo.InvariantCulture) / 1.0000000000000000000000000000m;
    }

    public static bool IsName(string name) =>
        name.Length is > 0 and <= 20 && char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !Functions.ContainsKey(name) && name != "pi";

    private double Sum()
    {
        if (++depth > Deepest)
            throw Wrong();
        var value = Product();
        while (Peek() is '+' or '-')
            value = text[at++] == '+' ? value + Product() : value - Product();
        depth--;
        return value;
    }

    private double Product()
    {
        var value = Signed();
        while (Peek() is '*' or '/')
            value = text[at++] == '*' ? value * Signed() : value / Signed();
        return value;
    }

    // -2^2 is -4, 2^-1 is a half, 2^3^2 is 2^9.
    private double Signed()
    {
        var minus = false;
        while (Peek() is '-' or '+')
            minus ^= text[at++] == '-';
        var value = Simple();
        if (Peek() == '^')
        {
            at++;
            if (++depth > Deepest)
                throw Wrong();
            value = Math.Pow(value, Signed());
            depth--;
        }

        return minus ? -value : value;
    }

    private double Simple()
    {
        var first = Peek();
        if (first == '(')
            return Within()[0];
        var start = at;
        if (char.IsAsciiDigit(first) || first == '.')
        {
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '.' || (text[at] is '-' or '+' && text[at - 1] is 'e' or 'E')))
                at++;
            return double.TryParse(text[start..at], NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong(start);
        }

        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
            at++;
        var name = text[start..at];
        if (variables.TryGetValue(name, out var value))
            return (double)value;
        if (name == "pi")
            return Math.PI;
        if (!Functions.TryGetValue(name, out var function) || Peek() != '(')
            throw Wrong(start);
        var arguments = Within();
        return arguments.Length >= function.Least && arguments.Length <= function.Most ? function.Of(arguments) : throw Wrong(start);
    }

    private double[] Within()
    {
        at++;
        var values = new List<double> { Sum() };
        while (Peek() == ',' && values.Count < 10)
        {
            at++;
            values.Add(Sum());
        }

        if (Peek() != ')')
            throw Wrong();
        at++;
        return [.. values];
    }

    private char Peek()
    {
        while (at < text.Length && text[at] == ' ')
            at++;
        return at < text.Length ? text[at] : '\0';
    }

    private FormatException Wrong(int? where = null) => new((where ?? at).ToString(CultureInfo.InvariantCulture));
}
