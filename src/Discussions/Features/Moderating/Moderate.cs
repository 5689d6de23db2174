using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Beside;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Kernel;
using Thread = MoocPlatform.Discussions.Domain.Thread;

namespace MoocPlatform.Discussions.Features.Moderating;

/// <summary>The team does something to a thread's beginning (its id) or a post. Asking twice changes nothing.</summary>
/// <param name="Reason">The author reads it; needed to hide and to delete.</param>
/// <param name="ItemId">Where a thread is moved; null: to the board alone.</param>
internal sealed record Moderate(Room Room, Guid ThreadId, Guid WritingId, TeamAct Act, string? Reason, Guid? ItemId = null) : IRequest;

internal sealed class ModerateHandler(DiscussionsDb db, TalkWords words, Bell bell, TimeProvider clock, BesideShelf beside) : IRequestHandler<Moderate, Unit>
{
    public async Task<Unit> Handle(Moderate request, CancellationToken cancellationToken)
    {
        if (!request.Room.IsTeam)
            throw new NotFound();
        var (run, now, reason) = (request.Room.Run.RunId, clock.GetUtcNow(), Reasons.Read(request.Reason, request.Act is TeamAct.Hide or TeamAct.Delete));
        var number = await db.InTurn(async ct =>
        {
            await db.Hold(run, ct);
            var thread = await db.Threads.Where(request.Room.Sight.Threads).SingleOrDefaultAsync(t => t.Id == request.ThreadId, ct) ?? throw new NotFound();
            Writing writing = request.WritingId == thread.Id
                ? thread
                : await db.Posts.SingleOrDefaultAsync(p => p.Id == request.WritingId && p.ThreadId == thread.Id, ct) ?? throw new NotFound();
            var (threads, unanswered) = thread.Tally;
            var (former, waited) = (writing.Number, writing.Waits);
            var sequence = await db.Boards.Where(b => b.RunId == run).Select(b => b.LastSequence).SingleAsync(ct) + 1; // ours: the board is held
            if (!await Change(request, thread, writing, reason, sequence, now, ct))
                return 0;
            await db.NextSequence(run, ct);

            writing.Sequence = thread.Sequence = sequence;
            thread.Unanswered = thread.IsUnansweredQuestion;
            db.Add(LogOf(request, writing, reason, now));
            if (waited && !writing.Waits)
                await db.Settled(writing, now, ct);
            if (Told(request.Act) is { } act)
                db.Announce(new WritingModerated(writing.Id, thread.Id, run, writing.AuthorId, act, reason, now));
            await db.SaveChangesAsync(ct);
            await db.CountThreads(run, thread.Tally.Threads - threads, thread.Tally.Unanswered - unanswered, ct);
            if (request.Act == TeamAct.Delete)
                await db.Forget(writing, ct);
            if (former != writing.Number)
                await words.Remove(run, former, ct);
            await words.Put(writing, ct);
            return sequence;
        }, cancellationToken);

        if (number > 0)
        {
            beside.Forget(run);
            bell.Ring(run, request.ThreadId, "change", number);
        }
        return Unit.Value;
    }

    // Whether anything changed.
    private async Task<bool> Change(Moderate request, Thread thread, Writing writing, string reason, long sequence, DateTimeOffset now, CancellationToken ct)
    {
        switch (request.Act, writing)
        {
            case (TeamAct.Release, { State: WritingState.Held, IsDeleted: false }):
                await Release(thread, writing, sequence, now, ct);
                return true;
            case (TeamAct.Hide, { State: WritingState.Shown, IsDeleted: false }):
                thread.Lose(writing);
                (writing.State, writing.Reason, writing.Answer) = (WritingState.Hidden, reason, "");
                Unmark(thread, writing);
                await Settle(writing, ct);
                return true;
            case (TeamAct.Restore, { State: WritingState.Hidden, IsDeleted: false }):
                (writing.State, writing.Reason) = (WritingState.Shown, reason);
                if (writing is Post)
                    thread.Replies++;
                await Settle(writing, ct);
                return true;
            case (TeamAct.Delete, { IsDeleted: false }):
                thread.Lose(writing);
                Unmark(thread, writing);
                writing.Delete(now, byTeam: true);
                (writing.Reason, writing.Answer) = (reason, "");
                await Settle(writing, ct);
                return true;
            case (TeamAct.Dismiss, { Waits: true, State: not WritingState.Held }):
                await Settle(writing, ct);
                return true;
            case (TeamAct.Pin or TeamAct.Unpin, Thread) when thread.Pinned != (request.Act == TeamAct.Pin):
                thread.Pinned = request.Act == TeamAct.Pin;
                return true;
            case (TeamAct.Close or TeamAct.Open, Thread) when thread.ClosedAt is null == (request.Act == TeamAct.Close):
                thread.ClosedAt = request.Act == TeamAct.Close ? now : null;
                return true;
            case (TeamAct.Move, Thread) when thread.ItemId != request.ItemId:
                thread.ItemId = request.ItemId;
                return true;
            case (TeamAct.AskConsent, Thread { IsPrivate: true, Consent: Consent.None }):
                thread.Consent = Consent.Asked;
                return true;
            case (TeamAct.MakePublic, Thread { IsPrivate: true }):
                if (thread.Consent != Consent.Given)
                    throw Refusals.NoConsent();
                (thread.IsPrivate, thread.LastNumber) = (false, sequence); // new to all others
                await Settle(writing, ct);
                return true;
            default:
                return false;
        }
    }

    // From now on it can be read: as the last, and its author is known.
    private async Task Release(Thread thread, Writing writing, long sequence, DateTimeOffset now, CancellationToken ct)
    {
        (writing.State, writing.Waits, writing.Number) = (WritingState.Shown, false, sequence);
        if (writing is Post post)
        {
            thread.Take(post, byTeam: false, now);
            db.Announce(new ReplyPosted(post.Id, thread.Id, thread.RunId, post.AuthorId, now));
        }
        else
        {
            (thread.LastAt, thread.LastNumber) = (now, sequence);
            db.Announce(new ThreadStarted(thread.Id, thread.RunId, thread.ItemId, thread.AuthorId, now));
        }

        if (await db.Participants.SingleOrDefaultAsync(p => p.RunId == thread.RunId && p.PersonId == writing.AuthorId, ct) is { } author)
            author.Known = true;
    }

    private static void Unmark(Thread thread, Writing writing)
    {
        if (thread.AcceptedId == writing.Id)
            thread.AcceptedId = null;
        if (writing is not Post { EndorsedById: not null } post)
            return;
        post.EndorsedById = null;
        thread.Endorsed--;
    }

    // What waited here has been looked at.
    private async Task Settle(Writing writing, CancellationToken ct)
    {
        (writing.Waits, writing.Reports) = (false, 0);
        foreach (var report in await db.Reports.Where(r => r.WritingId == writing.Id && !r.IsClosed).ToListAsync(ct))
            report.IsClosed = true;
    }

    private LoggedAct LogOf(Moderate request, Writing writing, string reason, DateTimeOffset now) => new()
    {
        Id = clock.NewKey(),
        RunId = writing.RunId,
        ThreadId = request.ThreadId,
        WritingId = writing.Id,
        PersonId = writing.AuthorId,
        ById = request.Room.PersonId,
        Act = request.Act,
        Reason = reason,
        At = now,
    };

    private static ModerationAct? Told(TeamAct act) => act switch
    {
        TeamAct.Release => ModerationAct.Released,
        TeamAct.Hide => ModerationAct.Hidden,
        TeamAct.Restore => ModerationAct.Restored,
        TeamAct.Delete => ModerationAct.Deleted,
        TeamAct.AskConsent => ModerationAct.ConsentAsked,
        _ => null,
    };
}

/// <summary>What is given as a reason.</summary>
internal static class Reasons
{
    public static string Read(string? typed, bool needed)
    {
        var reason = (typed ?? "").Trim();
        if (needed && reason.Length == 0)
            throw Refusals.NoReason();
        return reason.Length <= Report.LongestReason ? reason : throw Refusals.ReasonTooLong(Report.LongestReason);
    }
}
