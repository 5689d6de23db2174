using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Features.Shared;
using MoocPlatform.Quizzes.Persistence;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Features.Taking;

/// <summary>An attempt was graded whose score may not be known yet. Heard by this module alone.</summary>
internal sealed record ScoreHeld(Guid AttemptId, Guid RunId, Guid ItemId, DateTimeOffset SubmittedAt) : INotification;

/// <summary>The moment has come at which scores of a quiz may be known, says the schedule: they are told, if that is still true. Asking again finds none.</summary>
/// <param name="ItemId">Empty: every quiz of the run.</param>
internal sealed record TellScores(Guid RunId, Guid ItemId) : IRequest
{
    /// <summary>Name of the entry for everybody's moment, the close.</summary>
    public static string Key(Guid runId, Guid itemId) => $"scores/{runId:N}/{itemId:N}";

    /// <summary>Name of the entry for one attempt's.</summary>
    public static string Key(Guid attemptId) => $"score/{attemptId:N}";
}

internal sealed class TellScoresHandler(QuizzesDb db, Closing closing, ISchedule schedule, TimeProvider clock) : IRequestHandler<TellScores, Unit>
{
    private const int AtOnce = 200;

    public async Task<Unit> Handle(TellScores command, CancellationToken ct)
    {
        if (command.ItemId != Guid.Empty)
            return await TellQuiz(command, ct);
        var items = await db.Attempts.Where(a => a.RunId == command.RunId && a.SubmittedAt != null && !a.ScoreTold).Select(a => a.ItemId).Distinct().ToListAsync(ct);
        foreach (var item in items)
            await TellQuiz(command with { ItemId = item }, ct);
        return Unit.Value;
    }

    private async Task<Unit> TellQuiz(TellScores command, CancellationToken ct)
    {
        var quiz = await db.Quizzes.AsNoTracking().Where(q => q.Id == command.ItemId).SingleOrDefaultAsync(ct);
        if (quiz is null || await closing.Of(command.RunId, command.ItemId, ct) is not { } closedAt)
            return Unit.Value;

        var after = Guid.Empty;
        while (await TellSome(command, quiz.Review, closedAt, after, ct) is { } last)
        {
            after = last;
            db.ChangeTracker.Clear();
        }

        if (clock.GetUtcNow() < closedAt && await Untold(command).AnyAsync(ct))
            await schedule.At(TellScores.Key(command.RunId, command.ItemId), closedAt, command, ct); // the close was moved
        return Unit.Value;
    }

    private async Task<Guid?> TellSome(TellScores command, ReviewTable review, DateTimeOffset closedAt, Guid after, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var page = await Untold(command).Where(a => a.Id.CompareTo(after) > 0).OrderBy(a => a.Id).Take(AtOnce).ToListAsync(ct);
        foreach (var attempt in page.Where(a => review.At(a.SubmittedAt!.Value, closedAt, now).HasFlag(Seen.Score)))
            db.Announce(attempt.Tell(clock.NewKey(), now)!);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return after; // told by somebody else at this moment, or set by hand: the page is read anew
        }

        return page.Count == AtOnce ? page[^1].Id : null;
    }

    private IQueryable<Attempt> Untold(TellScores command) =>
        db.Attempts.Where(a => a.RunId == command.RunId && a.ItemId == command.ItemId && a.SubmittedAt != null && !a.ScoreTold);
}

/// <summary>When nobody can answer a quiz any more.</summary>
internal sealed class Closing(IMediator mediator)
{
    /// <summary>The date of the quiz or the end of the run, whichever is first; null: the quiz has left the course.</summary>
    public async Task<DateTimeOffset?> Of(Guid runId, Guid itemId, CancellationToken ct)
    {
        var run = await mediator.Send(new RunTermQuery(runId), ct);
        var item = (await mediator.Send(new OutlineQuery(runId), ct))?.Items.FirstOrDefault(i => i.Id == itemId);
        return run is null || item is null ? null : item.DueAt < run.End ? item.DueAt : run.End;
    }
}
