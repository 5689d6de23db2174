using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Beside;
using MoocPlatform.Discussions.Features.Moderating;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Posting;

/// <summary>Replies to a thread or, with a parent, comments on a reply.</summary>
/// <param name="Key">Made by the page: a second click posts nothing.</param>
/// <param name="Anonymous">Without a name for peers, where the team allows it.</param>
internal sealed record Reply(Room Room, Guid ThreadId, Guid? ParentId, Guid Key, string? Markdown, bool Anonymous = false) : IRequest<Guid>;

internal sealed class ReplyHandler(DiscussionsDb db, PostedRead posted, PostingPace pace, Arrival arrival, TalkWords words, Bell bell, TimeProvider clock, BesideShelf beside) : IRequestHandler<Reply, Guid>
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
        var named = await arrival.Named(request.Room, request.ThreadId, draft.Markdown, cancellationToken);
        var settings = await arrival.Settings(request.Room, cancellationToken);
        pace.Take(author);

        long number;
        try
        {
            number = await db.InTurn(ct => Add(request, draft, named, settings, now, ct), cancellationToken);
        }
        catch (DbUpdateException e) when (Database.IsDuplicate(e))
        {
            // The second click came while the first was at work.
            if (!await Exists(request, cancellationToken))
                throw;
            return request.Key;
        }

        beside.Forget(run);
        bell.Ring(run, request.ThreadId, "reply", number);
        return request.Key;
    }

    /// <returns>The number of the post.</returns>
    private async Task<long> Add(Reply request, Post draft, IReadOnlyList<Guid> named, BoardSettings settings, DateTimeOffset now, CancellationToken ct)
    {
        var (run, author) = (request.Room.Run.RunId, request.Room.PersonId);
        var board = await db.Next(run, ct);
        var sequence = board.LastSequence;
        if (await db.ThreadOf(request.ThreadId, ct) is not { } thread || !request.Room.Sight.MayOpen(thread))
            throw new NotFound();
        if (thread.ClosedAt is not null && !request.Room.IsTeam)
            throw Refusals.ThreadIsClosed();
        if (request.ParentId is { } parent && !await db.Posts.Where(request.Room.Sight.Texts).AnyAsync(p => p.Id == parent && p.ThreadId == thread.Id && p.ParentId == null, ct))
            throw new NotFound();
        if (request.ParentId is not null && await db.Posts.CountAsync(p => p.ThreadId == thread.Id && p.ParentId == request.ParentId, ct) >= Post.MostComments)
            throw Refusals.TooManyComments(Post.MostComments);

        var held = await arrival.Enter(request.Room, settings, draft.Markdown, named.Count, now, ct) && !thread.IsPrivate;
        var post = new Post
        {
            Id = request.Key,
            RunId = run,
            ThreadId = thread.Id,
            ParentId = request.ParentId,
            AuthorId = author,
            Anonymous = request.Anonymous && settings.AllowsAnonymous,
            State = held ? WritingState.Held : WritingState.Shown,
            At = now,
            Number = sequence,
            Sequence = sequence,
        };
        post.Write(request.Markdown);
        thread.Sequence = sequence;
        db.Add(post);
        db.AddRange(named.Select(n => new Mention { WritingId = post.Id, PersonId = n }));
        await arrival.Follow(request.Room, thread.Id, sequence, ct);
        if (held)
        {
            db.Enqueue(post, now);
            db.Announce(new WritingModerated(post.Id, thread.Id, run, author, ModerationAct.Held, "", now));
            db.Add(new LoggedAct { Id = clock.NewKey(), RunId = run, ThreadId = thread.Id, WritingId = post.Id, PersonId = author, ById = author, Act = TeamAct.HeldByRule, At = now });
        }
        else
        {
            thread.Take(post, request.Room.IsTeam, now);
            db.Announce(new ReplyPosted(post.Id, thread.Id, run, author, now));
        }

        await db.SaveChangesAsync(ct);
        await db.ShowPictures(post, ct);
        await words.Add(post, board, ct);
        return sequence;
    }

    private async Task<bool> Exists(Reply request, CancellationToken ct) => await posted.Find([request.Key, request.Room.PersonId], ct) is not null;
}
