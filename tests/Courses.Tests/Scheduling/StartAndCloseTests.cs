using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Features.Scheduling;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Courses.Tests.Scheduling;

public sealed class StartAndCloseTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_run_is_told_to_have_started_and_closed_once_each_at_its_own_instants()
    {
        var run = await Planned("told-once", startsInHours: 2, days: 1);
        Assert.Equal((null, null), await Marks(run));

        var term = (await world.Send(new RunTermQuery(run)))!;
        await world.At(term.Start.AddMinutes(-1));
        Assert.Equal((null, null), await Marks(run));

        await world.At(term.Start);
        Assert.Equal((term.Start, null), await Marks(run));

        await world.At(term.End);
        Assert.Equal((term.Start, term.End), await Marks(run));
    }

    [Fact]
    public async Task A_start_and_a_close_that_came_due_while_the_process_was_down_are_told_afterwards()
    {
        var run = await Planned("told-late", startsInHours: 2, days: 1);
        var term = (await world.Send(new RunTermQuery(run)))!;
        await world.At(term.End.AddDays(3));
        Assert.Equal((term.Start, term.End), await Marks(run));
    }

    [Fact]
    public async Task A_job_that_runs_twice_tells_nothing_more()
    {
        var run = await Planned("told-twice", startsInHours: 2, days: 1);
        var term = (await world.Send(new RunTermQuery(run)))!;
        world.Clock.Now = term.Start;
        await Tell(new TellRunStarted(run, term.Start));
        await Tell(new TellRunStarted(run, term.Start));
        Assert.Equal((term.Start, null), await Marks(run));
        Assert.Equal(["started"], Heard());
    }

    [Fact]
    public async Task Two_nodes_at_the_same_moment_tell_it_once()
    {
        var run = await Planned("told-race", startsInHours: 2, days: 1);
        var term = (await world.Send(new RunTermQuery(run)))!;
        world.Clock.Now = term.End;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => i % 2 == 0
            ? Tell(new TellRunStarted(run, term.Start)) : Tell(new TellRunClosed(run, term.End))));
        Assert.Equal((term.Start, term.End), await Marks(run));
        Assert.Equal(["closed", "started"], Heard().Order());
    }

    [Fact]
    public async Task A_job_that_comes_early_waits_again()
    {
        var run = await Planned("told-early", startsInHours: 2, days: 1);
        var term = (await world.Send(new RunTermQuery(run)))!;
        await world.Services.GetRequiredService<ISchedule>().Cancel(TellRunStarted.Key(run), default);
        await world.Send(new TellRunStarted(run, term.Start));
        Assert.Equal((null, null), await Marks(run));
        await world.At(term.Start);
        Assert.Equal(term.Start, (await Marks(run)).Start);
    }

    [Fact]
    public async Task When_the_start_was_moved_the_old_job_finds_it_untrue_and_the_new_one_tells()
    {
        var run = await Planned("told-moved", startsInHours: 2, days: 1);
        var old = (await world.Send(new RunTermQuery(run)))!;
        await Change(run, r => r.Plan("UTC", r.LocalStart.AddHours(5), r.LocalEnd.AddHours(5), null));

        world.Clock.Now = old.Start;
        await world.Send(new TellRunStarted(run, old.Start));
        Assert.Equal((null, null), await Marks(run));

        await world.At(old.Start.AddHours(5));
        Assert.Equal(old.Start.AddHours(5), (await Marks(run)).Start);
    }

    [Fact]
    public async Task A_run_that_was_withdrawn_is_never_told()
    {
        var run = await Planned("told-withdrawn", startsInHours: 2, days: 1);
        var term = (await world.Send(new RunTermQuery(run)))!;
        await Change(run, r => r.PublishedAt = null);
        Assert.DoesNotContain(await world.Services.GetRequiredService<ISchedule>().Waiting(500, default), w => w.Key == TellRunStarted.Key(run));
        world.Clock.Now = term.Start;
        await world.Send(new TellRunStarted(run, term.Start));
        Assert.Equal((null, null), await Marks(run));
    }

    [Fact]
    public async Task A_run_closed_early_is_told_at_that_instant()
    {
        var run = await Planned("told-early-close", startsInHours: -1, days: 5);
        await Change(run, r => r.ClosedEarlyAt = world.Clock.Now.AddHours(3));
        await world.At(world.Clock.Now.AddHours(3));
        var term = (await world.Send(new RunTermQuery(run)))!;
        Assert.Equal(term.End, (await Marks(run)).Close);
        Assert.Equal(RunState.Closed, term.StateAt(world.Clock.Now));
    }

    [Fact]
    public async Task Sections_are_released_after_the_start_and_by_the_runs_own_clock()
    {
        var course = await world.Course("told-releases");
        var run = await world.Send(new PlanRun(course, Guid.Empty, "spring", Local("2027-03-22 10:00"), Local("2027-05-01 10:00"), "Europe/Bucharest"));
        var outline = (await world.Send(new OutlineQuery(run)))!;
        Assert.Equal(
            [new DateTimeOffset(2027, 3, 22, 8, 0, 0, TimeSpan.Zero), new DateTimeOffset(2027, 3, 29, 5, 0, 0, TimeSpan.Zero)], // summer time from 28 March on
            outline.Sections.Select(s => s.ReleasedAt));
    }

    [Fact]
    public async Task Planning_the_same_run_again_leaves_it_as_it_is()
    {
        var course = await world.Course("told-again");
        var first = await world.Run(course, 2);
        Assert.Equal(first, await world.Run(course, 200));
    }

    // A node of its own: what it says live, once the save that announces the fact has committed, is written down.
    private readonly Live live = new();

    private async Task Tell(IRequest due)
    {
        await using var scope = world.Services.CreateAsyncScope();
        var (db, schedule) = (scope.ServiceProvider.GetRequiredService<CoursesDb>(), scope.ServiceProvider.GetRequiredService<ISchedule>());
        _ = due switch
        {
            TellRunStarted started => await new TellRunStartedHandler(db, schedule, live, world.Clock).Handle(started, default),
            TellRunClosed closed => await new TellRunClosedHandler(db, schedule, live, world.Clock).Handle(closed, default),
            _ => throw new ArgumentException("What is this?", nameof(due)),
        };
    }

    private IEnumerable<string> Heard()
    {
        while (live.Messages.TryRead(out var message))
            yield return message.Kind;
    }

    private async Task<Guid> Planned(string course, double startsInHours, int days) => await world.Run(await world.Course(course), startsInHours, days);

    private Task<(DateTimeOffset? Start, DateTimeOffset? Close)> Marks(Guid run) => world.Db<CoursesDb, (DateTimeOffset?, DateTimeOffset?)>(async db =>
    {
        var it = await db.Runs.AsNoTracking().SingleAsync(r => r.Id == run);
        return (it.StartToldFor, it.CloseToldFor);
    });

    private async Task Change(Guid run, Action<Run> change)
    {
        await world.Db<CoursesDb, int>(async db =>
        {
            var it = await db.Runs.SingleAsync(r => r.Id == run);
            change(it);
            (await db.Courses.SingleAsync(c => c.Id == it.CourseId)).Changed(world.Clock.Now);
            db.Announce(new RunScheduled(run));
            return await db.SaveChangesAsync();
        });
        await world.Settle();
    }

    private static DateTime Local(string text) => DateTime.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
