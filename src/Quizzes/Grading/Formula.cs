using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace MoocPlatform.Quizzes.Grading;

/// <summary>A number that each attempt draws for itself, or computes of what was drawn before it.</summary>
/// <param name="Values">One of these is drawn; empty: a range or a computed one.</param>
/// <param name="Step">From <paramref name="Low"/> in such steps up to <paramref name="High"/>; 0: not a range.</param>
/// <param name="Is">An expression of the variables before it; null: it is drawn.</param>
internal sealed record Variable(string Name, IReadOnlyList<decimal> Values, decimal Low = 0, decimal High = 0, decimal Step = 0, string? Is = null)
{
    public decimal Draw(Random random, IReadOnlyDictionary<string, decimal> before) => this switch
    {
        { Is: { } expression } => Arithmetic.Value(expression, before) ?? 0,
        { Values.Count: > 0 } => Values[random.Next(Values.Count)],
        _ => (Low + (Step * random.NextInt64(Steps + 1))) / 1.0000000000000000000000000000m,
    };

    /// <summary>How many steps the range has.</summary>
    [JsonIgnore]
    public long Steps => Step > 0 ? (long)decimal.Floor((High - Low) / Step) : 0;
}

/// <summary>What is right, as an expression.</summary>
/// <param name="Tolerance">Either way, at least 0; with <paramref name="Relative"/> a part of the value.</param>
/// <param name="Figures">Right is what is the same to so many significant figures; null: the tolerance counts.</param>
internal sealed record FormulaKey(string Is, decimal Tolerance, bool Relative, int? Figures, decimal Fraction, string? Feedback = null);

/// <summary>
/// A numeric question whose numbers are drawn for each attempt. What is kept on the sheet are the values; with them it becomes a
/// <see cref="Numeric"/>, and nothing else in the platform knows the difference. In the prompt variables stand as the gaps of a
/// <see cref="Cloze"/> do.
/// </summary>
internal sealed record Formula : QuestionBody
{
    public required IReadOnlyList<Variable> Variables { get; init; }

    public required IReadOnlyList<FormulaKey> Keys { get; init; }

    public string? Unit { get; init; }

    public Units? Units { get; init; }

    [JsonIgnore]
    public override bool PartlyRightCounts => Keys.Any(k => k.Fraction is > 0 and < 1) || Units?.Penalty is > 0 and < 1;

    public override IReadOnlyList<decimal> Draw(Random random)
    {
        var drawn = new Dictionary<string, decimal>(StringComparer.Ordinal);
        return [.. Variables.Select(v => drawn[v.Name] = v.Draw(random, drawn))];
    }

    /// <summary>The numbers are written in the culture of who reads them.</summary>
    public override QuestionBody Drawn(IReadOnlyList<decimal>? values)
    {
        values ??= Draw(new Random(1)); // a sheet dealt without values: never by us
        var named = Variables.Select((v, i) => (v.Name, Value: i < values.Count ? values[i] : 0)).ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);
        return new Numeric
        {
            Prompt = Written(Prompt, values)!,
            Points = Points,
            Feedback = Written(Feedback, values),
            Hints = [.. Hints.Select(h => Written(h, values)!)],
            Unit = Unit,
            Units = Units,
            Keys = [.. Keys.Select(k => Key(k, named) is { } key ? key with { Feedback = Written(k.Feedback, values) } : null).OfType<NumericKey>()],
        };
    }

    /// <summary>Nothing was asked yet: a formula is graded as what it becomes when it is drawn.</summary>
    public override Answer? Read(IReadOnlyList<string> fields, IReadOnlyList<int> order, CultureInfo culture) => null;

    public override Mark Grade(Answer answer) => Mark.Nothing;

    /// <summary>What a key is with these values; null: it has no value (a division by zero).</summary>
    public static NumericKey? Key(FormulaKey key, IReadOnlyDictionary<string, decimal> values)
    {
        if (Arithmetic.Value(key.Is, values) is not { } value)
            return null;
        var tolerance = key.Relative ? Math.Abs(value) * key.Tolerance : key.Tolerance;
        return new NumericKey(value - tolerance, value + tolerance, value, key.Fraction, Figures: key.Figures);
    }

    private static string? Written(string? html, IReadOnlyList<decimal> values)
    {
        if (html is null || !html.Contains(Cloze.Open, StringComparison.Ordinal))
            return html;
        var written = new StringBuilder(html.Length);
        foreach (var (text, place) in Places(html))
            written.Append(text).Append(place >= 0 && place < values.Count ? NumberReading.Show(values[place], CultureInfo.CurrentCulture) : "");
        return written.ToString();
    }

    /// <summary>A text cut at its gaps: what stands before each, and its place; the last has none (−1).</summary>
    internal static IEnumerable<(string Text, int Place)> Places(string html)
    {
        var from = 0;
        for (var open = html.IndexOf(Cloze.Open); open >= 0; open = html.IndexOf(Cloze.Open, from))
        {
            var close = html.IndexOf(Cloze.Close, open);
            if (close < 0)
                break;
            yield return (html[from..open], int.TryParse(html.AsSpan(open + 1, close - open - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : -1);
            from = close + 1;
        }

        yield return (html[from..], -1);
    }
}
