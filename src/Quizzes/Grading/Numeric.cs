using System.Globalization;
using System.Text.Json.Serialization;

namespace MoocPlatform.Quizzes.Grading;

/// <summary>An interval of numbers, both ends included, and what it is worth.</summary>
/// <param name="Value">The number itself, when the key is a number with a tolerance; null for a range.</param>
internal sealed record NumericKey(decimal Low, decimal High, decimal? Value, decimal Fraction, string? Feedback = null);

/// <summary>A number, right within a tolerance. The first key that holds the number counts.</summary>
internal sealed record Numeric : QuestionBody
{
    public required IReadOnlyList<NumericKey> Keys { get; init; }

    /// <summary>Printed beside the field; may be typed behind the number. Null: none.</summary>
    public string? Unit { get; init; }

    [JsonIgnore]
    public override bool PartlyRightCounts => Keys.Any(k => k.Fraction is > 0 and < 1);

    public override Answer? Read(IReadOnlyList<string> fields, IReadOnlyList<int> order, CultureInfo culture) =>
        Typed(fields) is { } text ? new Answer { Text = text, Number = NumberReading.Read(text, culture, Unit) } : null;

    public override Mark Grade(Answer answer) =>
        answer.Number is { } number && Keys.FirstOrDefault(k => k.Low <= number && number <= k.High) is { } key
            ? new(key.Fraction, key.Feedback is { } said ? [said] : [])
            : Mark.Nothing;
}
