using System.Text.Json.Serialization;
using MoocPlatform.Quizzes.Grading;

namespace MoocPlatform.Quizzes.Domain;

/// <summary>The answer held for a question.</summary>
/// <param name="Answer">Null: it was taken back.</param>
/// <param name="Page">The page in a browser that sent it.</param>
/// <param name="Sequence">Its number among the steps of that page.</param>
/// <param name="Fraction">Once graded.</param>
/// <param name="Tries">How often it was checked.</param>
/// <param name="Final">Checked for the last time: it cannot be changed any more.</param>
/// <param name="Checked">The answer that was checked last.</param>
internal sealed record Held(
    Answer? Answer, Guid Page, long Sequence, DateTimeOffset At, decimal? Fraction = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Tries = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Final = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] Answer? Checked = null)
{
    /// <summary>Of how many pages the newest step is remembered: nobody has more open, and the row stays small.</summary>
    private const int MostPages = 50;

    public static readonly Held Nothing = new(null, Guid.Empty, 0, DateTimeOffset.UnixEpoch);

    /// <summary>The newest step of each other page that answered this question. A request may be under way so long that another page has answered since.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PageStep>? Others { get; init; }

    /// <summary>The version by whose key it was graded anew; null: as it was dealt.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? GradedBy { get; init; }

    /// <summary>Whether somebody of the team has set what it is worth.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool SetByHand { get; init; }

    /// <summary>Whether the same page has answered later than with this step.</summary>
    public bool IsNewerThan(Guid page, long sequence) =>
        page == Page ? Sequence >= sequence : Others?.Any(o => o.Page == page && o.Sequence >= sequence) == true;

    public Held Then(Answer? answer, Guid page, long sequence, DateTimeOffset now) => this with
    {
        Answer = answer,
        Page = page,
        Sequence = sequence,
        At = now,
        Others = page == Page || Page == Guid.Empty ? Others : [.. (Others ?? []).Where(o => o.Page != page && o.Page != Page).TakeLast(MostPages - 1), new PageStep(Page, Sequence)],
    };
}

/// <summary>A step of a page.</summary>
internal sealed record PageStep(Guid Page, long Sequence);
