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

/// <summary>Replies to a thread or, with a parent, comments on a reply.</summary>
/// <param name="Key">Made by the page: a second click posts nothing.</param>
/// <param name="Anonymous">Without a name for peers, where the team allows it.</param>
internal sealed record Reply(Room Room, Guid ThreadId, Guid? ParentId, Guid Key, string? Markdown, bool Anonymous = false) : IRequest<Guid>;

internal sealed class ReplyHandler(DiscussionsDb db, PostingPace pace, Arrival arrival, TalkWords words, Bell bell, TimeProvider clock, BesideShelf beside) : IRequestHandler<Reply, Guid>
{
    public async Task<Guid> Handle(Reply request, CancellationToken cancellationToken)
    {
        var (room, now) = (request.Room, clock.GetUtcNow());
        room.MustBeOpen(now);
        if (await arrival.IsPosted(request.Key, room.PersonId, cancellationToken))
            return request.Key;

        var settings = await arrival.Settings(room, cancellationToken);
        var post = new Post
        {
            Id = request.Key,
            RunId = room.Run.RunId,
            ThreadId = request.ThreadId,
            ParentId = request.ParentId,
            AuthorId = room.PersonId,
            Anonymous = request.Anonymous && settings.AllowsAnonymous,
            At = now,
        };
        post.Write(request.Markdown); // refused before it costs a place in the pace
        var named = await arrival.Named(room, request.ThreadId, post.Markdown, cancellationToken);
        pace.Take(room.PersonId);

        if (await arrival.Once(post, ct => Add(room, post, named, settings, ct), cancellationToken) is { } number)
        {
            beside.Forget(post.RunId);
            bell.Ring(post.RunId, post.ThreadId, "reply", number);
        }

        return request.Key;
    }

    private async Task<long> Add(Room room, Post post, IReadOnlyList<Guid> named, BoardSettings settings, CancellationToken ct)
    {
        var board = await db.Next(post.RunId, ct);
        post.Number = post.Sequence = board.LastSequence;
        if (await db.FindAsync<Thread>([post.ThreadId], ct) is not { } thread || !room.Sight.MayOpen(thread))
            throw new NotFound();
        if (thread.ClosedAt is not null && !room.IsTeam)
            throw Refusals.ThreadIsClosed();
        if (post.ParentId is { } parent && !await db.Posts.Where(room.Sight.Texts).AnyAsync(p => p.Id == parent && p.ThreadId == thread.Id && p.ParentId == null, ct))
            throw new NotFound();
        if (post.ParentId is not null && await db.Posts.CountAsync(p => p.ThreadId == thread.Id && p.ParentId == post.ParentId, ct) >= Post.MostComments)
            throw Refusals.TooManyComments(Post.MostComments);

        thread.Sequence = post.Sequence;
        db.Append(post);
        db.AddRange(named.Select(n => new Mention { WritingId = post.Id, PersonId = n }));
        if (await arrival.Enter(room, settings, post, named.Count, ct) && !thread.IsPrivate)
        {
            post.State = WritingState.Held;
            arrival.Hold(post, thread.Id);
        }
        else
        {
            thread.Take(post, room.IsTeam, post.At);
            db.Announce(new ReplyPosted(post.Id, thread.Id, post.RunId, post.AuthorId, post.At));
        }

        await arrival.Follow(room, thread.Id, post.Number, ct);
        await db.SaveChangesAsync(ct);
        await db.ShowPictures(post, ct);
        await words.Add(post, board, ct);
        return post.Number;
    }
}
