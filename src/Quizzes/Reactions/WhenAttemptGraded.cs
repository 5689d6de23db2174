using MediatR;
using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.Quizzes.Features.Regrading;

namespace MoocPlatform.Quizzes.Reactions;

/// <summary>What was graded anew while the attempt was open is graded anew in it.</summary>
internal sealed class WhenAttemptGraded(IMediator mediator) : INotificationHandler<AttemptGraded>
{
    public Task Handle(AttemptGraded notification, CancellationToken cancellationToken) =>
        mediator.Send(new RegradeLate(notification.AttemptId, notification.RunId, notification.ItemId), cancellationToken);
}
