using MoocPlatform.Courses.Contracts;

namespace MoocPlatform.Courses.Features.About;

/// <summary>What somebody who joins a run at an instant can still reach: reading always, quizzes until they close.</summary>
/// <param name="Open">Quizzes that can be taken now or later, in order.</param>
/// <param name="Closed">Quizzes whose moment has passed, in order.</param>
internal sealed record Attainable(IReadOnlyList<OutlineItem> Open, IReadOnlyList<OutlineItem> Closed)
{
    /// <summary>Whether every step of the course can still be completed: lessons always can.</summary>
    public bool Everything => Closed.Count == 0;

    /// <summary>Null: nothing is to be said, because the run has not started, or takes nobody in any more.</summary>
    public static Attainable? Of(RunTerm run, Outline outline, DateTimeOffset now)
    {
        if (run.StateAt(now) != RunState.Running || !run.TakesLearners(now))
            return null;
        var quizzes = outline.Items.Where(i => i.Kind == ItemKind.Quiz).ToLookup(i => (i.DueAt ?? run.End) > now);
        return new([.. quizzes[true]], [.. quizzes[false]]);
    }
}
