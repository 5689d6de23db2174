using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Features.Shared;
using MoocPlatform.Quizzes.Persistence;

namespace MoocPlatform.Quizzes.Features.Taking;

/// <summary>An attempt's time has come, says the schedule: it is submitted with what is held, if that is still true.</summary>
internal sealed record EndAttempt(Guid AttemptId) : IRequest
{
    /// <summary>Name of its entry in the schedule.</summary>
    public static string Key(Guid attemptId) => $"attempt-due/{attemptId:N}";
}

internal sealed class EndAttemptHandler(
    QuizzesDb db, QuestionShelf shelf, OpenAttempts attempts, OneSweep sweep, IMediator mediator, TimeProvider clock) : IRequestHandler<EndAttempt, Unit>
{
    private const int AtOnce = 200;

    public async Task<Unit> Handle(EndAttempt command, CancellationToken ct)
    {
        if (!await IsDue(command, ct))
            return Unit.Value; // submitted meanwhile, or its deadline was moved
        await sweep.Gate.WaitAsync(ct);
        try
        {
            // Whoever comes first ends everything that is due: when thousands expire at one instant, the others find it done.
            while (await IsDue(command, ct) && await EndSome(ct))
                db.ChangeTracker.Clear();
            return Unit.Value;
        }
        finally
        {
            sweep.Gate.Release();
        }
    }

    private IQueryable<Attempt> Due()
    {
        var last = clock.GetUtcNow() - Attempt.Grace;
        return db.Attempts.Where(a => a.SubmittedAt == null && a.Deadline <= last);
    }

    private Task<bool> IsDue(EndAttempt command, CancellationToken ct) => Due().AnyAsync(a => a.Id == command.AttemptId, ct);

    private async Task<bool> EndSome(CancellationToken ct)
    {
        var due = await Due().OrderBy(a => a.Deadline).Take(AtOnce).ToListAsync(ct);
        var runs = await mediator.Send(new RunTermsQuery([.. due.Select(a => a.RunId).Distinct()]), ct);
        foreach (var attempt in due)
            attempts.Submit(attempt, await shelf.Of(attempt.Sheet, ct), AttemptEnd.TimeUp, attempt.Deadline!.Value, runs.TryGetValue(attempt.RunId, out var run) && attempt.Deadline >= run.End);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            // A learner's last answer came at this moment: the page is read anew.
        }
        catch (DbUpdateException e) when (Database.IsDuplicate(e))
        {
            // A receipt code given before: others are made.
        }

        return due.Count > 0;
    }
}

/// <summary>Lets one sweep of what is due run at a time in the process; on several nodes the attempts' versions keep them apart.</summary>
internal sealed class OneSweep : IDisposable
{
    public SemaphoreSlim Gate { get; } = new(1, 1);

    public void Dispose() => Gate.Dispose();
}

/// <summary>Ends every open attempt of a run that is over, a page at a time. Asking again finds none.</summary>
internal sealed record EndAttemptsOfRun(Guid RunId) : IRequest;

internal sealed class EndAttemptsOfRunHandler(QuizzesDb db, QuestionShelf shelf, OpenAttempts attempts, IMediator mediator, TimeProvider clock) : IRequestHandler<EndAttemptsOfRun, Unit>
{
    private const int AtOnce = 200;

    public async Task<Unit> Handle(EndAttemptsOfRun command, CancellationToken ct)
    {
        var run = await mediator.Send(new RunTermQuery(command.RunId), ct);
        if (run?.StateAt(clock.GetUtcNow()) is not (RunState.Closed or RunState.Archived))
            return Unit.Value; // its end was moved

        while (await EndSome(run, ct))
            db.ChangeTracker.Clear();
        return Unit.Value;
    }

    private async Task<bool> EndSome(RunTerm run, CancellationToken ct)
    {
        var open = await db.Attempts.Where(a => a.RunId == run.RunId && a.SubmittedAt == null).OrderBy(a => a.Id).Take(AtOnce).ToListAsync(ct);
        foreach (var attempt in open)
        {
            var questions = await shelf.Of(attempt.Sheet, ct);
            var (how, at) = attempt.Deadline < run.End ? (AttemptEnd.TimeUp, attempt.Deadline.Value) : (AttemptEnd.RunOver, run.End);
            attempts.Submit(attempt, questions, how, at, closed: true);
        }

        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            // A learner submitted or answered at this moment: the next page is read without what is done.
        }

        return open.Count > 0;
    }
}
