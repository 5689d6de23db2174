using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Npgsql;
using Xunit;

namespace MoocPlatform.Host.Tests.Kernel;

public sealed class WriteGateTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Every_one_of_many_writers_at_once_finds_its_row_afterwards()
    {
        var ids = Enumerable.Range(0, 500).Select(_ => world.Clock.NewKey()).ToList();
        await Task.WhenAll(ids.Select(id => Task.Run(() => Save(new ProtectionKey { Id = id, Xml = "<k/>" }))));
        var kept = await world.Db((HostDb db) => db.ProtectionKeys.CountAsync(k => ids.Contains(k.Id)));
        Assert.Equal(500, kept);
    }

    [Fact]
    public async Task A_write_that_fails_harms_no_neighbour_in_the_same_commit()
    {
        var taken = world.Clock.NewKey();
        await Save(new ProtectionKey { Id = taken, Xml = "<first/>" });

        var ids = Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? taken : world.Clock.NewKey()).ToList();
        var outcomes = await Task.WhenAll(ids.Select(id => Task.Run(async () =>
        {
            try
            {
                await Save(new ProtectionKey { Id = id, Xml = "<second/>" });
                return true;
            }
            catch (DbUpdateException e) when (Database.IsDuplicate(e))
            {
                return false;
            }
        })));

        Assert.Equal(50, outcomes.Count(o => o));
        Assert.Equal(50, await world.Db((HostDb db) => db.ProtectionKeys.CountAsync(k => ids.Contains(k.Id) && k.Xml == "<second/>")));
        Assert.Equal("<first/>", await world.Db((HostDb db) => db.ProtectionKeys.Where(k => k.Id == taken).Select(k => k.Xml).SingleAsync()));
    }

    [Fact]
    public async Task A_turn_that_throws_leaves_nothing_behind()
    {
        var id = world.Clock.NewKey();
        await Assert.ThrowsAsync<InvalidOperationException>(() => world.Db((HostDb db) => db.InTurn<bool>(async ct =>
        {
            db.Add(new ProtectionKey { Id = id, Xml = "<half/>" });
            await db.SaveChangesAsync(ct);
            throw new InvalidOperationException("half way");
        }, CancellationToken.None)));
        Assert.False(await world.Db((HostDb db) => db.ProtectionKeys.AnyAsync(k => k.Id == id)));
    }

    [Fact]
    public async Task A_caller_who_went_away_before_the_turn_writes_nothing()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        var id = world.Clock.NewKey();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.Db(async (HostDb db) =>
        {
            db.Add(new ProtectionKey { Id = id, Xml = "<k/>" });
            return await db.SaveChangesAsync(gone.Token);
        }));
        Assert.False(await world.Db((HostDb db) => db.ProtectionKeys.AnyAsync(k => k.Id == id)));
    }

    [Fact]
    public async Task A_context_reads_and_writes_on_after_its_turn()
    {
        var id = world.Clock.NewKey();
        await world.Db(async (HostDb db) =>
        {
            await db.InTurn(ct => db.ProtectionKeys.CountAsync(ct), CancellationToken.None);
            db.Add(new ProtectionKey { Id = id, Xml = "<k/>" });
            await db.SaveChangesAsync();
            return Assert.Single(await db.ProtectionKeys.Where(k => k.Id == id).ToListAsync());
        });
    }

    [Fact]
    public async Task A_second_turn_inside_a_turn_is_refused_instead_of_waiting_for_itself()
    {
        if (World.OnPostgres)
            return;
        await Assert.ThrowsAsync<InvalidOperationException>(() => world.Db((HostDb outer) => outer.InTurn(
            _ => world.Db((HostDb inner) => inner.InTurn(ct => inner.ProtectionKeys.CountAsync(ct), CancellationToken.None)), CancellationToken.None)));
    }

    [Fact]
    public async Task A_set_based_write_past_the_gate_is_refused()
    {
        if (World.OnPostgres)
            return;
        await Assert.ThrowsAsync<InvalidOperationException>(() => world.Db((HostDb db) => db.ProtectionKeys.Where(k => k.Xml == "x").ExecuteDeleteAsync()));
    }

    [Fact]
    public void Every_connection_has_the_settings_of_the_house()
    {
        if (World.OnPostgres)
            return;
        using var connection = world.Services.GetRequiredService<Database>().OpenSqlite();
        Assert.Equal(("wal", "2", "1", "0"), (Pragma(connection, "journal_mode"), Pragma(connection, "synchronous"), Pragma(connection, "foreign_keys"), Pragma(connection, "wal_autocheckpoint")));
    }

    [Fact]
    [Trait("Database", "PostgreSQL")]
    public async Task A_save_that_waits_in_a_ring_with_another_is_made_again_when_that_is_through()
    {
        Assert.SkipUnless(World.OnPostgres, "SQLite has one writer, who waits for nobody.");
        Guid[] ids = [world.Clock.NewKey(), world.Clock.NewKey()];
        Array.Sort(ids); // as a save takes them
        foreach (var id in ids)
            await Save(new ProtectionKey { Id = id, Xml = "<k/>" });

        await using var other = new NpgsqlConnection(world.Services.GetRequiredService<Database>().ConnectionString);
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using var theirs = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await Tell(other, "SET LOCAL deadlock_timeout = '1min'"); // the save looks first, and so is the one that gives way
        await Tell(other, $"UPDATE host_protection_keys SET \"Xml\" = '<theirs/>' WHERE \"Id\" = '{ids[1]}'");
        var ours = Task.Run(() => world.Db(async (HostDb db) =>
        {
            foreach (var key in await db.ProtectionKeys.Where(k => ids.Contains(k.Id)).ToListAsync())
                db.Entry(key).Property(k => k.Xml).CurrentValue = "<ours/>";
            return await db.SaveChangesAsync();
        }), TestContext.Current.CancellationToken);
        while (!Equals(await Tell(other, "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"), 1L))
            await Task.Delay(20, TestContext.Current.CancellationToken);
        await Tell(other, $"UPDATE host_protection_keys SET \"Xml\" = '<theirs/>' WHERE \"Id\" = '{ids[0]}'");
        await theirs.CommitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, await ours);
        Assert.Equal(2, await world.Db((HostDb db) => db.ProtectionKeys.CountAsync(k => ids.Contains(k.Id) && k.Xml == "<ours/>")));
    }

    private static async Task<object?> Tell(NpgsqlConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    private static string Pragma(SqliteConnection connection, string name)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA {name}";
        return Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture)!;
    }

    private Task<int> Save(ProtectionKey key) => world.Db((HostDb db) =>
    {
        db.Add(key);
        return db.SaveChangesAsync();
    });
}
