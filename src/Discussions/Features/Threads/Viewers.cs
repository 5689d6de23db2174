using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Threads;

/// <summary>Makes the views of a thread's writings for a reader: names, own votes and settings are asked once for all of them.</summary>
internal sealed class Viewers(DiscussionsDb db, IMediator mediator, TimeProvider clock, SettingsRead settings, VoteRead votes)
{
    /// <param name="readTo">The number up to which the reader has read the thread.</param>
    public async Task<Func<Writing, IReadOnlyList<WritingView>, WritingView>> Of(
        Room room, Domain.Thread thread, IReadOnlyCollection<Writing> writings, long readTo, CancellationToken ct)
    {
        var voted = await Voted(room.PersonId, writings, ct);
        var cast = await mediator.Cast(room, writings.Append(thread).Select(w => w.AuthorId), ct);
        var readOnly = room.IsReadOnly(clock.GetUtcNow()) || !room.TakesPart;
        var mayHideName = !room.IsTeam && (await settings.Of(room.Run, ct)).AllowsAnonymous;
        return (writing, comments) => new(room, thread, writing, cast, voted.Contains(writing.Id), readOnly, comments, clock.NewKey(), readTo) { MayHideName = mayHideName };
    }

    /// <summary>Who wrote them, as everyone knows them who takes part.</summary>
    public Task<Cast> Peers(Room room, Domain.Thread thread, IEnumerable<Writing> writings, CancellationToken ct) =>
        mediator.Cast(Room.OfPeers(room.Run), writings.Append(thread).Select(w => w.AuthorId), ct);

    /// <summary>The views of everyone who takes part without being the author of any of this, having voted for it, or belonging to the team.</summary>
    public async Task<Func<Writing, WritingView>> OfAll(Room room, Domain.Thread thread, Cast peers, CancellationToken ct)
    {
        var anybody = Room.OfPeers(room.Run) with { MayWrite = true };
        var mayHideName = (await settings.Of(room.Run, ct)).AllowsAnonymous;
        return writing => new(anybody, thread, writing, peers, false, room.IsReadOnly(clock.GetUtcNow()), [], Guid.Empty, long.MaxValue) { MayHideName = mayHideName, ForAll = true };
    }

    /// <summary>For which of them a person has voted.</summary>
    public async Task<HashSet<Guid>> Voted(Guid person, IEnumerable<Writing> writings, CancellationToken ct)
    {
        Guid[] ids = [.. writings.Where(w => w.Votes > 0).Select(w => w.Id)];
        if (ids.Length > 2)
            return await db.Votes.Where(v => v.PersonId == person && ids.Contains(v.WritingId)).Select(v => v.WritingId).ToHashSetAsync(ct);
        // What is new is mostly one text, and asked for by all at once.
        var voted = new HashSet<Guid>();
        foreach (var writing in ids)
            if (await votes.Find([writing, person], ct) is not null)
                voted.Add(writing);
        return voted;
    }
}
