using MediatR;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Features.Grading;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Reactions;

/// <summary>Puts new grades for the runs of the course that have not ended on the schedule: with many learners that takes longer than a fact may keep others waiting.</summary>
internal sealed class WhenGradingChanged(IMediator mediator, ISchedule schedule, TimeProvider clock) : INotificationHandler<GradingChanged>
{
    public async Task Handle(GradingChanged notification, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var run in (await mediator.Send(new RunsOfCourseQuery(notification.CourseId), cancellationToken)).Where(r => r.Published && r.End > now))
            await schedule.At(GradeAnew.Key(run.RunId), now, new GradeAnew(run.RunId), cancellationToken);
    }
}
