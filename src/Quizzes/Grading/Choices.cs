using System.Globalization;
using System.Text.Json.Serialization;

namespace MoocPlatform.Quizzes.Grading;

/// <summary>One of the things to choose.</summary>
/// <param name="Html">Safe HTML without a paragraph around it, when it is one line.</param>
/// <param name="Feedback">For who chose this; safe HTML. Null: none.</param>
/// <param name="Part">What it is worth, −1 to 1, where the author gave parts of the points; null: all or nothing.</param>
/// <param name="Pinned">Keeps its place when the others are shuffled.</param>
internal sealed record Option(string Html, bool Right, string? Feedback = null, decimal? Part = null, bool Pinned = false)
{
    [JsonIgnore]
    public decimal Worth => Part ?? (Right ? 1 : 0);
}

/// <summary>A question with options to choose from.</summary>
internal abstract record Choice : QuestionBody
{
    public required IReadOnlyList<Option> Options { get; init; }

    /// <summary>Whether the options are shuffled; null: as the quiz says.</summary>
    public bool? Shuffle { get; init; }

    [JsonIgnore]
    public override int Shuffled => Options.Count;

    public override int[] Deal(Random random, bool shuffle) => Mixed(random, Options.Count, Shuffle ?? shuffle, i => Options[i].Pinned);

    /// <summary>The options that were picked; picks that do not exist are left out.</summary>
    protected IEnumerable<Option> Picked(Answer answer) =>
        (answer.Picks ?? []).Where(p => p >= 0 && p < Options.Count).Distinct().Select(p => Options[p]);
}

/// <summary>One option is chosen; it is worth what it is worth.</summary>
internal sealed record SingleChoice : Choice
{
    [JsonIgnore]
    public override bool PartlyRightCounts => Options.Any(o => o.Worth is > 0 and < 1);

    public override Answer? Read(IReadOnlyList<string> fields, IReadOnlyList<int> order, CultureInfo culture) =>
        Places([.. fields.Take(1)], order) is [var pick] ? new Answer { Picks = [pick] } : null;

    public override Mark Grade(Answer answer) =>
        Picked(answer).ToList() is [var option] ? new(option.Worth, option.Feedback is { } said ? [said] : []) : Mark.Nothing;
}

/// <summary>How ticks become a part of the points. T: right ones ticked, F: wrong ones ticked.</summary>
internal enum TickRule
{
    /// <summary>max(0, (T − F) / number of right options).</summary>
    Partial,

    /// <summary>1 when exactly the right ones are ticked, otherwise 0.</summary>
    All,

    /// <summary>max(0, T / number of right options − F / number of wrong options).</summary>
    Penalty,

    /// <summary>The sum of what the ticked options are worth, at least 0 and at most 1 (Moodle's multiple choice).</summary>
    Sum,
}

/// <summary>Any number of options is right.</summary>
internal sealed record MultipleChoice : Choice
{
    public TickRule Rule { get; init; }

    [JsonIgnore]
    public override bool PartlyRightCounts => Rule != TickRule.All;

    public override Answer? Read(IReadOnlyList<string> fields, IReadOnlyList<int> order, CultureInfo culture) =>
        Places(fields, order) is { Count: > 0 } picks ? new Answer { Picks = picks } : null;

    public override Mark Grade(Answer answer)
    {
        var picked = Picked(answer).ToList();
        var (ticked, wrong) = (picked.Count(o => o.Right), picked.Count(o => !o.Right));
        var right = Options.Count(o => o.Right);
        if (right == 0)
            return Mark.Nothing;

        var fraction = Rule switch
        {
            TickRule.Sum => picked.Sum(o => o.Worth),
            TickRule.All => ticked == right && wrong == 0 ? 1m : 0m,
            TickRule.Penalty => ((decimal)ticked / right) - (wrong == 0 ? 0m : (decimal)wrong / (Options.Count - right)),
            _ => (decimal)(ticked - wrong) / right,
        };
        return new(Math.Clamp(fraction, 0, 1), [.. picked.Select(o => o.Feedback).OfType<string>()]);
    }
}
