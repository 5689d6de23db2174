using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Features.Scheduling;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Reactions;

/// <summary>Puts start and close of a run on the schedule as they are now. Heard twice, or late, it does the same.</summary>
internal sealed class WhenRunScheduled(CoursesDb db, ISchedule schedule) : INotificationHandler<RunScheduled>
{
    public async Task Handle(RunScheduled notification, CancellationToken cancellationToken)
    {
        var run = await db.Runs.AsNoTracking().FirstOrDefaultAsync(r => r.Id == notification.RunId, cancellationToken);
        if (run is not { PublishedAt: not null, CancelledAt: null })
        {
            await schedule.Cancel(TellRunStarted.Key(notification.RunId), cancellationToken);
            await schedule.Cancel(TellRunClosed.Key(notification.RunId), cancellationToken);
            return;
        }

        if (run.StartToldFor != run.Start)
            await schedule.At(TellRunStarted.Key(run.Id), run.Start, new TellRunStarted(run.Id, run.Start), cancellationToken);
        if (run.CloseToldFor != run.EffectiveEnd)
            await schedule.At(TellRunClosed.Key(run.Id), run.EffectiveEnd, new TellRunClosed(run.Id, run.EffectiveEnd), cancellationToken);
    }
}
