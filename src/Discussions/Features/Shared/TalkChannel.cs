using System.Security.Claims;
using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Shared;

/// <summary>Who may read the talk may see how many are on its board. Apart from the talk's own channel, which lessons listen to as well.</summary>
internal sealed class BoardChannel(IMediator mediator, Rooms rooms) : ILiveChannel
{
    public string Kind => "board";

    public bool CountsListeners => true;

    public async Task<bool> MayListen(Guid id, ClaimsPrincipal person, CancellationToken ct) =>
        await rooms.Find(await mediator.Send(new RunTermQuery(id), ct), person.IdOrNull(), person.IsAdmin(), ct) is { MayRead: true };
}

/// <summary>Who may read the talk may listen to it.</summary>
internal sealed class TalkChannel(IMediator mediator, Rooms rooms, DiscussionsDb db) : ILiveChannel
{
    public string Kind => "talk";

    public Task<bool> MayListen(Guid id, ClaimsPrincipal person, CancellationToken ct) => new BoardChannel(mediator, rooms).MayListen(id, person, ct);

    public async Task<long?> Last(Guid id, CancellationToken ct) =>
        await db.Boards.Where(b => b.RunId == id).Select(b => (long?)b.LastSequence).SingleOrDefaultAsync(ct) ?? 0;
}

/// <summary>Who may read a thread may listen to it.</summary>
internal sealed class ThreadChannel(IMediator mediator, Rooms rooms, DiscussionsDb db, SettingsRead settings) : ILiveChannel
{
    public string Kind => "thread";

    public async Task<bool> MayListen(Guid id, ClaimsPrincipal person, CancellationToken ct)
    {
        if (await db.Threads.Where(t => t.Id == id).Select(t => (Guid?)t.RunId).SingleOrDefaultAsync(ct) is not { } run)
            return false;
        return await rooms.Find(await mediator.Send(new RunTermQuery(run), ct), person.IdOrNull(), person.IsAdmin(), ct) is { MayRead: true } room
            && await db.Threads.Where(room.Sight.Threads).AnyAsync(t => t.Id == id, ct);
    }

    public async Task<long?> Last(Guid id, CancellationToken ct) =>
        await db.Threads.Where(t => t.Id == id).Select(t => (long?)t.Sequence).SingleOrDefaultAsync(ct);

    public bool CountsListeners => true;

    // Where some may write without a name, nobody is named while writing.
    public async Task<string?> NameOfWriter(Guid id, ClaimsPrincipal person, CancellationToken ct)
    {
        var run = await db.Threads.Where(t => t.Id == id).Select(t => t.RunId).SingleOrDefaultAsync(ct);
        if (person.IdOrNull() is not { } writer || await mediator.Send(new RunTermQuery(run), ct) is not { } term)
            return null;
        return (await settings.Of(term, ct)).AllowsAnonymous ? "" : (await mediator.Cast(Room.OfPeers(term), [writer], ct)).Of(writer).Name;
    }
}
