using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Reading;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Persistence;

namespace MoocPlatform.Discussions.Features.Threads;

/// <summary>A thread with its replies in the order they came; 100 a page.</summary>
/// <param name="From">Replies with a higher number only; 0 from the beginning.</param>
internal sealed record ReadThread(Room Room, Guid ThreadId, long From) : IRequest<ThreadPage?>;

/// <param name="Sequence">The last number that this page holds: later changes are to be fetched.</param>
/// <param name="More">Number to go on from; null: this is the end.</param>
/// <param name="Follows">Whether the reader follows it.</param>
/// <param name="FirstUnread">The first post that is new to the reader, who has read here before; null: there is none.</param>
internal sealed record ThreadPage(WritingView Beginning, IReadOnlyList<WritingView> Replies, long Sequence, long? More, bool Follows, Guid? FirstUnread)
{
    /// <summary>The last number on this page: what the reader has read when it has been seen.</summary>
    public long LastNumber => Replies.SelectMany(r => r.Comments.Append(r)).Append(Beginning).Max(w => w.Writing.Number);
}

internal sealed class ReadThreadHandler(DiscussionsDb db, Viewers viewers) : IRequestHandler<ReadThread, ThreadPage?>
{
    public const int PageSize = 100;

    /// <summary>Most comments on a page: it ends before a reply with which there would be more. One reply never has as many.</summary>
    public const int MostComments = 2 * Post.MostComments;

    public async Task<ThreadPage?> Handle(ReadThread request, CancellationToken cancellationToken)
    {
        // First the thread with its number, then the texts: what comes in between is fetched once more, and never missed.
        if (await Find(request.Room, request.ThreadId, cancellationToken) is not { } thread)
            return null;
        var replies = await db.Posts.AsNoTracking().Where(request.Room.Sight.Posts).Where(p => p.ThreadId == thread.Id && p.ParentId == null && p.Number > request.From)
            .OrderBy(p => p.Number).Take(PageSize + 1).ToListAsync(cancellationToken);
        var comments = await Comments(request.Room, thread.Id, replies.Take(PageSize), cancellationToken);
        var fit = comments.Count <= MostComments ? PageSize : Fit(replies.Select(r => r.Id), await db.CommentsOf(thread.Id, replies.Select(r => r.Id), cancellationToken));
        var more = replies.Count > fit ? replies[fit - 1].Number : (long?)null;
        replies = [.. replies.Take(fit)];
        if (fit < PageSize)
            comments = await Comments(request.Room, thread.Id, replies, cancellationToken);

        var place = await db.Places.AsNoTracking().SingleOrDefaultAsync(p => p.PersonId == request.Room.PersonId && p.ThreadId == thread.Id, cancellationToken);
        var readTo = Math.Max(place?.Read ?? 0, await db.ReadTo(thread.RunId, request.Room.PersonId, cancellationToken));
        var view = await viewers.Of(request.Room, thread, [thread, .. replies, .. comments], readTo, cancellationToken);
        var byParent = comments.ToLookup(c => c.ParentId);
        return new(view(thread, []), [.. replies.Select(r => view(r, [.. byParent[r.Id].Select(c => view(c, []))]))], thread.Sequence, more, place?.Follows == Follows.Yes, await FirstUnread(request.Room, thread, readTo, cancellationToken));
    }

    private Task<List<Post>> Comments(Room room, Guid threadId, IEnumerable<Post> replies, CancellationToken ct)
    {
        Guid?[] parents = [.. replies.Select(r => (Guid?)r.Id)];
        return db.Posts.AsNoTracking().Where(room.Sight.Posts).Where(p => p.ThreadId == threadId && parents.Contains(p.ParentId))
            .OrderBy(p => p.Number).Take(MostComments + 1).ToListAsync(ct);
    }

    /// <summary>How many of these replies fit on a page with all their comments: one at least.</summary>
    public static int Fit(IEnumerable<Guid> replies, IReadOnlyDictionary<Guid, int> comments)
    {
        var sum = 0;
        return Math.Max(1, replies.TakeWhile(r => (sum += comments.GetValueOrDefault(r)) <= MostComments).Count());
    }

    private async Task<Guid?> FirstUnread(Room room, Domain.Thread thread, long readTo, CancellationToken ct) => readTo < thread.Number || thread.LastNumber <= readTo
        ? null
        : await db.Posts.Where(room.Sight.Texts).Where(p => p.ThreadId == thread.Id && p.Number > readTo && p.AuthorId != room.PersonId)
            .OrderBy(p => p.Number).Select(p => (Guid?)p.Id).FirstOrDefaultAsync(ct);

    private Task<Domain.Thread?> Find(Room room, Guid id, CancellationToken ct) =>
        db.Threads.AsNoTracking().Where(room.Sight.Threads).SingleOrDefaultAsync(t => t.Id == id, ct);
}

internal static class CommentCounts
{
    /// <summary>How many comments each of some replies of a thread has; none: it is not named.</summary>
    public static Task<Dictionary<Guid, int>> CommentsOf(this DiscussionsDb db, Guid threadId, IEnumerable<Guid> replies, CancellationToken ct)
    {
        Guid?[] parents = [.. replies.Select(r => (Guid?)r)];
        return db.Posts.Where(p => p.ThreadId == threadId && parents.Contains(p.ParentId)).GroupBy(p => p.ParentId!.Value)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
    }
}
