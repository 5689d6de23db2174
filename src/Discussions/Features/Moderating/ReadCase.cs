using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Persistence;
using Thread = MoocPlatform.Discussions.Domain.Thread;

namespace MoocPlatform.Discussions.Features.Moderating;

/// <summary>One writing with what the team knows of it; for others without that. Null: there is none for this person.</summary>
internal sealed record ReadCase(Room Room, Guid ThreadId, Guid WritingId) : IRequest<Case?>;

/// <summary>What waits for the team in a run, oldest first, 25 a page.</summary>
/// <param name="After">Higher numbers only.</param>
internal sealed record ReadQueue(Room Room, long After) : IRequest<QueuePage>;

/// <param name="Reports">Not looked at yet, with who reported; for the team alone.</param>
/// <param name="Restraint">Of the author; for the team alone.</param>
internal sealed record Case(Thread Thread, Writing Writing, Cast Cast, IReadOnlyList<Report> Reports, Restraint? Restraint);

/// <param name="More">Number to go on from; null: this is the end.</param>
internal sealed record QueuePage(IReadOnlyList<Case> Cases, long? More);

internal sealed class CasesHandler(DiscussionsDb db, IMediator mediator)
    : IRequestHandler<ReadCase, Case?>, IRequestHandler<ReadQueue, QueuePage>, IRequestHandler<TalkQueueCountQuery, int>
{
    private const int PageSize = 25;
    private const int MostCounted = 100;

    public async Task<Case?> Handle(ReadCase request, CancellationToken cancellationToken)
    {
        var thread = await db.Threads.AsNoTracking().Where(request.Room.Sight.Threads).SingleOrDefaultAsync(t => t.Id == request.ThreadId, cancellationToken);
        Writing? writing = thread is null || thread.Id == request.WritingId
            ? thread
            : await db.Posts.AsNoTracking().Where(request.Room.Sight.Posts).SingleOrDefaultAsync(p => p.Id == request.WritingId && p.ThreadId == thread.Id, cancellationToken);
        return writing is null ? null : (await Cases(request.Room, [(thread!, writing)], cancellationToken)).Single();
    }

    public async Task<QueuePage> Handle(ReadQueue request, CancellationToken cancellationToken)
    {
        if (!request.Room.IsTeam)
            return new([], null);
        var run = request.Room.Run.RunId;
        var threads = await db.Threads.AsNoTracking().Where(request.Room.Sight.Threads).Where(t => t.Waits && t.Number > request.After)
            .OrderBy(t => t.Number).Take(PageSize + 1).ToListAsync(cancellationToken);
        var posts = await db.Posts.AsNoTracking().Where(request.Room.Sight.Posts).Where(p => p.Waits && p.Number > request.After)
            .OrderBy(p => p.Number).Take(PageSize + 1).ToListAsync(cancellationToken);
        Guid[] of = [.. posts.Select(p => p.ThreadId).Distinct()];
        var byId = await db.Threads.AsNoTracking().Where(t => t.RunId == run && of.Contains(t.Id)).ToDictionaryAsync(t => t.Id, cancellationToken);
        var all = threads.Select(t => (Thread: t, Writing: (Writing)t)).Concat(posts.Select(p => (Thread: byId[p.ThreadId], Writing: (Writing)p))).OrderBy(c => c.Writing.Number).ToList();
        return new(await Cases(request.Room, [.. all.Take(PageSize)], cancellationToken), all.Count > PageSize ? all[PageSize - 1].Writing.Number : null);
    }

    public async Task<int> Handle(TalkQueueCountQuery request, CancellationToken cancellationToken)
    {
        var threads = await db.Threads.Where(t => t.RunId == request.RunId && t.Waits).Take(MostCounted).CountAsync(cancellationToken);
        return Math.Min(MostCounted, threads + await db.Posts.Where(p => p.RunId == request.RunId && p.Waits).Take(MostCounted).CountAsync(cancellationToken));
    }

    private async Task<IReadOnlyList<Case>> Cases(Room room, IReadOnlyList<(Thread Thread, Writing Writing)> found, CancellationToken ct)
    {
        Guid[] ids = [.. found.Select(f => f.Writing.Id)];
        Guid[] authors = [.. found.Select(f => f.Writing.AuthorId).Distinct()];
        var reports = room.IsTeam ? await db.Reports.AsNoTracking().Where(r => ids.Contains(r.WritingId) && !r.IsClosed).OrderBy(r => r.At).Take(200).ToListAsync(ct) : [];
        var restraints = room.IsTeam
            ? await db.Restraints.AsNoTracking().Where(r => r.CourseId == room.Run.CourseId && authors.Contains(r.PersonId)).ToDictionaryAsync(r => r.PersonId, ct)
            : [];
        var cast = await mediator.Cast(room, authors.Concat(reports.Select(r => r.PersonId)), ct);
        return [.. found.Select(f => new Case(f.Thread, f.Writing, cast, [.. reports.Where(r => r.WritingId == f.Writing.Id)], restraints.GetValueOrDefault(f.Writing.AuthorId)))];
    }
}
