using System.Text.Json.Serialization;

namespace MoocPlatform.Quizzes.Grading;

/// <summary>
/// What a learner gave, read once at receipt: in the author's order of options and with numbers in canonical form, so that grading
/// knows neither the shuffling nor anybody's culture. Question types use the parts they need.
/// </summary>
internal sealed record Answer
{
    /// <summary>Longest text that is taken, in UTF-16 units.</summary>
    public const int LongestText = 1000;

    /// <summary>Chosen options by their place in the question, ascending and once each.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? Picks { get; init; }

    /// <summary>What was typed, as it was typed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    /// <summary>The number that <see cref="Text"/> was read as; null when it is no number.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Number { get; init; }

    public bool Equals(Answer? other) =>
        other is not null && Text == other.Text && Number == other.Number && (Picks ?? []).SequenceEqual(other.Picks ?? []);

    public override int GetHashCode() => HashCode.Combine(Text, Number, Picks?.Count);
}

/// <summary>What an answer is worth.</summary>
/// <param name="Fraction">Part of the question's points, 0 to 1.</param>
/// <param name="Feedback">The author's words for this very answer, as safe HTML.</param>
internal sealed record Mark(decimal Fraction, IReadOnlyList<string> Feedback)
{
    /// <summary>Not answered, or nothing right.</summary>
    public static readonly Mark Nothing = new(0, []);
}
