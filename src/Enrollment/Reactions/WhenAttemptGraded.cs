using MediatR;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Features.Learning;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Enrollment.Reactions;

/// <summary>A graded attempt counts towards the learner's progress and grade.</summary>
internal sealed class WhenAttemptGraded(IMediator mediator) : IManyHandler<AttemptGraded>
{
    public async Task Handle(IReadOnlyList<AttemptGraded> facts, CancellationToken ct)
    {
        foreach (var run in facts.GroupBy(f => f.RunId))
        {
            await mediator.Send(new CountQuizzes(run.Key, [.. run.Select(f => new QuizHeard(
                f.AttemptId, f.ItemId, f.LearnerId, f.AttemptId, f.Passed ? ActivityKind.QuizPassed : ActivityKind.QuizTaken, f.At, score => score.Hear(f)))]), ct);
        }
    }
}
