using System.Globalization;
using System.Text.Json.Serialization;

namespace MoocPlatform.Quizzes.Grading;

/// <summary>An interval of numbers, both ends included, and what it is worth.</summary>
/// <param name="Value">The number itself, when the key is a number with a tolerance; null for a range.</param>
/// <param name="Figures">Not the interval counts but whether number and value are the same when rounded to so many significant figures, 1 to 15.</param>
/// <param name="Anything">Whatever was typed, even if it is no number.</param>
internal sealed record NumericKey(
    decimal Low, decimal High, decimal? Value, decimal Fraction, string? Feedback = null, int? Figures = null, bool Anything = false)
{
    public bool Holds(decimal? given) =>
        Anything || (given is { } number && (Figures is { } figures ? Rounded(number, figures) == Rounded(Value ?? 0, figures) : Low <= number && number <= High));

    /// <summary>A number to so many significant figures; a half is rounded away from zero, as taught in schools.</summary>
    public static decimal Rounded(decimal number, int figures)
    {
        if (number == 0)
            return 0;
        var (size, scale) = (Math.Abs(number), 1m);
        for (; size >= 10 && scale < NumberReading.Largest; size /= 10)
            scale *= 10;
        for (; size < 1 && scale > 0.0000000000001m; size *= 10)
            scale /= 10;
        return Math.Round(number / scale, figures - 1, MidpointRounding.AwayFromZero) * scale;
    }
}

/// <summary>A unit that may be typed instead of the question's own.</summary>
/// <param name="Factor">How many of the question's own unit it is: 1000 for GB beside MB. Above 0.</param>
internal sealed record UnitFactor(string Name, decimal Factor);

/// <summary>How units are read.</summary>
/// <param name="Own">Printed beside the field unless it must be typed. Null: none.</param>
/// <param name="Others">What may be typed instead.</param>
/// <param name="Penalty">Part of the points that is lost when no unit is typed, above 0 to 1. Null: the own unit is meant.</param>
internal sealed record Units(string? Own, IReadOnlyList<UnitFactor> Others, decimal? Penalty = null)
{
    /// <summary>What is printed beside the field.</summary>
    [JsonIgnore]
    public string? Printed => Penalty is null ? Own : null;

    /// <summary>
    /// A number in the own unit, and the unit that stood behind it. A unit as it is written goes before one that differs by capitals
    /// (mW is not MW), a long one before a short one.
    /// </summary>
    public (decimal? Number, string? Unit) Read(string text, CultureInfo culture)
    {
        IEnumerable<UnitFactor> all = Own is null ? Others : Others.Prepend(new(Own, 1));
        var longest = all.OrderByDescending(u => u.Name.Length).ToList();
        var unit = longest.FirstOrDefault(u => text.EndsWith(u.Name, StringComparison.Ordinal))
            ?? longest.FirstOrDefault(u => text.EndsWith(u.Name, StringComparison.OrdinalIgnoreCase));
        var number = NumberReading.Read(text, culture, unit?.Name);
        return number is null || unit is null ? (number, null) : (Math.Abs(number.Value) <= NumberReading.Largest / unit.Factor ? number * unit.Factor / 1.0000000000000000000000000000m : null, unit.Name);
    }
}

/// <summary>A number, right within a tolerance. The first key that holds the number counts.</summary>
internal sealed record Numeric : QuestionBody
{
    public required IReadOnlyList<NumericKey> Keys { get; init; }

    /// <summary>Printed beside the field; may be typed behind the number. Null: none.</summary>
    public string? Unit { get; init; }

    /// <summary>Units beside <see cref="Unit"/>; null: no other.</summary>
    public Units? Units { get; init; }

    [JsonIgnore]
    public Units Measures => Units ?? new(Unit, []);

    [JsonIgnore]
    public override bool PartlyRightCounts => Keys.Any(k => k.Fraction is > 0 and < 1) || Units?.Penalty is > 0 and < 1;

    public override Answer? Read(IReadOnlyList<string> fields, IReadOnlyList<int> order, CultureInfo culture)
    {
        if (Typed(fields) is not { } text)
            return null;
        var (number, unit) = Measures.Read(text, culture);
        return new Answer { Text = text, Number = number, Unit = unit };
    }

    public override Mark Grade(Answer answer) => Keys.FirstOrDefault(k => k.Holds(answer.Number)) is { } key
        ? new(key.Fraction - (answer.Unit is null && Units?.Penalty is { } penalty ? penalty : 0), key.Feedback is { } said ? [said] : [])
        : Mark.Nothing;
}
