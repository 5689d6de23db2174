using System.Security.Cryptography;
using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MoocPlatform.Kernel;

/// <summary>
/// Delivers the facts of every module: each reaction in a scope of its own, at least once, again after a growing pause when it fails,
/// parked for the admin after <see cref="MostAttempts"/>. Wakes on commit; looks by itself every few seconds for what other nodes left.
/// </summary>
public sealed class OutboxPump(IServiceProvider services, IEnumerable<RegisteredDb> databases, Reactions reactions, WriteGate gate, TimeProvider clock, ILogger<OutboxPump> log)
    : BackgroundService
{
    /// <summary>After so many failures a fact waits for the admin.</summary>
    public const int MostAttempts = 8;

    private const int BatchSize = 64;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private readonly SemaphoreSlim oneAtATime = new(1, 1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await Deliver(stoppingToken))
                    await gate.WaitForFacts(TimeSpan.FromSeconds(5), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                log.LogError(e, "The outbox pump stumbled and goes on");
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken);
            }
        }
    }

    /// <summary>Delivers one batch of each module. False: nothing was due.</summary>
    public async Task<bool> Deliver(CancellationToken ct)
    {
        await oneAtATime.WaitAsync(ct);
        try
        {
            var delivered = false;
            foreach (var database in databases)
                delivered |= await Deliver(database, ct);
            return delivered;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    private async Task<bool> Deliver(RegisteredDb registered, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var db = (DbContext)scope.ServiceProvider.GetRequiredService(registered.Type);
        var rows = await Lent(db, ct);
        if (rows.Count == 0)
            return false;

        var heard = new List<(OutboxRow Row, string Heard, Exception? Error)>();
        foreach (var row in rows)
        {
            var started = clock.GetTimestamp();
            heard.Add(await Tell(row, ct));
            await gate.GiveWay(clock.GetElapsedTime(started), ct);
        }

        await gate.InTurn(db, async token =>
        {
            var done = heard.Where(h => h.Error is null).Select(h => h.Row.Id).ToList();
            await db.Set<OutboxRow>().Where(r => done.Contains(r.Id)).ExecuteDeleteAsync(token);
            foreach (var (row, names, error) in heard.Where(h => h.Error is not null))
                await PutOff(db, row, names, error!, token);
            return true;
        }, ct);
        return true;
    }

    // A row is lent by moving its date ahead: whoever moved it first has it, and a node that dies gives it back by time. The part of a
    // second tells this node's loan from one that another node takes at the same instant.
    private async Task<List<OutboxRow>> Lent(DbContext db, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var due = await db.Set<OutboxRow>().AsNoTracking()
            .Where(r => !r.Parked && r.NextAt <= now).OrderBy(r => r.NextAt).ThenBy(r => r.Id).Take(BatchSize).Select(r => r.Id).ToListAsync(ct);
        if (due.Count == 0)
            return [];

        var until = now + Lease + TimeSpan.FromMicroseconds(RandomNumberGenerator.GetInt32(1_000_000));
        await gate.InTurn(db, token => db.Set<OutboxRow>().Where(r => due.Contains(r.Id) && r.NextAt <= now)
            .ExecuteUpdateAsync(s => s.SetProperty(r => r.NextAt, until), token), ct);
        return await db.Set<OutboxRow>().AsNoTracking().Where(r => due.Contains(r.Id) && r.NextAt == until).OrderBy(r => r.At).ThenBy(r => r.Id).ToListAsync(ct);
    }

    private async Task<(OutboxRow Row, string Heard, Exception? Error)> Tell(OutboxRow row, CancellationToken ct)
    {
        if (reactions.Named(row.Fact) is not { } type)
            return (row, row.Heard, null); // nobody listens

        var fact = (INotification)JsonSerializer.Deserialize(row.Body, type)!;
        var heard = row.Heard.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        Exception? error = null;
        foreach (var reaction in reactions.To(type).Where(r => !heard.Contains(r.FullName!)))
        {
            try
            {
                await using var scope = services.CreateAsyncScope();
                await Reactions.Call(scope.ServiceProvider, reaction, fact, ct);
                heard.Add(reaction.FullName!);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogError(e, "{Reaction} failed to hear {Fact}", reaction.Name, type.Name);
                error = e;
            }
        }

        return (row, string.Join(' ', heard), error);
    }

    private Task<int> PutOff(DbContext db, OutboxRow row, string heard, Exception error, CancellationToken ct)
    {
        var attempts = row.Attempts + 1;
        var next = clock.GetUtcNow() + TimeSpan.FromSeconds(Math.Min(3600, Math.Pow(2, attempts)));
        var why = $"{error.GetType().Name}: {error.Message}";
        return db.Set<OutboxRow>().Where(r => r.Id == row.Id).ExecuteUpdateAsync(s => s
            .SetProperty(r => r.Attempts, attempts).SetProperty(r => r.NextAt, next).SetProperty(r => r.Heard, heard)
            .SetProperty(r => r.Error, why).SetProperty(r => r.Parked, attempts >= MostAttempts), ct);
    }

    public override void Dispose()
    {
        oneAtATime.Dispose();
        base.Dispose();
    }
}
