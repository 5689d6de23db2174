using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Kernel;
using Thread = MoocPlatform.Discussions.Domain.Thread;

namespace MoocPlatform.Discussions.Features.Searching;

/// <summary>The texts of a run that fit best what was typed, of those this person may read.</summary>
internal sealed record FindTexts(Room Room, string Typed) : IRequest<IReadOnlyList<Hit>>;

/// <summary>Threads whose title or beginning says something like this.</summary>
internal sealed record FindSimilar(Room Room, string Title) : IRequest<IReadOnlyList<Thread>>;

/// <param name="Author">Null: somebody who wrote without a name.</param>
/// <param name="Excerpt">Words around the first hit; those that were asked for are marked.</param>
internal sealed record Hit(Thread Thread, Writing Writing, Person? Author, IReadOnlyList<Fragment> Title, IReadOnlyList<Fragment> Excerpt, string Link);

internal sealed class SearchHandler(DiscussionsDb db, TalkWords words, IMediator mediator) : IRequestHandler<FindTexts, IReadOnlyList<Hit>>, IRequestHandler<FindSimilar, IReadOnlyList<Thread>>
{
    private const int MostHits = 30;
    private const int MostSimilar = 5;
    private const int AtOnce = 100;
    private const int Looked = 500;

    public async Task<IReadOnlyList<Hit>> Handle(FindTexts request, CancellationToken cancellationToken)
    {
        if (TalkWords.Fold(request.Typed).Trim().Length < 2)
            throw Refusals.NothingToSearch();
        var numbers = await words.Find(request.Room.Run.RunId, request.Typed, all: true, Looked, cancellationToken);
        var found = new List<(Thread Thread, Writing Writing)>();
        foreach (var some in numbers.Chunk(AtOnce))
        {
            var byNumber = (await Visible(request.Room.Sight, some, cancellationToken)).ToDictionary(f => f.Writing.Number);
            found.AddRange(some.Where(byNumber.ContainsKey).Select(n => byNumber[n]).Take(MostHits - found.Count));
            if (found.Count == MostHits)
                break;
        }

        var cast = await mediator.Cast(request.Room, found.Select(f => f.Writing.AuthorId), cancellationToken);
        var (asked, run) = (TalkWords.Asked(request.Typed), request.Room.Run);
        return [.. found.Select(f => new Hit(
            f.Thread, f.Writing, cast.AuthorOf(f.Writing), Excerpts.Mark(f.Thread.Title, asked), Excerpts.Around(f.Writing.Excerpt(Writing.LongestText), asked),
            f.Writing is Thread ? TalkLinks.Thread(run.CourseSlug, run.RunSlug, f.Thread.Id) : TalkLinks.Writing(run.CourseSlug, run.RunSlug, f.Thread.Id, f.Writing.Id)))];
    }

    public async Task<IReadOnlyList<Thread>> Handle(FindSimilar request, CancellationToken cancellationToken)
    {
        var run = request.Room.Run.RunId;
        var numbers = await words.Find(run, request.Title, all: false, AtOnce, cancellationToken);
        var threads = await db.Threads.AsNoTracking().Where(request.Room.Sight.Threads).Where(t => t.DeletedAt == null && numbers.Contains(t.Number)).ToDictionaryAsync(t => t.Number, cancellationToken);
        return [.. numbers.Where(threads.ContainsKey).Select(n => threads[n]).Take(MostSimilar)];
    }

    private async Task<IReadOnlyList<(Thread Thread, Writing Writing)>> Visible(Sight sight, long[] numbers, CancellationToken ct)
    {
        var threads = await db.Threads.AsNoTracking().Where(sight.Threads).Where(t => t.DeletedAt == null && numbers.Contains(t.Number)).ToListAsync(ct);
        var posts = await db.Posts.AsNoTracking().Where(sight.Texts).Where(p => numbers.Contains(p.Number)).ToListAsync(ct);
        Guid[] of = [.. posts.Select(p => p.ThreadId).Distinct()];
        var theirs = await db.Threads.AsNoTracking().Where(sight.Threads).Where(t => of.Contains(t.Id)).ToDictionaryAsync(t => t.Id, ct);
        return [.. threads.Select(t => (t, (Writing)t)), .. posts.Where(p => theirs.ContainsKey(p.ThreadId)).Select(p => (theirs[p.ThreadId], (Writing)p))];
    }
}
