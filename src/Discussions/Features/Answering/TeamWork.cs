using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Answering;

/// <summary>How the team of a course keeps up with its learners.</summary>
internal sealed record ReadTeamWork(Room Room) : IRequest<TeamWork>;

/// <param name="Open">Questions without an answer, oldest first: at most 50.</param>
/// <param name="FirstReply">Median time to the first reply of somebody else, of the newest 1,000 questions that have one; null: none has.</param>
/// <param name="Asked">Of how many questions that is.</param>
/// <param name="Load">What each member of the team wrote in the last 28 days, most first; 1,000 stands for that or more.</param>
internal sealed record TeamWork(IReadOnlyList<ThreadLine> Open, TimeSpan? FirstReply, int Asked, IReadOnlyList<(Person Person, int Posts, int FirstReplies)> Load);

internal sealed class ReadTeamWorkHandler(DiscussionsDb db, IMediator mediator, TimeProvider clock) : IRequestHandler<ReadTeamWork, TeamWork>
{
    private const int MostOpen = 50;
    private const int MostMeasured = 1000;
    private const int MostPosts = 1000;

    private static readonly TimeSpan Lately = TimeSpan.FromDays(28);

    public async Task<TeamWork> Handle(ReadTeamWork request, CancellationToken cancellationToken)
    {
        var (run, since) = (request.Room.Run, clock.GetUtcNow() - Lately);
        var threads = db.Threads.AsNoTracking().Where(request.Room.Sight.Threads).Where(t => t.DeletedAt == null);
        var open = await threads.Where(t => t.Unanswered).OrderBy(t => t.Number).Take(MostOpen).ToListAsync(cancellationToken);
        var first = await threads.Where(t => t.Kind == ThreadKind.Question && t.FirstReplyAt != null).OrderByDescending(t => t.Number).Take(MostMeasured)
            .Select(t => new { t.At, t.FirstReplyAt, t.FirstReplyById }).ToListAsync(cancellationToken);
        var times = first.Select(f => f.FirstReplyAt!.Value - f.At).Order().ToList();

        var load = new List<(Guid Person, int Posts)>();
        foreach (var member in (await mediator.Send(new CourseTeamQuery(run.CourseId), cancellationToken)).Keys)
            load.Add((member, await db.Posts.Where(p => p.RunId == run.RunId && p.AuthorId == member && p.At >= since).Take(MostPosts).CountAsync(cancellationToken)));
        var cast = await mediator.Cast(request.Room, open.Select(t => t.AuthorId).Concat(load.Select(l => l.Person)), cancellationToken);
        return new(
            [.. open.Select(t => new ThreadLine(t, cast.AuthorOf(t), null, TalkLinks.Thread(run.CourseSlug, run.RunSlug, t.Id), false))],
            Median(times), times.Count,
            [.. load.OrderByDescending(l => l.Posts).Select(l => (cast.Of(l.Person), l.Posts, first.Count(f => f.FirstReplyById == l.Person)))]);
    }

    private static TimeSpan? Median(List<TimeSpan> sorted) => sorted.Count switch
    {
        0 => null,
        var n when n % 2 == 1 => sorted[n / 2],
        var n => (sorted[(n / 2) - 1] + sorted[n / 2]) / 2,
    };
}
