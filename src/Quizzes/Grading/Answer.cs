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

    /// <summary>The number that <see cref="Text"/> was read as, in the question's own unit; null when it is no number.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Number { get; init; }

    /// <summary>The unit that was typed behind the number, as the question writes it. Null: none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Unit { get; init; }

    /// <summary>
    /// Matching: for each pair, in the author's order, the place of the chosen answer. Ordering: for each item, in the author's order,
    /// the position it was given, from 0. Both: −1 where nothing was chosen.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? Places { get; init; }

    /// <summary>Cloze: the answer of each gap; null where it was left empty.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Answer?>? Gaps { get; init; }

    public bool Equals(Answer? other) =>
        other is not null && Text == other.Text && Number == other.Number && Unit == other.Unit && (Picks ?? []).SequenceEqual(other.Picks ?? [])
        && (Places ?? []).SequenceEqual(other.Places ?? []) && (Gaps ?? []).SequenceEqual(other.Gaps ?? []);

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
