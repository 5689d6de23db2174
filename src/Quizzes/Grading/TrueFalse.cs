using System.Globalization;
using System.Text.Json.Serialization;

namespace MoocPlatform.Quizzes.Grading;

/// <summary>A statement that is true or false. Pick 0 is "true", pick 1 is "false", always shown in this order.</summary>
internal sealed record TrueFalse : QuestionBody
{
    /// <summary>Whether the statement is true. Always kept: what is required must not be left out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required bool Right { get; init; }

    /// <summary>For who said "true"; safe HTML. Null: none.</summary>
    public string? IfTrue { get; init; }

    /// <summary>For who said "false"; safe HTML. Null: none.</summary>
    public string? IfFalse { get; init; }

    [JsonIgnore]
    public override bool PartlyRightCounts => false;

    public override Answer? Read(IReadOnlyList<string> fields, IReadOnlyList<int> order, CultureInfo culture) =>
        Places([.. fields.Take(1)], [0, 1]) is [var pick] ? new Answer { Picks = [pick] } : null;

    public override Mark Grade(Answer answer) => answer.Picks is [0 or 1]
        ? new((answer.Picks[0] == 0) == Right ? 1 : 0, (answer.Picks[0] == 0 ? IfTrue : IfFalse) is { } said ? [said] : [])
        : Mark.Nothing;
}
