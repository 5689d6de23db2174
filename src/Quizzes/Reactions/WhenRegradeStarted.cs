using MediatR;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Features.Regrading;

namespace MoocPlatform.Quizzes.Reactions;

/// <summary>Puts a regrade on the schedule at once: its work may take long, and other facts must not wait for it.</summary>
internal sealed class WhenRegradeStarted(ISchedule schedule, TimeProvider clock) : INotificationHandler<RegradeStarted>
{
    public Task Handle(RegradeStarted notification, CancellationToken cancellationToken) =>
        schedule.At($"regrade/{notification.RegradeId:N}", clock.GetUtcNow(), new WorkOnRegrade(notification.RegradeId), cancellationToken);
}
