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
        var now = clock.GetUtcNow();
        request.Room.MustBeOpen(now);
        if (await Exists(request, cancellationToken))
            return request.Key;

        var (run, author) = (request.Room.Run.RunId, request.Room.PersonId);
        var draft = new Thread { Id = request.Key, Kind = request.Kind };
        draft.Name(request.Title);
        draft.Write(request.Markdown);
        var named = await arrival.Named(request.Room, null, draft.Markdown, cancellationToken);
        var settings = await arrival.Settings(request.Room, cancellationToken);
        pace.Take(author);

        var number = await db.InTurn(async ct =>
        {
            if (await Exists(request, ct))
                return 0;
            var board = await db.Next(run, ct);
            var sequence = board.LastSequence;
            var isPrivate = request.IsPrivate && request.Kind == ThreadKind.Question;
            var held = await arrival.Enter(request.Room, settings, draft.Markdown, named.Count, now, ct) && !isPrivate; // the team alone reads that one anyway
            var thread = new Thread
            {
                Id = request.Key,
                RunId = run,
                AuthorId = author,
                Kind = request.Kind,
                ItemId = request.ItemId,
                IsPrivate = isPrivate,
                Consent = isPrivate && request.Consents ? Consent.Given : Consent.None,
                Anonymous = request.Anonymous && settings.AllowsAnonymous,
                State = held ? WritingState.Held : WritingState.Shown,
                At = now,
                LastAt = now,
                Number = sequence,
                LastNumber = sequence,
                Sequence = sequence,
                Unanswered = request.Kind == ThreadKind.Question,
            };
            thread.Name(request.Title);
            thread.Write(request.Markdown);
            db.Add(thread);
            db.AddRange(named.Select(n => new Mention { WritingId = thread.Id, PersonId = n }));
            await arrival.Follow(request.Room, thread.Id, sequence, ct);
            if (held)
            {
                db.Enqueue(thread, now);
                db.Announce(new WritingModerated(thread.Id, thread.Id, run, author, ModerationAct.Held, "", now));
                db.Add(new LoggedAct { Id = clock.NewKey(), RunId = run, ThreadId = thread.Id, WritingId = thread.Id, PersonId = author, ById = author, Act = TeamAct.HeldByRule, At = now });
            }
            else
            {
                db.Announce(new ThreadStarted(thread.Id, run, thread.ItemId, author, now));
            }

            await db.SaveChangesAsync(ct);
            await db.CountThreads(run, thread.Tally.Threads, thread.Tally.Unanswered, ct);
            await db.ShowPictures(thread, ct);
            await words.Add(thread, board, ct);
            return sequence;
        }, cancellationToken);

        if (number > 0)
        {
            beside.Forget(run);
            bell.Ring(run, request.Key, "thread", number);
        }
        return request.Key;
    }

    private Task<bool> Exists(StartThread request, CancellationToken ct) =>
        db.Threads.AnyAsync(t => t.Id == request.Key && t.AuthorId == request.Room.PersonId, ct);
}
