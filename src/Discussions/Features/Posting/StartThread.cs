using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Beside;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Kernel;
using Thread = MoocPlatform.Discussions.Domain.Thread;

namespace MoocPlatform.Discussions.Features.Posting;

/// <param name="Key">Made by the page: a second click starts nothing.</param>
internal sealed record StartThread(Room Room, Guid Key, ThreadKind Kind, Guid? ItemId, string? Title, string? Markdown) : IRequest<Guid>;

internal sealed class StartThreadHandler(DiscussionsDb db, PostingPace pace, Live live, TimeProvider clock, BesideShelf beside) : IRequestHandler<StartThread, Guid>
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
        pace.Take(author);

        var number = await db.InTurn(async ct =>
        {
            if (await Exists(request, ct))
                return 0;
            var sequence = await db.NextSequence(run, ct);
            var thread = new Thread
            {
                Id = request.Key,
                RunId = run,
                AuthorId = author,
                Kind = request.Kind,
                ItemId = request.ItemId,
                At = now,
                LastAt = now,
                Number = sequence,
                Sequence = sequence,
            };
            thread.Name(request.Title);
            thread.Write(request.Markdown);
            db.Add(thread);
            db.Announce(new ThreadStarted(thread.Id, run, thread.ItemId, author, now));
            await db.SaveChangesAsync(ct);
            await db.CountThreads(run, 1, thread.IsUnansweredQuestion ? 1 : 0, ct);
            return sequence;
        }, cancellationToken);

        if (number > 0)
        {
            beside.Forget(run);
            live.Tell(TalkLinks.Channel(run), "thread", number, new { thread = request.Key, item = request.ItemId });
        }
        return request.Key;
    }

    private Task<bool> Exists(StartThread request, CancellationToken ct) =>
        db.Threads.AnyAsync(t => t.Id == request.Key && t.AuthorId == request.Room.PersonId, ct);
}
