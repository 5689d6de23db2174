using MediatR;
using MoocPlatform.Enrollment.Features.Learning;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Enrollment.Reactions;

/// <summary>
/// A score that has changed, or that may be known only now, can complete an item. It never takes progress away: a quiz that counted as
/// passed goes on to.
/// </summary>
internal sealed class WhenAttemptRegraded(IMediator mediator) : INotificationHandler<AttemptRegraded>
{
    public async Task Handle(AttemptRegraded notification, CancellationToken cancellationToken)
    {
        if (notification.Passed)
            await mediator.Send(
                new CountQuiz(notification.ChangeId, notification.RunId, notification.ItemId, notification.LearnerId, Passed: true, notification.At), cancellationToken);
    }
}
