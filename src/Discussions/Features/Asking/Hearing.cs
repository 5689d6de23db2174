using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Persistence;
using Thread = MoocPlatform.Discussions.Domain.Thread;

namespace MoocPlatform.Discussions.Features.Asking;

/// <summary>Finds a writing by its id, with the thread in which it stands.</summary>
internal static class Found
{
    /// <summary>Null: there is none, or nobody is to hear of it: it is held, hidden or gone.</summary>
    public static async Task<(Thread Thread, Writing Writing)?> Visible(this DiscussionsDb db, Guid id, CancellationToken ct)
    {
        var post = await db.Posts.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct);
        var threadId = post?.ThreadId ?? id;
        var thread = await db.Threads.AsNoTracking().SingleOrDefaultAsync(t => t.Id == threadId && t.MergedIntoId == null, ct);
        Writing? writing = post is null ? thread : post;
        return thread is { State: WritingState.Shown } && (post is not null || !thread.IsDeleted) && writing is { State: WritingState.Shown, IsDeleted: false } ? (thread, writing) : null;
    }
}

internal sealed class HearersQueryHandler(DiscussionsDb db, IMediator mediator) : IRequestHandler<HearersQuery, IReadOnlyList<Hearer>>
{
    private const int PageSize = 500;

    public async Task<IReadOnlyList<Hearer>> Handle(HearersQuery request, CancellationToken cancellationToken)
    {
        if (await db.Visible(request.WritingId, cancellationToken) is not { } found || await mediator.Send(new RunTermQuery(found.Thread.RunId), cancellationToken) is not { } run)
            return [];
        var (thread, writing) = found;
        var team = (await mediator.Send(new CourseTeamQuery(run.CourseId), cancellationToken)).Keys.ToHashSet();
        var banned = await db.Restraints.Where(r => r.CourseId == run.CourseId && r.IsBan).Select(r => r.PersonId).ToHashSetAsync(cancellationToken);

        // Who stands in the thread may read it: was let in when their place was made. Whose place was the team's must be of it still.
        var mentioned = await db.Mentions.Where(m => m.WritingId == writing.Id).Select(m => m.PersonId).ToHashSetAsync(cancellationToken);
        var owner = writing switch
        {
            Post { ParentId: { } parent } => await db.Posts.Where(p => p.Id == parent).Select(p => (Guid?)p.AuthorId).SingleOrDefaultAsync(cancellationToken),
            _ => null,
        };
        var hearers = new List<Hearer>();
        Add((await Asked(thread, writing, team, cancellationToken)).Concat(mentioned.Where(team.Contains)).Where(m => request.After is not { } from || Order(m, from) > 0));
        for (var after = request.After ?? Guid.Empty; ;)
        {
            var places = await db.Places.AsNoTracking()
                .Where(p => p.ThreadId == thread.Id && p.PersonId.CompareTo(after) > 0 && (p.Follows == Follows.Yes || mentioned.Contains(p.PersonId)))
                .OrderBy(p => p.PersonId).Take(PageSize).ToListAsync(cancellationToken);
            Add(places.Where(p => !p.AsTeam || team.Contains(p.PersonId)).Select(p => p.PersonId));
            if (places.Count < PageSize)
                return Page(null);
            after = places[^1].PersonId;
            if (hearers.Count(h => Order(h.PersonId, after) <= 0) >= PageSize)
                return Page(after);
        }

        void Add(IEnumerable<Guid> people) => hearers.AddRange(people
            .Where(p => p != writing.AuthorId && (team.Contains(p) || !banned.Contains(p)) && (!thread.IsPrivate || p == thread.AuthorId || team.Contains(p)) && hearers.TrueForAll(h => h.PersonId != p))
            .Select(p => new Hearer(p, mentioned.Contains(p) ? HearsAs.Mentioned : p == thread.AuthorId || p == owner ? HearsAs.Owner : HearsAs.Follower)));

        IReadOnlyList<Hearer> Page(Guid? upTo) =>
            [.. hearers.Where(h => upTo is not { } end || Order(h.PersonId, end) <= 0).OrderBy(h => h.PersonId, Comparer<Guid>.Create(Order)).Take(PageSize)];
    }

    // A private question is for the whole team, apart from those who said that they do not follow it.
    private async Task<IEnumerable<Guid>> Asked(Thread thread, Writing writing, HashSet<Guid> team, CancellationToken ct) =>
        thread.IsPrivate && !team.Contains(writing.AuthorId)
            ? team.Except(await db.Places.Where(p => p.ThreadId == thread.Id && p.Follows == Follows.No).Select(p => p.PersonId).ToListAsync(ct))
            : [];

    // As both databases order them: SQLite's text and PostgreSQL's uuid both go by the written digits.
    private static int Order(Guid a, Guid b) => string.CompareOrdinal(a.ToString("N"), b.ToString("N"));
}

internal sealed class WritingQueryHandler(DiscussionsDb db, IMediator mediator, Rooms rooms) : IRequestHandler<WritingQuery, WritingNews?>
{
    private const int ExcerptLength = 300;

    public async Task<WritingNews?> Handle(WritingQuery request, CancellationToken cancellationToken)
    {
        if (await db.Visible(request.WritingId, cancellationToken) is not { } found || await mediator.Send(new RunTermQuery(found.Thread.RunId), cancellationToken) is not { } run)
            return null;
        var (thread, writing) = found;
        if (await rooms.Find(run, request.ReaderId, false, cancellationToken) is not { MayRead: true } room
            || !await db.Threads.Where(room.Sight.Threads).AnyAsync(t => t.Id == thread.Id, cancellationToken) || !room.Sight.MayRead(writing))
            return null;
        Guid? named = room.Sight.MayName(writing) ? writing.AuthorId : null;
        var author = named is { } id ? (await mediator.Cast(room, [id], cancellationToken)).People.GetValueOrDefault(id) : null;
        return new(
            writing.Id, thread.Id, thread.RunId, run.CourseTitle, thread.Title, named, writing.Excerpt(ExcerptLength),
            writing is Post ? TalkLinks.Writing(run.CourseSlug, run.RunSlug, thread.Id, writing.Id) : TalkLinks.Thread(run.CourseSlug, run.RunSlug, thread.Id),
            writing.At, writing is Thread, thread.Kind == ThreadKind.Question)
        {
            AuthorName = author?.Name,
            AuthorHue = author?.Hue,
        };
    }
}
