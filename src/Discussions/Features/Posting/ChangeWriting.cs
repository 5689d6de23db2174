using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Beside;
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
internal sealed record ChangeWriting(Room Room, Guid ThreadId, Guid WritingId, Act Act, bool On = true, string? Markdown = null) : IRequest;

internal sealed class ChangeWritingHandler(DiscussionsDb db, Live live, TimeProvider clock, BesideShelf beside) : IRequestHandler<ChangeWriting, Unit>
{
    public async Task<Unit> Handle(ChangeWriting request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        request.Room.MustBeOpen(now);
        var run = request.Room.Run.RunId;

        var number = await db.InTurn(async ct =>
        {
            var thread = await db.Threads.SingleOrDefaultAsync(t => t.Id == request.ThreadId && t.RunId == run, ct) ?? throw new NotFound();
            Writing writing = request.WritingId == thread.Id
                ? thread
                : await db.Posts.SingleOrDefaultAsync(p => p.Id == request.WritingId && p.ThreadId == thread.Id, ct) ?? throw new NotFound();
            if (writing.IsDeleted)
                return 0;

            var wasUnanswered = thread.IsUnansweredQuestion;
            if (!await Change(request, thread, writing, now, ct))
                return 0;
            var sequence = await db.NextSequence(run, ct);
            writing.Sequence = thread.Sequence = sequence;
            await db.SaveChangesAsync(ct);
            await db.CountThreads(run, 0, (thread.IsUnansweredQuestion ? 1 : 0) - (wasUnanswered ? 1 : 0), ct);
            return sequence;
        }, cancellationToken);

        if (number > 0)
        {
            beside.Forget(run);
            live.Tell(TalkLinks.Channel(run), "change", number, new { thread = request.ThreadId, post = request.WritingId });
        }
        return Unit.Value;
    }

    // Whether anything changed.
    private async Task<bool> Change(ChangeWriting request, Thread thread, Writing writing, DateTimeOffset now, CancellationToken ct)
    {
        var me = request.Room.PersonId;
        switch (request.Act)
        {
            case Act.Edit:
                if (writing.AuthorId != me)
                    throw new NotFound();
                writing.Edit(request.Markdown, now);
                return true;
            case Act.Delete:
                if (writing.AuthorId != me)
                    throw new NotFound();
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
                return await Accept(request, thread, writing, ct);
            default:
                if (!request.Room.IsTeam || writing is not Post { ParentId: null } reply)
                    throw new NotFound();
                if (reply.EndorsedById is not null == request.On)
                    return false;
                reply.EndorsedById = request.On ? me : null;
                thread.Endorsed += request.On ? 1 : -1;
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

    private async Task<bool> Accept(ChangeWriting request, Thread thread, Writing writing, CancellationToken ct)
    {
        var accepted = request.On ? writing.Id : (Guid?)null;
        if (thread.AcceptedId == accepted || (!request.On && thread.AcceptedId != writing.Id))
            return false;
        if (thread.AcceptedId is { } former && await db.Posts.SingleOrDefaultAsync(p => p.Id == former, ct) is { } before)
            before.Sequence = await db.NextSequence(thread.RunId, ct); // the mark moves away from it: it has changed too
        thread.AcceptedId = accepted;
        return true;
    }
}
