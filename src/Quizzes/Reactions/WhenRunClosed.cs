using MediatR;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Features.Taking;

namespace MoocPlatform.Quizzes.Reactions;

/// <summary>Puts the end of a run's open attempts on the schedule at once: there may be thousands, and other facts must not wait for them.</summary>
internal sealed class WhenRunClosed(ISchedule schedule, TimeProvider clock) : INotificationHandler<RunClosed>
{
    public Task Handle(RunClosed notification, CancellationToken cancellationToken) =>
        schedule.At(EndAttemptsOfRun.Key(notification.RunId), clock.GetUtcNow(), new EndAttemptsOfRun(notification.RunId), cancellationToken);
}
