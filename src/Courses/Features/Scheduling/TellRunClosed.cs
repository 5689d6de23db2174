using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Scheduling;

/// <summary>Tells everyone that a run has ended, when that is still true. Comes from the schedule: perhaps late, early or twice.</summary>
internal sealed record TellRunClosed(Guid RunId, DateTimeOffset End) : IRequest
{
    public static string Key(Guid runId) => $"run-close/{runId:N}";
}

internal sealed class TellRunClosedHandler(CoursesDb db, ISchedule schedule, Live live, TimeProvider clock) : IRequestHandler<TellRunClosed, Unit>
{
    public async Task<Unit> Handle(TellRunClosed request, CancellationToken cancellationToken)
    {
        var run = await db.Runs.FindAsync([request.RunId], cancellationToken);
        if (run is not { PublishedAt: not null, CancelledAt: null } || run.EffectiveEnd != request.End || run.CloseToldFor == run.EffectiveEnd)
            return Unit.Value; // withdrawn, moved, or told before

        if (clock.GetUtcNow() < run.EffectiveEnd)
        {
            await schedule.At(TellRunClosed.Key(run.Id), run.EffectiveEnd, request, cancellationToken);
            return Unit.Value;
        }

        run.CloseToldFor = run.EffectiveEnd;
        db.Announce(new RunClosed(run.Id, run.CourseId, run.EffectiveEnd));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return await Handle(request, cancellationToken); // another node was at this run in the same moment: look again
        }

        live.Tell(CourseLinks.Channel(run.Id), "closed");
        return Unit.Value;
    }
}
