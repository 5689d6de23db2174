using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Reading;

/// <summary>This person has read a thread up to a number. An earlier number changes nothing.</summary>
internal sealed record ReadUpTo(Room Room, Guid ThreadId, long Number) : IRequest;

/// <summary>Everything that is there now counts as read.</summary>
internal sealed record ReadAll(Room Room) : IRequest;

/// <summary>Follows a thread, or no longer.</summary>
internal sealed record FollowThread(Room Room, Guid ThreadId, bool On) : IRequest;

internal sealed class PlacesHandler(DiscussionsDb db, UnreadShelf unread) : IRequestHandler<ReadUpTo, Unit>, IRequestHandler<ReadAll, Unit>, IRequestHandler<FollowThread, Unit>
{
    public async Task<Unit> Handle(ReadUpTo request, CancellationToken cancellationToken)
    {
        var known = await db.Places.AsNoTracking().Where(p => p.PersonId == request.Room.PersonId && p.ThreadId == request.ThreadId).Select(p => (long?)p.Read).SingleOrDefaultAsync(cancellationToken);
        if (known >= request.Number)
            return Unit.Value;
        await db.InTurn(async ct =>
        {
            var last = await db.Threads.Where(request.Room.Sight.Threads).Where(t => t.Id == request.ThreadId).Select(t => (long?)t.Sequence).SingleOrDefaultAsync(ct) ?? throw new NotFound();
            var place = await Find(request.Room, request.ThreadId, ct);
            place.Read = Math.Max(place.Read, Math.Min(request.Number, last));
            await db.SaveChangesAsync(ct);
        }, cancellationToken);
        unread.Forget(request.Room.Run.RunId, request.Room.PersonId);
        return Unit.Value;
    }

    public async Task<Unit> Handle(ReadAll request, CancellationToken cancellationToken)
    {
        var (run, me) = (request.Room.Run.RunId, request.Room.PersonId);
        await db.InTurn(async ct =>
        {
            var last = await db.Boards.Where(b => b.RunId == run).Select(b => b.LastSequence).SingleOrDefaultAsync(ct);
            (await db.ParticipantOf(run, me, ct)).ReadTo = last;
            await db.SaveChangesAsync(ct);
        }, cancellationToken);
        unread.Forget(run, me);
        return Unit.Value;
    }

    public async Task<Unit> Handle(FollowThread request, CancellationToken cancellationToken)
    {
        await db.InTurn(async ct =>
        {
            if (!await db.Threads.Where(request.Room.Sight.Threads).AnyAsync(t => t.Id == request.ThreadId, ct))
                throw new NotFound();
            var place = await Find(request.Room, request.ThreadId, ct);
            place.Follows = request.On ? Follows.Yes : Follows.No;
            await db.SaveChangesAsync(ct);
        }, cancellationToken);
        return Unit.Value;
    }

    private async Task<Place> Find(Room room, Guid threadId, CancellationToken ct)
    {
        var place = await db.PlaceOf(room.PersonId, threadId, room.Run.RunId, ct);
        place.AsTeam = !room.IsMember;
        return place;
    }
}

/// <summary>What is new to a person.</summary>
internal static class Unread
{
    /// <summary>Of so many of the newest threads: what a page's header asks for is bounded.</summary>
    private const int Looked = 300;

    public const int Most = 100;

    /// <summary>The threads in which something is new to the person.</summary>
    public static IQueryable<Domain.Thread> New(this DiscussionsDb db, IQueryable<Domain.Thread> threads, Guid personId, long readTo) =>
        threads.Where(t => t.LastNumber > readTo && !db.Places.Any(p => p.PersonId == personId && p.ThreadId == t.Id && p.Read >= t.LastNumber));

    public static async Task<long> ReadTo(this DiscussionsDb db, Guid runId, Guid personId, CancellationToken ct) =>
        await db.Participants.Where(p => p.RunId == runId && p.PersonId == personId).Select(p => p.ReadTo).SingleOrDefaultAsync(ct);

    /// <summary>How many threads, at most <see cref="Most"/>.</summary>
    public static async Task<int> CountNew(this DiscussionsDb db, Sight sight, CancellationToken ct)
    {
        var readTo = await db.ReadTo(sight.RunId, sight.PersonId, ct);
        var newest = db.Threads.Where(sight.Threads).Where(t => t.DeletedAt == null && t.LastNumber > readTo).OrderByDescending(t => t.LastNumber).Take(Looked);
        return await db.New(newest, sight.PersonId, readTo).Take(Most).CountAsync(ct);
    }
}

internal sealed class UnreadTalkQueryHandler(DiscussionsDb db, IMediator mediator, Rooms rooms) : IRequestHandler<UnreadTalkQuery, int>
{
    public async Task<int> Handle(UnreadTalkQuery request, CancellationToken cancellationToken) =>
        await rooms.Find(await mediator.Send(new RunTermQuery(request.RunId), cancellationToken), request.PersonId, false, cancellationToken) is { MayRead: true } room
            ? await db.CountNew(room.Sight, cancellationToken)
            : 0;
}
