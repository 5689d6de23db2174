using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Scheduling;

/// <summary>Tells everyone that a run has started, when that is still true. Comes from the schedule: perhaps late, early or twice.</summary>
internal sealed record TellRunStarted(Guid RunId, DateTimeOffset Start) : IRequest
{
    public static string Key(Guid runId) => $"run-start/{runId:N}";
}

internal sealed class TellRunStartedHandler(CoursesDb db, ISchedule schedule, Live live, TimeProvider clock) : IRequestHandler<TellRunStarted, Unit>
{
    public async Task<Unit> Handle(TellRunStarted request, CancellationToken cancellationToken)
    {
        var run = await db.Runs.FindAsync([request.RunId], cancellationToken);
        if (run is not { PublishedAt: not null, CancelledAt: null } || run.Start != request.Start || run.StartToldFor == run.Start)
            return Unit.Value; // withdrawn, moved, or told before

        if (clock.GetUtcNow() < run.Start)
        {
            await schedule.At(TellRunStarted.Key(run.Id), run.Start, request, cancellationToken);
            return Unit.Value;
        }

        run.StartToldFor = run.Start;
        db.Announce(new RunStarted(run.Id, run.CourseId, run.Start));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return await Handle(request, cancellationToken); // another node was at this run in the same moment: look again
        }

        live.Tell(CourseLinks.Channel(run.Id), "started");
        return Unit.Value;
    }
}
