using System.Globalization;
using System.Text.Json.Serialization;

namespace MoocPlatform.Quizzes.Grading;

/// <summary>
/// A place in a quiz for questions of the course's bank: each attempt draws its own. It asks nothing itself and stands on no sheet; what
/// was drawn does.
/// </summary>
internal sealed record Draw : QuestionBody
{
    /// <summary>Of the questions that may be drawn.</summary>
    public required string Tag { get; init; }

    /// <summary>How many are drawn, at least 1.</summary>
    public required int Count { get; init; }

    [JsonIgnore]
    public override bool PartlyRightCounts => false;

    [JsonIgnore]
    public override int Asked => Count;

    public override Answer? Read(IReadOnlyList<string> fields, IReadOnlyList<int> order, CultureInfo culture) => null;

    public override Mark Grade(Answer answer) => Mark.Nothing;
}
