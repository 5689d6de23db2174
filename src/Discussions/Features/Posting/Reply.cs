using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Beside;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Posting;

/// <summary>Replies to a thread or, with a parent, comments on a reply.</summary>
/// <param name="Key">Made by the page: a second click posts nothing.</param>
internal sealed record Reply(Room Room, Guid ThreadId, Guid? ParentId, Guid Key, string? Markdown) : IRequest<Guid>;

internal sealed class ReplyHandler(DiscussionsDb db, PostingPace pace, Live live, TimeProvider clock, BesideShelf beside) : IRequestHandler<Reply, Guid>
{
    public async Task<Guid> Handle(Reply request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        request.Room.MustBeOpen(now);
        if (await Exists(request, cancellationToken))
            return request.Key;

        var (run, author) = (request.Room.Run.RunId, request.Room.PersonId);
        var draft = new Post { Id = request.Key };
        draft.Write(request.Markdown); // refused before it costs a place in the pace
        pace.Take(author);

        var number = await db.InTurn(async ct =>
        {
            if (await Exists(request, ct))
                return 0;
            var sequence = await db.NextSequence(run, ct);
            var thread = await db.Threads.SingleOrDefaultAsync(t => t.Id == request.ThreadId && t.RunId == run, ct) ?? throw new NotFound();
            if (request.ParentId is { } parent && !await db.Posts.AnyAsync(p => p.Id == parent && p.ThreadId == thread.Id && p.ParentId == null, ct))
                throw new NotFound();

            var post = new Post
            {
                Id = request.Key,
                RunId = run,
                ThreadId = thread.Id,
                ParentId = request.ParentId,
                AuthorId = author,
                At = now,
                Number = sequence,
                Sequence = sequence,
            };
            post.Write(request.Markdown);
            thread.Replies++;
            thread.LastAt = now;
            thread.Sequence = sequence;
            db.Add(post);
            db.Announce(new ReplyPosted(post.Id, thread.Id, run, author, now));
            await db.SaveChangesAsync(ct);
            return sequence;
        }, cancellationToken);

        if (number > 0)
        {
            beside.Forget(run);
            live.Tell(TalkLinks.Channel(run), "reply", number, new { thread = request.ThreadId, post = request.Key });
        }
        return request.Key;
    }

    private Task<bool> Exists(Reply request, CancellationToken ct) =>
        db.Posts.AnyAsync(p => p.Id == request.Key && p.AuthorId == request.Room.PersonId, ct);
}
