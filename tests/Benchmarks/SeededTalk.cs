using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Kernel;
using Thread = MoocPlatform.Discussions.Domain.Thread;

namespace MoocPlatform.Benchmarks;

/// <summary>A talk of many posts in the run of the site.</summary>
internal sealed partial class SeededSite
{
    private const int PostsOfAThread = 9;
    private const int PostsOfTheBusyThread = 500;
    private const int ThreadsRead = 450;
    private const int AtOnce = 5_000;

    /// <summary>The board.</summary>
    public string BoardPath { get; private set; } = "";

    /// <summary>A thread of ten texts in the middle of all, and one that is longer than a page.</summary>
    public string ThreadPath { get; private set; } = "";

    public string BusyThreadPath { get; private set; } = "";

    /// <summary>The newest threads, of ten texts each.</summary>
    public List<string> NewThreadPaths { get; } = [];

    /// <summary>Fills the board with so many texts of the learners, one thread for every nine replies.</summary>
    /// <remarks>The second of those who sign in has read the newest threads, one by one; the others have read nothing.</remarks>
    public Task FillTalk(int posts) => Within(async services =>
    {
        var (course, runSlug) = (LessonPath.Split('/')[2], LessonPath.Split('/')[3]);
        var run = (await Send(services, new RunBySlugQuery(course, runSlug)))!;
        var people = await Send(services, new LearnersQuery(run.RunId, Guid.Empty, 1000));
        var (clock, random) = (services.GetRequiredService<TimeProvider>(), new Random(1));
        var start = clock.GetUtcNow() - TimeSpan.FromDays(20);
        long number = 0;
        while (number < posts)
        {
            await using var scope = services.CreateAsyncScope();
            var (db, words) = (scope.ServiceProvider.GetRequiredService<DiscussionsDb>(), scope.ServiceProvider.GetRequiredService<TalkWords>());
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            number = await db.InTurn(async ct =>
            {
                if (number == 0)
                {
                    await db.Next(run.RunId, ct);
                    db.AddRange(people.Select(p => new Participant { RunId = run.RunId, PersonId = p, WroteAt = start, Known = true }));
                }

                var (made, at) = (new List<Writing>(), number);
                while (at < posts && made.Count < AtOnce)
                {
                    var thread = Begin(at == 0 ? 1 : ++at);
                    at = thread.Number;
                    made.Add(thread);
                    for (var i = 0; i < (thread.Number == 1 ? PostsOfTheBusyThread : PostsOfAThread) && at < posts; i++)
                        made.Add(Answer(thread, ++at));
                    thread.Sequence = at;
                }

                db.AddRange(made);
                db.ChangeTracker.DetectChanges();
                await db.SaveChangesAsync(ct);
                var board = await db.Boards.AsNoTracking().SingleAsync(b => b.RunId == run.RunId, ct);
                foreach (var writing in made)
                    await words.Add(writing, board, ct);
                var threads = made.Count(m => m is Thread);
                await db.Boards.Where(b => b.RunId == run.RunId).ExecuteUpdateAsync(
                    s => s.SetProperty(b => b.LastSequence, at).SetProperty(b => b.Threads, b => b.Threads + threads), ct);
                BoardPath = TalkLinks.Board(course, runSlug);
                var ends = made.OfType<Thread>().ToList();
                BusyThreadPath = BusyThreadPath.Length > 0 ? BusyThreadPath : TalkLinks.Thread(course, runSlug, ends[0].Id);
                ThreadPath = TalkLinks.Thread(course, runSlug, ends[ends.Count / 2].Id);
                return at;
            }, CancellationToken.None);
        }

        await using (var last = services.CreateAsyncScope())
        {
            var db = last.ServiceProvider.GetRequiredService<DiscussionsDb>();
            foreach (var thread in await db.Threads.AsNoTracking().Where(t => t.RunId == run.RunId).OrderByDescending(t => t.LastNumber).Take(ThreadsRead).ToListAsync())
            {
                NewThreadPaths.Add(TalkLinks.Thread(course, runSlug, thread.Id));
                db.Add(new Place { PersonId = Learners[1], ThreadId = thread.Id, RunId = run.RunId, Read = thread.LastNumber });
            }

            await db.SaveChangesAsync();
        }

        Thread Begin(long at)
        {
            var thread = new Thread
            {
                Id = clock.NewKey(),
                RunId = run.RunId,
                AuthorId = people[random.Next(people.Count)],
                Kind = (ThreadKind)(at % 2),
                At = When(at),
                LastAt = When(at),
                Number = at,
                Sequence = at,
                LastNumber = at,
                Votes = random.Next(20),
                Unanswered = at % 2 == 0,
            };
            thread.Name($"Thread {at}: {Words(6)}");
            thread.Write(Words(40));
            return thread;
        }

        Post Answer(Thread thread, long at)
        {
            var post = new Post
            {
                Id = clock.NewKey(),
                RunId = run.RunId,
                ThreadId = thread.Id,
                AuthorId = people[random.Next(people.Count)],
                At = When(at),
                Number = at,
                Sequence = at,
            };
            post.Write(Words(40));
            thread.Take(post, false, post.At);
            return post;
        }

        DateTimeOffset When(long at) => start + TimeSpan.FromSeconds(at);

        // Few words are everywhere and most are rare, as in any language (Zipf).
        string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => $"word{(int)Math.Pow(20_000, random.NextDouble())}"));
    });
}
