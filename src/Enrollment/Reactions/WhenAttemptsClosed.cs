using MediatR;
using MoocPlatform.Enrollment.Features.Grading;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Enrollment.Reactions;

/// <summary>Puts the last grades of a run on the schedule: it has ended, and all that its learners reached is known.</summary>
internal sealed class WhenAttemptsClosed(ISchedule schedule, TimeProvider clock) : INotificationHandler<AttemptsClosed>
{
    public Task Handle(AttemptsClosed notification, CancellationToken cancellationToken) =>
        schedule.At(MakeGradesFinal.Key(notification.RunId), clock.GetUtcNow(), new MakeGradesFinal(notification.RunId), cancellationToken);
}
