using MediatR;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Quizzes.Features.Taking;

namespace MoocPlatform.Quizzes.Reactions;

/// <summary>At the end of a run its open attempts are submitted with what is held.</summary>
internal sealed class WhenRunClosed(IMediator mediator) : INotificationHandler<RunClosed>
{
    public Task Handle(RunClosed notification, CancellationToken cancellationToken) =>
        mediator.Send(new EndAttemptsOfRun(notification.RunId), cancellationToken);
}
