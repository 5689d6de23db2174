using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Host.Tests.Schedule;

/// <summary>The promises of the schedule, kept by whichever engine is compiled in: real processes, the real clock, the database of this run.</summary>
public sealed class EngineTests : IAsyncLifetime
{
    private static readonly string? Faketime = new[] { "x86_64-linux-gnu", "aarch64-linux-gnu" }
        .Select(m => $"/usr/lib/{m}/faketime/libfaketimeMT.so.1").FirstOrDefault(File.Exists);

    private readonly World world = new();
    private string probes = null!;

    private ISchedule Schedule => world.Services.GetRequiredService<ISchedule>();

    public async ValueTask InitializeAsync()
    {
        await world.InitializeAsync();
        world.Clock.Now = TimeProvider.System.GetUtcNow();
        probes = Directory.CreateDirectory(Path.Combine(world.Folder, "probes")).FullName;
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Dates_that_came_while_the_process_was_down_and_dates_still_to_come_are_told_once_each()
    {
        var (past, soon) = (await At(TimeSpan.FromHours(-1)), await At(TimeSpan.FromSeconds(5)));
        await using var node = await Node.Start(world, probes);
        await Done(past, soon);
        Assert.Equal([1, 1], [Times(past, "began"), Times(soon, "began")]);
        await Written(2, failed: 0);
    }

    [Fact]
    public async Task A_moved_date_tells_only_the_new_one_and_a_cancelled_date_nothing()
    {
        var old = await At(TimeSpan.FromSeconds(2), "moved");
        var moved = await At(TimeSpan.FromSeconds(4), "moved");
        var cancelled = await At(TimeSpan.FromSeconds(2), "cancelled");
        await Schedule.Cancel("probe/cancelled", CancellationToken.None);
        var last = await At(TimeSpan.FromSeconds(8));

        await using var node = await Node.Start(world, probes);
        await Done(moved, last);
        Assert.Equal([0, 0], [Times(old, "began"), Times(cancelled, "began")]);
        await Node.Until(async () => (await Schedule.Waiting(10, CancellationToken.None)).Count == 0, () => "Something waits that is done.");
    }

    [Fact]
    public async Task A_job_that_fails_runs_again_by_itself_and_the_admin_sees_why()
    {
        var probe = await At(TimeSpan.Zero);
        await File.WriteAllTextAsync(Path.Combine(probes, $"{probe:N}.fail"), "", TestContext.Current.CancellationToken);
        await using var node = await Node.Start(world, probes);
        await Done(probe);
        await Written(2, failed: 1);
        var errors = await world.Db<HostDb, List<string?>>(db => db.JobRuns.OrderBy(r => r.StartedAt).Select(r => r.Error).ToListAsync());
        Assert.Equal(["InvalidOperationException: The probe was told to fail.", null], errors);
    }

    [Fact]
    public async Task A_process_killed_inside_a_job_runs_it_again_at_the_next_start()
    {
        var probe = await At(TimeSpan.Zero);
        var hold = Path.Combine(probes, $"{probe:N}.hold");
        await File.WriteAllTextAsync(hold, "", TestContext.Current.CancellationToken);
        await using (var killed = await Node.Start(world, probes))
        {
            await Began(probe);
            await killed.Kill();
        }

        File.Delete(hold);
        await using var node = await Node.Start(world, probes);
        await Done(probe);
        Assert.Equal(2, Times(probe, "began"));
        await Written(1, failed: 0);
    }

    [Fact]
    public async Task Five_hundred_dates_at_one_instant_are_told_once_each()
    {
        var instant = TimeProvider.System.GetUtcNow();
        var all = new List<Guid>();
        for (var i = 0; i < 500; i++)
            all.Add(await At(TimeSpan.Zero, instant: instant));
        await using var node = await Node.Start(world, probes);
        await Done([.. all]);
        Assert.All(all, probe => Assert.Equal(1, Times(probe, "began")));
        await Written(500, failed: 0);
    }

    [Fact]
    public async Task Five_hundred_runs_that_start_at_one_instant_are_told_once_each()
    {
        var (course, instant) = ((await world.ARun()).Term.CourseId, DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()));
        var runs = new List<Guid>();
        for (var i = 0; i < 500; i++)
            runs.Add(await world.Send(new PlanRun(course, Guid.Empty, $"run-{i}", instant.DateTime, instant.DateTime.AddDays(30), "UTC")));
        await world.Settle(); // puts every start and every close on the schedule
        await world.Services.GetRequiredService<OutboxPump>().StopAsync(CancellationToken.None); // the process that runs them is the one to tell

        await using var node = await Node.Start(world, probes);
        await Node.Until(() => Task.FromResult(runs.All(run => Times(run, "started") > 0)), () => $"{runs.Count(run => Times(run, "started") == 0)} starts were not told.");
        var keys = runs.ConvertAll(run => $"run-start/{run:N}");
        await Node.Until(async () => await Count(r => keys.Contains(r.Key)) >= 500, () => "The runs were not written.");
        Assert.Equal((500, 0), (await Count(r => keys.Contains(r.Key)), await Count(r => r.Error != null)));
        Assert.All(runs, run => Assert.Equal(1, Times(run, "started")));
    }

    [Fact]
    public async Task A_clock_that_jumps_an_hour_ahead_and_back_tells_each_date_once()
    {
        Assert.SkipUnless(Faketime is not null, "This machine has no libfaketime.");
        var shift = Path.Combine(world.Folder, "shift");
        await File.WriteAllTextAsync(shift, "+0", TestContext.Current.CancellationToken);
        var (first, second) = (await At(TimeSpan.FromMinutes(30)), await At(TimeSpan.FromMinutes(90)));

        // Only the clock of the wall jumps, as on a real machine. With the last setting left to itself, libfaketime on newer versions of glibc moves
        // every wait with a limit too: an hour ahead each of them ends at once (a read of the database "times out"), an hour back it lasts an hour longer.
        await using var node = await Node.Start(world, probes,
            ("LD_PRELOAD", Faketime!), ("FAKETIME_TIMESTAMP_FILE", shift), ("FAKETIME_CACHE_DURATION", "1"), ("FAKETIME_DONT_FAKE_MONOTONIC", "1"), ("DONT_FAKE_MONOTONIC", "1"),
            ("FAKETIME_FORCE_MONOTONIC_FIX", "0"));

        await Jump("+3600");
        await Done(first);
        await Jump("-3600");
        Assert.Equal(0, Times(second, "began"));
        await Jump("+6000");
        await Done(second);
        Assert.Equal([1, 1], [Times(first, "began"), Times(second, "began")]);

        async Task Jump(string seconds)
        {
            await File.WriteAllTextAsync(shift, seconds);
            var by = TimeSpan.FromSeconds(int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture));
            await Node.Until(async () => (await node.Clock() - TimeProvider.System.GetUtcNow() - by)?.Duration() < TimeSpan.FromMinutes(5), () => "The clock did not jump.");
        }
    }

    [Fact]
    [Trait("Database", "PostgreSQL")]
    public async Task Two_processes_tell_each_date_once()
    {
        Assert.SkipUnless(World.OnPostgres, "SQLite is for one process.");
        var instant = TimeProvider.System.GetUtcNow().AddSeconds(10);
        var all = new List<Guid>();
        for (var i = 0; i < 200; i++)
            all.Add(await At(TimeSpan.Zero, instant: instant));
        var both = await Task.WhenAll(Node.Start(world, probes), Node.Start(world, probes));
        await using var one = both[0];
        await using var other = both[1];
        await Done([.. all]);
        Assert.All(all, probe => Assert.Equal(1, Times(probe, "began")));
        await Written(200, failed: 0);
    }

    [Fact]
    [Trait("Database", "PostgreSQL")]
    public async Task When_one_of_two_processes_is_killed_inside_a_job_the_other_runs_it()
    {
        Assert.SkipUnless(World.OnPostgres, "SQLite is for one process.");
        var probe = await At(TimeSpan.Zero);
        var hold = Path.Combine(probes, $"{probe:N}.hold");
        await File.WriteAllTextAsync(hold, "", TestContext.Current.CancellationToken);
        await using var one = await Node.Start(world, probes);
        await Began(probe);
        await using var other = await Node.Start(world, probes);
        await one.Kill();
        File.Delete(hold);
        await Done(probe);
        await Written(1, failed: 0);
    }

    private async Task<Guid> At(TimeSpan ahead, string? key = null, DateTimeOffset? instant = null)
    {
        var probe = new Probe(TimeProvider.System.NewKey());
        await Schedule.At($"probe/{key ?? probe.Id.ToString("N")}", instant ?? TimeProvider.System.GetUtcNow() + ahead, probe, CancellationToken.None);
        return probe.Id;
    }

    private int Times(Guid probe, string what) => Directory.GetFiles(probes, $"{probe:N}.{what}.*").Length;

    private Task Began(Guid probe) => Node.Until(() => Task.FromResult(Times(probe, "began") > 0), () => "The job did not begin.");

    private Task Done(params Guid[] all) => Node.Until(() => Task.FromResult(all.All(p => Times(p, "done") > 0)), () => $"{all.Count(p => Times(p, "done") == 0)} of {all.Length} jobs are not done.");

    // The last runs are written after their jobs are done.
    private async Task Written(int runs, int failed)
    {
        await Node.Until(async () => await Count(_ => true) >= runs, () => "The runs were not written.");
        Assert.Equal((runs, failed), (await Count(_ => true), await Count(r => r.Error != null)));
    }

    private Task<int> Count(System.Linq.Expressions.Expression<Func<MoocPlatform.Host.Schedule.JobRun, bool>> which) => world.Db<HostDb, int>(db => db.JobRuns.CountAsync(which));
}
