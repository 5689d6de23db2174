using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Threads;

/// <summary>A thread with its replies in the order they came; 100 a page.</summary>
/// <param name="From">Replies with a higher number only; 0 from the beginning.</param>
internal sealed record ReadThread(Room Room, Guid ThreadId, long From) : IRequest<ThreadPage?>;

/// <param name="Sequence">The last number that this page holds: later changes are to be fetched.</param>
/// <param name="More">Number to go on from; null: this is the end.</param>
internal sealed record ThreadPage(WritingView Beginning, IReadOnlyList<WritingView> Replies, long Sequence, long? More);

/// <summary>What has changed in a thread after a number, in order: at most 200.</summary>
internal sealed record ReadChanges(Room Room, Guid ThreadId, long After) : IRequest<ThreadChanges?>;

/// <param name="Last">Ask after this number next time.</param>
internal sealed record ThreadChanges(Domain.Thread Thread, IReadOnlyList<WritingView> Changed, long Last, bool More);

internal sealed class ReadThreadHandler(DiscussionsDb db, IMediator mediator, TimeProvider clock) : IRequestHandler<ReadThread, ThreadPage?>, IRequestHandler<ReadChanges, ThreadChanges?>
{
    private const int PageSize = 100;
    private const int MostChanges = 200;

    public async Task<ThreadPage?> Handle(ReadThread request, CancellationToken cancellationToken)
    {
        // First the number, then the texts: what comes in between is fetched once more, and never missed.
        var last = await LastSequence(request.Room, cancellationToken);
        if (await Find(request.Room, request.ThreadId, cancellationToken) is not { } thread)
            return null;
        var replies = await db.Posts.AsNoTracking().Where(p => p.ThreadId == thread.Id && p.ParentId == null && p.Number > request.From)
            .OrderBy(p => p.Number).Take(PageSize + 1).ToListAsync(cancellationToken);
        var more = replies.Count > PageSize ? replies[PageSize - 1].Number : (long?)null;
        replies = [.. replies.Take(PageSize)];
        Guid?[] parents = [.. replies.Select(r => (Guid?)r.Id)];
        var comments = await db.Posts.AsNoTracking().Where(p => p.ThreadId == thread.Id && parents.Contains(p.ParentId)).OrderBy(p => p.Number).Take(1000).ToListAsync(cancellationToken);

        var view = await Viewer(request.Room, thread, [thread, .. replies, .. comments], cancellationToken);
        var byParent = comments.ToLookup(c => c.ParentId);
        return new(view(thread, []), [.. replies.Select(r => view(r, [.. byParent[r.Id].Select(c => view(c, []))]))], last, more);
    }

    public async Task<ThreadChanges?> Handle(ReadChanges request, CancellationToken cancellationToken)
    {
        var last = await LastSequence(request.Room, cancellationToken);
        if (await Find(request.Room, request.ThreadId, cancellationToken) is not { } thread)
            return null;
        var posts = await db.Posts.AsNoTracking().Where(p => p.ThreadId == thread.Id && p.Sequence > request.After)
            .OrderBy(p => p.Sequence).Take(MostChanges + 1).ToListAsync(cancellationToken);
        var more = posts.Count > MostChanges;
        List<Writing> changed = [.. posts.Take(MostChanges)];
        if (thread.Sequence > request.After && !more)
            changed.Add(thread);
        var view = await Viewer(request.Room, thread, changed, cancellationToken);
        return new(thread, [.. changed.Select(w => view(w, []))], more ? changed[^1].Sequence : last, more);
    }

    private async Task<long> LastSequence(Room room, CancellationToken ct) =>
        await db.Boards.Where(b => b.RunId == room.Run.RunId).Select(b => (long?)b.LastSequence).SingleOrDefaultAsync(ct) ?? 0;

    private Task<Domain.Thread?> Find(Room room, Guid id, CancellationToken ct) =>
        db.Threads.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id && t.RunId == room.Run.RunId, ct);

    private async Task<Func<Writing, IReadOnlyList<WritingView>, WritingView>> Viewer(Room room, Domain.Thread thread, IReadOnlyCollection<Writing> writings, CancellationToken ct)
    {
        Guid[] ids = [.. writings.Select(w => w.Id)];
        var voted = await db.Votes.Where(v => v.PersonId == room.PersonId && ids.Contains(v.WritingId)).Select(v => v.WritingId).ToHashSetAsync(ct);
        var cast = await mediator.Cast(room, [thread.AuthorId, .. writings.Select(w => w.AuthorId), .. writings.OfType<Post>().Select(p => p.EndorsedById).OfType<Guid>()], ct);
        var readOnly = room.IsReadOnly(clock.GetUtcNow()) || (!room.MayWrite && !room.IsTeam);
        return (writing, comments) => new(room, thread, writing, cast, voted.Contains(writing.Id), readOnly, comments, clock.NewKey());
    }
}

internal static class CastOf
{
    public static async Task<Cast> Cast(this IMediator mediator, Room room, IEnumerable<Guid> people, CancellationToken ct)
    {
        var named = await mediator.Send(new PeopleQuery([.. people.Distinct()]), ct);
        var team = await mediator.Send(new CourseTeamQuery(room.Run.CourseId), ct);
        return new(named, team, new Person(Guid.Empty, "?", "sand"));
    }
}
