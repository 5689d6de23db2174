using MediatR;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Features.Learning;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Enrollment.Reactions;

/// <summary>
/// A score that has changed, or that may be known only now, changes the grade and can complete an item. It never takes progress away: a quiz
/// that counted as passed goes on to.
/// </summary>
internal sealed class WhenAttemptRegraded(IMediator mediator) : IManyHandler<AttemptRegraded>
{
    public async Task Handle(IReadOnlyList<AttemptRegraded> facts, CancellationToken ct)
    {
        foreach (var run in facts.GroupBy(f => f.RunId))
        {
            await mediator.Send(new CountQuizzes(run.Key, [.. run.Select(f => new QuizHeard(
                f.ChangeId, f.ItemId, f.LearnerId, f.AttemptId, f.Passed ? ActivityKind.QuizPassed : ActivityKind.QuizRegraded, f.At, score => score.Hear(f)))]), ct);
        }
    }
}
