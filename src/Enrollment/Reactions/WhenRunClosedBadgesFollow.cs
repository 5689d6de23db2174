using MediatR;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Features.Credentials;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Reactions;

/// <summary>At the close of a run, who completed it before the course began to give a badge gets it.</summary>
internal sealed class WhenRunClosedBadgesFollow(ISchedule schedule, TimeProvider clock) : INotificationHandler<RunClosed>
{
    public Task Handle(RunClosed notification, CancellationToken cancellationToken) =>
        schedule.At($"badges/{notification.RunId:N}", clock.GetUtcNow(), new RewardRun(notification.RunId, Guid.Empty), cancellationToken);
}
