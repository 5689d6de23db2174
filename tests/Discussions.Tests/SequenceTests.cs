using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Posting;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Features.Threads;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Discussions.Tests;

/// <summary>Everything in a run's talk happens in one sequence: nothing is missed, nothing comes twice.</summary>
public sealed class SequenceTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Fifty_at_once_get_fifty_numbers_without_gaps()
    {
        var (room, thread) = await AThread();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Send(new Reply(room with { PersonId = world.Clock.NewKey() }, thread, null, world.Clock.NewKey(), $"Reply {i}"))));

        var numbers = await world.Db((DiscussionsDb db) => db.Posts.Where(p => p.ThreadId == thread).OrderBy(p => p.Number).Select(p => p.Number).ToListAsync());
        Assert.Equal(Enumerable.Range(2, 50).Select(i => (long)i), numbers); // the thread itself was number 1
        Assert.Equal(50, await world.Db((DiscussionsDb db) => db.Threads.Where(t => t.Id == thread).Select(t => t.Replies).SingleAsync()));
    }

    [Fact]
    public async Task Clicks_that_meet_post_once()
    {
        var (room, thread) = await AThread();
        var (reply, other) = (world.Clock.NewKey(), world.Clock.NewKey());
        // All have asked whether it is posted already before the first of them may post.
        var (held, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var others = world.Db((DiscussionsDb db) => db.InTurn(async ct =>
        {
            await db.Hold(room.Run.RunId, ct);
            held.SetResult();
            await go.Task;
            return 0;
        }, CancellationToken.None));
        await held.Task;
        var clicks = Enumerable.Range(0, 3).SelectMany(_ => new[]
        {
            Send(new Reply(room, thread, null, reply, "Once.")),
            Send(new StartThread(room, other, ThreadKind.Question, null, "Once as well", "Only once.")),
        }).ToList();
        await Task.Delay(300);
        Assert.DoesNotContain(clicks, c => c.IsCompleted);
        go.SetResult();
        await Task.WhenAll(clicks);
        await others;

        Assert.Equal([reply], await world.Db((DiscussionsDb db) => db.Posts.Where(p => p.ThreadId == thread).Select(p => p.Id).ToListAsync()));
        var board = await world.Db((DiscussionsDb db) => db.Boards.SingleAsync(b => b.RunId == room.Run.RunId));
        Assert.Equal((3, 2), (board.LastSequence, board.Threads)); // clicks too many leave no gap
        Assert.Equal(1, await world.Db((DiscussionsDb db) => db.Threads.Where(t => t.Id == thread).Select(t => t.Replies).SingleAsync()));
    }

    [Fact]
    public async Task Who_asks_after_their_number_gets_exactly_what_came_since_in_order()
    {
        var (room, thread) = await AThread();
        var seen = new Dictionary<Guid, long>();
        var last = 1L;
        var random = new Random(7);
        for (var cut = 0; cut < 100; cut++)
        {
            for (var i = random.Next(0, 4); i > 0; i--)
                await Send(new Reply(room with { PersonId = world.Clock.NewKey() }, thread, null, world.Clock.NewKey(), "More."));
            if (random.Next(3) == 0 && seen.Count > 0)
                await Send(new ChangeWriting(room with { PersonId = world.Clock.NewKey() }, thread, seen.Keys.First(), Act.Vote));

            var changes = (await world.Send(new ReadChanges(room, thread, last, last)))!;
            var posts = changes.Changed.Where(c => c is Post).ToList();
            Assert.Equal(posts.Select(p => p.Sequence).Order(), posts.Select(p => p.Sequence));
            Assert.All(posts, p => Assert.True(p.Sequence > last && seen.GetValueOrDefault(p.Id) < p.Sequence));
            foreach (var post in posts)
                seen[post.Id] = post.Sequence;
            last = changes.Last;
        }

        var all = await world.Db((DiscussionsDb db) => db.Posts.Where(p => p.ThreadId == thread).ToDictionaryAsync(p => p.Id, p => p.Sequence));
        Assert.Equal(all, seen);
        Assert.NotEmpty(all);
    }

    [Fact]
    public async Task A_long_absence_is_caught_up_in_pieces()
    {
        var (room, thread) = await AThread();
        for (var i = 0; i < 230; i++)
            await Send(new Reply(room with { PersonId = world.Clock.NewKey() }, thread, null, world.Clock.NewKey(), "More."));
        var (last, found, more) = (1L, 0, true);
        while (more)
        {
            var changes = (await world.Send(new ReadChanges(room, thread, last, last)))!;
            found += changes.Changed.Count(c => c is Post);
            (last, more) = (changes.Last, changes.More);
        }

        Assert.Equal(230, found);
    }

    [Fact]
    public async Task A_stranger_may_not_listen_and_a_learner_may()
    {
        var (room, _) = await AThread();
        await using var scope = world.Services.CreateAsyncScope();
        var channel = scope.ServiceProvider.GetServices<ILiveChannel>().Single(c => c.Kind == "talk");
        Assert.False(await channel.MayListen(room.Run.RunId, new(), CancellationToken.None));
        Assert.False(await channel.MayListen(room.Run.RunId, Somebody(world.Clock.NewKey()), CancellationToken.None));
        Assert.True(await channel.MayListen(room.Run.RunId, Somebody(await world.Person("Ioana Marin")), CancellationToken.None));
        Assert.Equal(1, await channel.Last(room.Run.RunId, CancellationToken.None));
    }

    private static System.Security.Claims.ClaimsPrincipal Somebody(Guid id) =>
        new(new System.Security.Claims.ClaimsIdentity([new(System.Security.Claims.ClaimTypes.NameIdentifier, id.ToString())], "Test"));

    private Task<T> Send<T>(IRequest<T> request) => world.Send(request);

    private async Task<(Room Room, Guid Thread)> AThread()
    {
        var run = await world.ARun();
        var room = new Room(run.Term, run.TeacherId, false, true, true);
        return (room with { PersonId = world.Clock.NewKey() }, await Send(new StartThread(room with { PersonId = world.Clock.NewKey() }, world.Clock.NewKey(), ThreadKind.Question, null, "A thread", "Begin.")));
    }
}
