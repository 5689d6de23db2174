using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Persistence;

namespace MoocPlatform.Quizzes.Features.Taking;

/// <summary>The time of some attempts has come, says the schedule: every attempt that is over is submitted with what is held. Asking again finds none.</summary>
internal sealed record EndDueAttempts : IRequest
{
    /// <summary>
    /// The entry of the schedule for a deadline: when also what was on its way has arrived. Attempts that end within the same second share
    /// one, so that thousands that expire at one instant are one job.
    /// </summary>
    public static (string Key, DateTimeOffset At) Entry(DateTimeOffset deadline)
    {
        var second = (deadline + Attempt.Grace).AddTicks(TimeSpan.TicksPerSecond - 1).ToUnixTimeSeconds();
        return ($"attempts-due/{second}", DateTimeOffset.FromUnixTimeSeconds(second));
    }
}

internal sealed class EndDueAttemptsHandler(QuizzesDb db, AttemptSweep sweep, TimeProvider clock) : IRequestHandler<EndDueAttempts, Unit>
{
    public async Task<Unit> Handle(EndDueAttempts command, CancellationToken ct)
    {
        await sweep.End(
            () =>
            {
                var last = clock.GetUtcNow() - Attempt.Grace;
                return db.Attempts.Where(a => a.SubmittedAt == null && a.Deadline <= last).OrderBy(a => a.Deadline);
            },
            (attempt, _) => (AttemptEnd.TimeUp, attempt.Deadline!.Value),
            ct);
        return Unit.Value;
    }
}

/// <summary>Ends every open attempt of a run that is over, and tells the scores that were held back until then. Asking again finds none.</summary>
internal sealed record EndAttemptsOfRun(Guid RunId) : IRequest
{
    /// <summary>Name of its entry in the schedule.</summary>
    public static string Key(Guid runId) => $"attempts-of-run/{runId:N}";
}

internal sealed class EndAttemptsOfRunHandler(QuizzesDb db, AttemptSweep sweep, IMediator mediator, TimeProvider clock) : IRequestHandler<EndAttemptsOfRun, Unit>
{
    public async Task<Unit> Handle(EndAttemptsOfRun command, CancellationToken ct)
    {
        var term = await mediator.Send(new RunTermQuery(command.RunId), ct);
        if (term?.StateAt(clock.GetUtcNow()) is not (RunState.Closed or RunState.Archived))
            return Unit.Value; // its end was moved

        await sweep.End(
            () => db.Attempts.Where(a => a.RunId == term.RunId && a.SubmittedAt == null).OrderBy(a => a.Id),
            (attempt, run) => attempt.Deadline < run.End ? (AttemptEnd.TimeUp, attempt.Deadline.Value) : (AttemptEnd.RunOver, run.End),
            ct);
        await mediator.Send(new TellScores(command.RunId, Guid.Empty), ct);
        db.ChangeTracker.Clear();
        db.Announce(new AttemptsClosed(command.RunId, clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        return Unit.Value;
    }
}
