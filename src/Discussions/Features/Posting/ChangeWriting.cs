using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Beside;
using MoocPlatform.Discussions.Features.Moderating;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Kernel;
using Thread = MoocPlatform.Discussions.Domain.Thread;

namespace MoocPlatform.Discussions.Features.Posting;

/// <summary>What can be done to something already posted.</summary>
internal enum Act
{
    Edit,
    Delete,

    /// <summary>Votes, or takes the vote back.</summary>
    Vote,

    /// <summary>The asker says that this answered the question, or takes it back.</summary>
    Accept,

    /// <summary>The team stands behind this reply, or no longer.</summary>
    Endorse,
}

/// <summary>Changes a thread's beginning (its id) or a post of the thread.</summary>
/// <param name="On">Whether a vote, an acceptance or an endorsement is given or taken back: asking twice changes nothing.</param>
/// <param name="Markdown">The new text of an edit.</param>
/// <param name="Title">The new title of a thread whose beginning is edited; null: as it is.</param>
internal sealed record ChangeWriting(Room Room, Guid ThreadId, Guid WritingId, Act Act, bool On = true, string? Markdown = null, string? Title = null) : IRequest;

internal sealed class ChangeWritingHandler(DiscussionsDb db, PostingPace pace, Arrival arrival, TalkWords words, Bell bell, TimeProvider clock, BesideShelf beside) : IRequestHandler<ChangeWriting, Unit>
{
    public async Task<Unit> Handle(ChangeWriting request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        request.Room.MustBeOpen(now);
        var run = request.Room.Run.RunId;
        IReadOnlyList<Guid> named = [];
        if (request.Act == Act.Edit)
        {
            named = await arrival.Named(request.Room, request.ThreadId, request.Markdown, cancellationToken);
            pace.Take(request.Room.PersonId);
        }

        var number = await db.InTurn(async ct =>
        {
            await db.Hold(run, ct);
            var thread = await db.Threads.Where(request.Room.Sight.Threads).SingleOrDefaultAsync(t => t.Id == request.ThreadId, ct) ?? throw new NotFound();
            Writing writing = request.WritingId == thread.Id
                ? thread
                : await db.Posts.Where(request.Room.Sight.Posts).SingleOrDefaultAsync(p => p.Id == request.WritingId && p.ThreadId == thread.Id, ct) ?? throw new NotFound();
            if (!request.Room.Sight.MayRead(writing))
                return 0;

            var (before, waited, (threads, unanswered)) = ((writing.Markdown, (writing as Thread)?.Title), writing.Waits, thread.Tally);
            if (!await Change(request, thread, writing, named.Count, now, ct))
                return 0;
            var sequence = await db.NextSequence(run, ct);
            writing.Sequence = thread.Sequence = sequence;
            thread.Unanswered = thread.IsUnansweredQuestion;
            if (request.Act == Act.Edit)
                await Replace(writing, before, named, now, ct);
            if (waited && !writing.Waits)
                await db.Settled(writing, now, ct);
            await db.SaveChangesAsync(ct);
            await db.CountThreads(run, thread.Tally.Threads - threads, thread.Tally.Unanswered - unanswered, ct);
            if (request.Act == Act.Delete)
                await db.Forget(writing, ct);
            if (request.Act == Act.Edit)
                await db.ShowPictures(writing, ct);
            if (request.Act is Act.Edit or Act.Delete)
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

    // What it said before stays to be looked up, and whom it names is read anew.
    private async Task Replace(Writing writing, (string Markdown, string? Title) before, IReadOnlyList<Guid> named, DateTimeOffset now, CancellationToken ct)
    {
        db.Add(new Revision { Id = clock.NewKey(), WritingId = writing.Id, Markdown = before.Markdown, Title = before.Title, Until = now });
        var known = await db.Mentions.Where(m => m.WritingId == writing.Id).ToListAsync(ct);
        db.RemoveRange(known.Where(m => !named.Contains(m.PersonId)));
        db.AddRange(named.Except(known.Select(m => m.PersonId)).Select(n => new Mention { WritingId = writing.Id, PersonId = n }));
    }

    // Whether anything changed.
    private async Task<bool> Change(ChangeWriting request, Thread thread, Writing writing, int named, DateTimeOffset now, CancellationToken ct)
    {
        var me = request.Room.PersonId;
        switch (request.Act)
        {
            case Act.Edit:
                if (writing.AuthorId != me)
                    throw new NotFound();
                await arrival.Limit(request.Room, request.Markdown ?? "", named, now, ct);
                var before = (writing.Markdown, (writing as Thread)?.Title);
                writing.Edit(request.Markdown, now);
                (writing as Thread)?.Name(request.Title ?? before.Title);
                return (writing.Markdown, (writing as Thread)?.Title) != before;
            case Act.Delete:
                if (writing.AuthorId != me)
                    throw new NotFound();
                thread.Lose(writing);
                writing.Delete(now);
                if (thread.AcceptedId == writing.Id)
                    thread.AcceptedId = null;
                if (writing is Post { EndorsedById: not null })
                    thread.Endorsed--;
                return true;
            case Act.Vote:
                return await Vote(request, writing, me, ct);
            case Act.Accept:
                if (thread.Kind != ThreadKind.Question || thread.AuthorId != me || writing is not Post { ParentId: null })
                    throw new NotFound();
                return await Accept(request, thread, writing, now, ct);
            default:
                if (!request.Room.IsTeam || writing is not Post { ParentId: null } reply)
                    throw new NotFound();
                if (reply.EndorsedById is not null == request.On)
                    return false;
                reply.EndorsedById = request.On ? me : null;
                thread.Endorsed += request.On ? 1 : -1;
                thread.StaffAnswered |= request.On;
                if (request.On && reply.AuthorId != me)
                    db.Announce(new AnswerMarked(reply.Id, thread.Id, thread.RunId, reply.AuthorId, AnswerMark.Endorsed, now));
                return true;
        }
    }

    private async Task<bool> Vote(ChangeWriting request, Writing writing, Guid me, CancellationToken ct)
    {
        if (writing.AuthorId == me)
            return false;
        var vote = await db.Votes.SingleOrDefaultAsync(v => v.WritingId == writing.Id && v.PersonId == me, ct);
        if (vote is not null == request.On)
            return false;
        if (vote is null)
            db.Add(new Vote { WritingId = writing.Id, PersonId = me });
        else
            db.Remove(vote);
        writing.Votes += request.On ? 1 : -1;
        return true;
    }

    private async Task<bool> Accept(ChangeWriting request, Thread thread, Writing writing, DateTimeOffset now, CancellationToken ct)
    {
        var accepted = request.On ? writing.Id : (Guid?)null;
        if (thread.AcceptedId == accepted || (!request.On && thread.AcceptedId != writing.Id))
            return false;
        if (thread.AcceptedId is { } former && await db.Posts.SingleOrDefaultAsync(p => p.Id == former, ct) is { } before)
            before.Sequence = await db.NextSequence(thread.RunId, ct); // the mark moves away from it: it has changed too
        thread.AcceptedId = accepted;
        if (accepted is not null && writing.AuthorId != thread.AuthorId)
            db.Announce(new AnswerMarked(writing.Id, thread.Id, thread.RunId, writing.AuthorId, AnswerMark.Accepted, now));
        return true;
    }
}
