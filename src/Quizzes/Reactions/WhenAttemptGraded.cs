using MediatR;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.Quizzes.Features.Regrading;

namespace MoocPlatform.Quizzes.Reactions;

/// <summary>What was graded anew while an attempt was open is graded anew in it.</summary>
internal sealed class WhenAttemptGraded(IMediator mediator) : IManyHandler<AttemptGraded>
{
    public async Task Handle(IReadOnlyList<AttemptGraded> facts, CancellationToken ct)
    {
        foreach (var quiz in facts.GroupBy(f => (f.RunId, f.ItemId)))
            await mediator.Send(new RegradeLate(quiz.Key.RunId, quiz.Key.ItemId, [.. quiz.Select(f => f.AttemptId)]), ct);
    }
}
