using MediatR;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Beside;
using MoocPlatform.Discussions.Features.Moderating;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Kernel;
using Thread = MoocPlatform.Discussions.Domain.Thread;

namespace MoocPlatform.Discussions.Features.Posting;

/// <param name="Key">Made by the page: a second click starts nothing.</param>
/// <param name="IsPrivate">A question for the team alone.</param>
/// <param name="Consents">The asker lets the team make it public.</param>
/// <param name="Anonymous">Without a name for peers, where the team allows it.</param>
internal sealed record StartThread(
    Room Room, Guid Key, ThreadKind Kind, Guid? ItemId, string? Title, string? Markdown, bool IsPrivate = false, bool Consents = false, bool Anonymous = false) : IRequest<Guid>;

internal sealed class StartThreadHandler(DiscussionsDb db, PostingPace pace, Arrival arrival, TalkWords words, Bell bell, TimeProvider clock, BesideShelf beside) : IRequestHandler<StartThread, Guid>
{
    public async Task<Guid> Handle(StartThread request, CancellationToken cancellationToken)
    {
        var (room, now) = (request.Room, clock.GetUtcNow());
        room.MustBeOpen(now);
        if (await arrival.IsPosted(request.Key, room.PersonId, cancellationToken))
            return request.Key;

        var settings = await arrival.Settings(room, cancellationToken);
        var isPrivate = request.IsPrivate && request.Kind == ThreadKind.Question;
        var thread = new Thread
        {
            Id = request.Key,
            RunId = room.Run.RunId,
            AuthorId = room.PersonId,
            Kind = request.Kind,
            ItemId = request.ItemId,
            IsPrivate = isPrivate,
            Consent = isPrivate && request.Consents ? Consent.Given : Consent.None,
            Anonymous = request.Anonymous && settings.AllowsAnonymous,
            At = now,
            LastAt = now,
            Unanswered = request.Kind == ThreadKind.Question,
        };
        thread.Name(request.Title);
        thread.Write(request.Markdown); // refused before it costs a place in the pace
        var named = await arrival.Named(room, null, thread.Markdown, cancellationToken);
        pace.Take(room.PersonId);

        if (await arrival.Once(thread, ct => Add(room, thread, named, settings, ct), cancellationToken) is { } number)
        {
            beside.Forget(thread.RunId);
            bell.Ring(thread.RunId, thread.Id, "thread", number);
        }

        return request.Key;
    }

    private async Task<long> Add(Room room, Thread thread, IReadOnlyList<Guid> named, BoardSettings settings, CancellationToken ct)
    {
        var board = await db.Next(thread.RunId, ct);
        thread.Number = thread.LastNumber = thread.Sequence = board.LastSequence;
        db.Append(thread);
        db.AddRange(named.Select(n => new Mention { WritingId = thread.Id, PersonId = n }));
        if (await arrival.Enter(room, settings, thread, named.Count, ct) && !thread.IsPrivate) // the team alone reads that one anyway
        {
            thread.State = WritingState.Held;
            arrival.Hold(thread, thread.Id);
        }
        else
        {
            db.Announce(new ThreadStarted(thread.Id, thread.RunId, thread.ItemId, thread.AuthorId, thread.At));
        }

        await arrival.Follow(room, thread.Id, thread.Number, ct);
        await db.SaveChangesAsync(ct);
        await db.CountThreads(thread.RunId, thread.Tally.Threads, thread.Tally.Unanswered, ct);
        await db.ShowPictures(thread, ct);
        await words.Add(thread, board, ct);
        return thread.Number;
    }
}
