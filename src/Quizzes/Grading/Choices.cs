using System.Globalization;
using System.Text.Json.Serialization;

namespace MoocPlatform.Quizzes.Grading;

/// <summary>One of the things to choose.</summary>
/// <param name="Html">Safe HTML without a paragraph around it, when it is one line.</param>
/// <param name="Feedback">For who chose this; safe HTML. Null: none.</param>
internal sealed record Option(string Html, bool Right, string? Feedback = null);

/// <summary>A question with options to choose from.</summary>
internal abstract record Choice : QuestionBody
{
    public required IReadOnlyList<Option> Options { get; init; }

    [JsonIgnore]
    public override int Shuffled => Options.Count;

    /// <summary>The options that were picked; picks that do not exist are left out.</summary>
    protected IEnumerable<Option> Picked(Answer answer) =>
        (answer.Picks ?? []).Where(p => p >= 0 && p < Options.Count).Distinct().Select(p => Options[p]);
}

/// <summary>Exactly one option is right.</summary>
internal sealed record SingleChoice : Choice
{
    [JsonIgnore]
    public override bool PartlyRightCounts => false;

    public override Answer? Read(IReadOnlyList<string> fields, IReadOnlyList<int> order, CultureInfo culture) =>
        Places([.. fields.Take(1)], order) is [var pick] ? new Answer { Picks = [pick] } : null;

    public override Mark Grade(Answer answer) =>
        Picked(answer).ToList() is [var option] ? new(option.Right ? 1 : 0, option.Feedback is { } said ? [said] : []) : Mark.Nothing;
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
            TickRule.All => ticked == right && wrong == 0 ? 1m : 0m,
            TickRule.Penalty => ((decimal)ticked / right) - (wrong == 0 ? 0m : (decimal)wrong / (Options.Count - right)),
            _ => (decimal)(ticked - wrong) / right,
        };
        return new(Math.Max(0, fraction), [.. picked.Select(o => o.Feedback).OfType<string>()]);
    }
}
