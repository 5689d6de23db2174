using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Beside;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Kernel;
using Thread = MoocPlatform.Discussions.Domain.Thread;

namespace MoocPlatform.Discussions.Features.Moderating;

/// <summary>
/// One thread goes up in another: its beginning becomes a reply there, its posts follow, in their order and with their addresses. Private
/// threads are never mixed with others.
/// </summary>
/// <param name="Target">Id of the other thread, or its address.</param>
internal sealed record MergeThreads(Room Room, Guid ThreadId, string? Target) : IRequest<Guid>;

internal sealed class MergeThreadsHandler(DiscussionsDb db, TalkWords words, Bell bell, TimeProvider clock, BesideShelf beside) : IRequestHandler<MergeThreads, Guid>
{
    private const int MostPosts = 500;

    public async Task<Guid> Handle(MergeThreads request, CancellationToken cancellationToken)
    {
        if (!request.Room.IsTeam)
            throw new NotFound();
        if (!Guid.TryParse((request.Target ?? "").Trim().Split('#', '?')[0].TrimEnd('/').Split('/')[^1], out var targetId) || targetId == request.ThreadId)
            throw Refusals.NoSuchThread();
        var (run, now) = (request.Room.Run.RunId, clock.GetUtcNow());
        var number = await db.InTurn(async ct =>
        {
            await db.Hold(run, ct);
            var both = await db.Threads.Where(request.Room.Sight.Threads).Where(t => t.Id == request.ThreadId || t.Id == targetId).ToDictionaryAsync(t => t.Id, ct);
            if (!both.TryGetValue(request.ThreadId, out var source))
                throw new NotFound();
            if (!both.TryGetValue(targetId, out var target) || target.IsDeleted || target.IsPrivate || source.IsPrivate || target.State != WritingState.Shown || source.State != WritingState.Shown)
                throw Refusals.NoSuchThread();
            var posts = await db.Posts.Where(p => p.ThreadId == source.Id).OrderBy(p => p.Number).Take(MostPosts + 1).ToListAsync(ct);
            if (posts.Count > MostPosts)
                throw Refusals.TooLongToMerge(MostPosts);

            var tally = Sum(source.Tally, target.Tally);
            var former = posts.Select(p => p.Number).Append(source.Number).ToList();
            var beginning = Beginning(source, target.Id);
            posts.Insert(0, beginning);
            db.Add(beginning);
            foreach (var post in posts)
            {
                post.ThreadId = target.Id;
                post.Number = post.Sequence = await db.NextSequence(run, ct);
                if (post is { State: WritingState.Shown, IsDeleted: false })
                    target.Take(post, false, now);
            }

            (target.Endorsed, target.StaffAnswered) = (target.Endorsed + source.Endorsed, target.StaffAnswered || source.StaffAnswered);
            (source.MergedIntoId, source.Pinned) = (target.Id, false);
            source.Delete(now, byTeam: true);
            source.Sequence = target.Sequence = posts[^1].Sequence;
            (source.Unanswered, target.Unanswered) = (false, target.IsUnansweredQuestion);
            db.Add(new LoggedAct { Id = clock.NewKey(), RunId = run, ThreadId = target.Id, WritingId = source.Id, PersonId = source.AuthorId, ById = request.Room.PersonId, Act = TeamAct.Merge, Reason = source.Title, At = now });
            await db.SaveChangesAsync(ct);
            var after = Sum(source.Tally, target.Tally);
            await db.CountThreads(run, after.Threads - tally.Threads, after.Unanswered - tally.Unanswered, ct);
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO discussions_places ("PersonId", "ThreadId", "RunId", "Read", "Follows", "AsTeam")
                SELECT "PersonId", {target.Id}, "RunId", {posts[0].Number - 1}, "Follows", "AsTeam" FROM discussions_places WHERE "ThreadId" = {source.Id}
                ON CONFLICT ("PersonId", "ThreadId") DO NOTHING
                """, ct);
            foreach (var old in former)
                await words.Remove(run, old, ct);
            foreach (var post in posts)
                await words.Put(post, ct);
            return target.Sequence;
        }, cancellationToken);

        beside.Forget(run);
        bell.Ring(run, targetId, "change", number);
        bell.Ring(run, request.ThreadId, "change", number);
        return targetId;
    }

    // Under the same id, so that its votes, its reports and its address stay.
    private static Post Beginning(Thread source, Guid target)
    {
        var post = new Post
        {
            Id = source.Id,
            RunId = source.RunId,
            ThreadId = target,
            AuthorId = source.AuthorId,
            Anonymous = source.Anonymous,
            At = source.At,
            Votes = source.Votes,
            Reason = source.Reason,
            Answer = source.Answer,
        };
        if (source.IsDeleted)
            post.Delete(source.DeletedAt!.Value, source.Removed);
        else if (source.EditedAt is { } edited)
            post.Edit(source.Markdown, edited);
        else
            post.Write(source.Markdown);
        (post.Reports, post.Waits) = (source.Reports, source.Waits); // the team looks at it there
        return post;
    }

    private static (int Threads, int Unanswered) Sum((int Threads, int Unanswered) a, (int Threads, int Unanswered) b) => (a.Threads + b.Threads, a.Unanswered + b.Unanswered);
}
