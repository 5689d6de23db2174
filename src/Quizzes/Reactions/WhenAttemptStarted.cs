using MediatR;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Features.Taking;

namespace MoocPlatform.Quizzes.Reactions;

/// <summary>Puts the end of an attempt on the schedule: what was on its way at the deadline may still arrive.</summary>
internal sealed class WhenAttemptStarted(ISchedule schedule) : INotificationHandler<AttemptStarted>
{
    public Task Handle(AttemptStarted notification, CancellationToken cancellationToken) => schedule.At(
        EndAttempt.Key(notification.AttemptId), notification.Deadline + Attempt.Grace, new EndAttempt(notification.AttemptId), cancellationToken);
}
