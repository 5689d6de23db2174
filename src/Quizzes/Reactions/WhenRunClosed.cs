using MediatR;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Quizzes.Features.Taking;

namespace MoocPlatform.Quizzes.Reactions;

/// <summary>At the end of a run its open attempts are submitted with what is held, and scores that were held back until then are told.</summary>
internal sealed class WhenRunClosed(IMediator mediator) : INotificationHandler<RunClosed>
{
    public async Task Handle(RunClosed notification, CancellationToken cancellationToken)
    {
        await mediator.Send(new EndAttemptsOfRun(notification.RunId), cancellationToken);
        await mediator.Send(new TellScores(notification.RunId, Guid.Empty), cancellationToken);
    }
}
