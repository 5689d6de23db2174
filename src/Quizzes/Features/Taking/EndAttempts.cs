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

internal sealed class EndAttemptHandler(QuizzesDb db, OpenAttempts attempts, TimeProvider clock) : IRequestHandler<EndAttempt, Unit>
{
    public async Task<Unit> Handle(EndAttempt command, CancellationToken ct)
    {
        var learner = await db.Attempts.Where(a => a.Id == command.AttemptId && a.SubmittedAt == null).Select(a => (Guid?)a.LearnerId).SingleOrDefaultAsync(ct);
        if (learner is null)
            return Unit.Value; // submitted meanwhile

        return await attempts.Change(command.AttemptId, learner.Value, open =>
        {
            if (open.Attempt.Deadline is { } deadline && clock.GetUtcNow() >= deadline + Attempt.Grace)
                attempts.Submit(open, AttemptEnd.TimeUp, deadline);
            return Task.FromResult(Unit.Value);
        }, ct);
    }
}

/// <summary>Ends every open attempt of a run that is over, a page at a time. Asking again finds none.</summary>
internal sealed record EndAttemptsOfRun(Guid RunId) : IRequest;

internal sealed class EndAttemptsOfRunHandler(QuizzesDb db, QuestionShelf shelf, IMediator mediator, TimeProvider clock) : IRequestHandler<EndAttemptsOfRun, Unit>
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
            db.Announce(attempt.Submit(how, at, questions)!);
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
