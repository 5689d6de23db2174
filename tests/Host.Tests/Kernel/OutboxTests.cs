using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Host.Tests.Kernel;

/// <summary>A small house of its own: one context with an outbox, two reactions, on the database of this run.</summary>
public sealed class OutboxTests(World world) : IClassFixture<World>, IAsyncLifetime
{
    private readonly ServiceCollection services = [];
    private ServiceProvider house = null!;

    public async ValueTask InitializeAsync()
    {
        services.AddSingleton(world.Services.GetRequiredService<Database>());
        services.AddSingleton<TimeProvider>(world.Clock);
        services.AddSingleton<Heard>();
        services.AddSingleton(new WriteGate(world.Services.GetRequiredService<Database>(), NullLogger<WriteGate>.Instance));
        services.AddModuleDb<TriedDb>("tried");
        services.AddMessaging(typeof(OutboxTests).Assembly);
        services.AddSingleton<UnhurriedThread>();
        services.AddSingleton<OutboxPump>();
        services.AddLogging();
        house = services.BuildServiceProvider();
        await using var scope = house.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TriedDb>().Database.ExecuteSqlRawAsync(Table);
    }

    [Fact]
    public async Task A_fact_reaches_every_reaction_once_and_leaves_the_outbox()
    {
        await Announce(new Tried("one"));
        await Settle();
        Assert.Equal(["first one", "second one"], Lines.Order(StringComparer.Ordinal));
        Assert.Empty(await Rows());
    }

    [Fact]
    public async Task A_fact_of_a_save_that_failed_is_never_told()
    {
        await using (var scope = house.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<TriedDb>();
            await Assert.ThrowsAsync<InvalidOperationException>(() => db.InTurn<bool>(async ct =>
            {
                db.Announce(new Tried("never"));
                await db.SaveChangesAsync(ct);
                throw new InvalidOperationException();
            }, CancellationToken.None));
        }

        await Settle();
        Assert.Empty(Lines);
    }

    [Fact]
    public async Task A_failing_reaction_is_told_again_later_and_the_others_are_not()
    {
        house.GetRequiredService<Heard>().Failures = 2;
        await Announce(new Tried("again"));
        await Settle();
        Assert.Equal(["first again"], Lines);
        Assert.Equal(1, Assert.Single(await Rows()).Attempts);

        world.Clock.Now += TimeSpan.FromSeconds(3);
        await Settle();
        world.Clock.Now += TimeSpan.FromSeconds(10);
        await Settle();
        Assert.Equal(["first again", "second again"], Lines);
        Assert.Empty(await Rows());
    }

    [Fact]
    public async Task A_fact_that_always_fails_is_parked_with_its_reason_and_holds_nobody_up()
    {
        house.GetRequiredService<Heard>().Failures = int.MaxValue;
        await Announce(new Tried("stuck"));
        for (var i = 0; i < 12; i++)
        {
            await Settle();
            world.Clock.Now += TimeSpan.FromHours(1);
        }

        var parked = Assert.Single(await Rows());
        Assert.True(parked.Parked);
        Assert.Equal(OutboxPump.MostAttempts, parked.Attempts);
        Assert.Contains("asked to fail", parked.Error, StringComparison.Ordinal);

        house.GetRequiredService<Heard>().Failures = 0;
        await Announce(new Tried("next"));
        await Settle();
        Assert.Contains("second next", Lines);
    }

    [Fact]
    public async Task Two_pumps_at_once_tell_each_fact_once()
    {
        for (var i = 0; i < 40; i++)
            await Announce(new Tried($"n{i}"));
        var other = ActivatorUtilities.CreateInstance<OutboxPump>(house);
        await Task.WhenAll(Task.Run(Settle), Task.Run(async () =>
        {
            while (await other.Deliver(CancellationToken.None))
            {
            }
        }));
        Assert.Equal(80, Lines.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(80, Lines.Count);
        other.Dispose();
    }

    [Fact]
    public async Task Facts_that_wait_are_told_together_to_who_hears_many()
    {
        await Announce(new TriedByMany("one"), new TriedByMany("two"), new TriedByMany("three"));
        await Settle();
        Assert.Equal(["alone one", "alone three", "alone two", "many one three two"], Lines.Order(StringComparer.Ordinal));
        Assert.Empty(await Rows());
    }

    [Fact]
    public async Task One_that_fails_among_many_holds_none_of_them_up()
    {
        await Announce(new TriedByMany("one"), new TriedByMany("bad"), new TriedByMany("three"));
        await Settle();
        Assert.Equal(["alone bad", "alone one", "alone three", "many one", "many three"], Lines.Order(StringComparer.Ordinal));
        var left = Assert.Single(await Rows());
        Assert.Contains("\"bad\"", left.Body, StringComparison.Ordinal);
        Assert.Contains("asked to fail", left.Error, StringComparison.Ordinal);
        Assert.Equal(typeof(WhenTriedAlone).FullName, left.Heard);
    }

    [Fact]
    public async Task A_fact_that_cannot_be_read_holds_nobody_up()
    {
        await Announce(new TriedByMany("one"), new TriedByMany("torn"), new TriedByMany("three"));
        await using (var scope = house.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<TriedDb>();
            await db.InTurn(ct => db.Set<OutboxRow>().Where(r => r.Body.Contains("torn")).ExecuteUpdateAsync(s => s.SetProperty(r => r.Body, "{"), ct), CancellationToken.None);
        }

        await Settle();
        Assert.Contains("many one three", Lines);
        Assert.StartsWith(nameof(System.Text.Json.JsonException), Assert.Single(await Rows()).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facts_take_no_thread_from_those_who_make_pages()
    {
        var pump = house.GetRequiredService<OutboxPump>();
        await pump.StartAsync(CancellationToken.None);
        await Announce(new TriedSomewhere("one"), new TriedSomewhere("two"));
        for (var i = 0; i < 1_000 && (await Rows()).Count > 0; i++)
            await Task.Delay(20);
        await pump.StopAsync(CancellationToken.None);
        Assert.Equal([$"one on {nameof(UnhurriedThread)}", $"two on {nameof(UnhurriedThread)}"], Lines.Order(StringComparer.Ordinal));
    }

    private List<string> Lines => house.GetRequiredService<Heard>().Lines;

    private async Task Announce(params INotification[] facts)
    {
        await using var scope = house.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TriedDb>();
        foreach (var fact in facts)
            db.Announce(fact);
        await db.SaveChangesAsync();
    }

    private async Task Settle()
    {
        while (await house.GetRequiredService<OutboxPump>().Deliver(CancellationToken.None))
        {
        }
    }

    private async Task<List<OutboxRow>> Rows()
    {
        await using var scope = house.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<TriedDb>().Set<OutboxRow>().AsNoTracking().ToListAsync();
    }

    private static string Table => World.OnPostgres
        ? """CREATE TABLE IF NOT EXISTS tried_outbox ("Id" uuid PRIMARY KEY, "Fact" text, "Body" text, "At" bigint, "NextAt" bigint, "Attempts" int, "Heard" text, "Error" text, "Parked" boolean); DELETE FROM tried_outbox"""
        : """CREATE TABLE IF NOT EXISTS tried_outbox ("Id" TEXT PRIMARY KEY, "Fact" TEXT, "Body" TEXT, "At" INTEGER, "NextAt" INTEGER, "Attempts" INTEGER, "Heard" TEXT, "Error" TEXT, "Parked" INTEGER); DELETE FROM tried_outbox""";

    public ValueTask DisposeAsync() => house.DisposeAsync();
}

internal sealed class TriedDb(DbContextOptions<TriedDb> options, WriteGate gate, TimeProvider clock) : ModuleDb(options, gate, clock)
{
    public override string Prefix => "tried";
}

internal sealed record Tried(string Name) : INotification;

internal sealed record TriedSomewhere(string Name) : INotification;

internal sealed record TriedByMany(string Name) : INotification;

internal sealed class Heard
{
    public List<string> Lines { get; } = [];

    public int Failures { get; set; }

    public void Write(string line)
    {
        lock (Lines)
            Lines.Add(line);
    }
}

internal sealed class WhenTriedFirst(Heard heard) : INotificationHandler<Tried>
{
    public Task Handle(Tried notification, CancellationToken cancellationToken)
    {
        heard.Write($"first {notification.Name}");
        return Task.CompletedTask;
    }
}

internal sealed class WhenTriedSecond(Heard heard) : INotificationHandler<Tried>
{
    public Task Handle(Tried notification, CancellationToken cancellationToken)
    {
        if (heard.Failures-- > 0)
            throw new InvalidOperationException("asked to fail");
        heard.Failures = 0;
        heard.Write($"second {notification.Name}");
        return Task.CompletedTask;
    }
}

internal sealed class WhenTriedSomewhere(Heard heard) : INotificationHandler<TriedSomewhere>
{
    public async Task Handle(TriedSomewhere notification, CancellationToken cancellationToken)
    {
        await Task.Yield();
        heard.Write($"{notification.Name} on {Thread.CurrentThread.Name}");
    }
}

internal sealed class WhenTriedAlone(Heard heard) : INotificationHandler<TriedByMany>
{
    public Task Handle(TriedByMany notification, CancellationToken cancellationToken)
    {
        heard.Write($"alone {notification.Name}");
        return Task.CompletedTask;
    }
}

internal sealed class WhenTriedByMany(Heard heard) : IManyHandler<TriedByMany>
{
    public Task Handle(IReadOnlyList<TriedByMany> facts, CancellationToken ct)
    {
        if (facts.Any(f => f.Name == "bad"))
            throw new InvalidOperationException("asked to fail");
        heard.Write($"many {string.Join(' ', facts.Select(f => f.Name).Order(StringComparer.Ordinal))}");
        return Task.CompletedTask;
    }
}
