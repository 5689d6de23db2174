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
public sealed class OutboxPump(IServiceProvider services, IEnumerable<RegisteredDb> databases, Reactions reactions, WriteGate gate, UnhurriedThread thread, TimeProvider clock, ILogger<OutboxPump> log)
    : BackgroundService
{
    /// <summary>After so many failures a fact waits for the admin.</summary>
    public const int MostAttempts = 8;

    private const int BatchSize = 64;
    private readonly SemaphoreSlim oneAtATime = new(1, 1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => thread.Run(() => Pump(stoppingToken), stoppingToken);

    private async Task Pump(CancellationToken stoppingToken)
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
        var loan = await Loan<OutboxRow>.Take(gate, db, db.Set<OutboxRow>().Where(r => !r.Parked), BatchSize, clock.GetUtcNow(), ct);
        if (loan.Rows.Count == 0)
            return false;

        var told = loan.Rows.OrderBy(r => r.At).ThenBy(r => r.Id).Select(r => new Told(r)).ToList();
        foreach (var alike in Alike(told))
            await Tell(alike, ct);

        await gate.InTurn(db, async token =>
        {
            var done = told.Where(t => t.Error is null).Select(t => t.Row.Id).ToList();
            await db.Set<OutboxRow>().Where(r => done.Contains(r.Id)).ExecuteDeleteAsync(token);
            foreach (var failed in told.Where(t => t.Error is not null))
                await PutOff(db, failed, token);
            return true;
        }, ct);
        return true;
    }

    // Facts of one kind that follow each other.
    private static IEnumerable<List<Told>> Alike(List<Told> told)
    {
        for (var (from, to) = (0, 0); from < told.Count; from = to)
        {
            while (to < told.Count && told[to].Row.Fact == told[from].Row.Fact)
                to++;
            yield return told[from..to];
        }
    }

    private async Task Tell(List<Told> alike, CancellationToken ct)
    {
        if (reactions.Named(alike[0].Row.Fact) is not { } type)
            return; // nobody listens

        foreach (var one in alike)
            one.Read(type);
        foreach (var reaction in reactions.To(type))
        {
            var waiting = alike.FindAll(t => t.Fact is not null && !t.Heard.Contains(reaction.Type.FullName!));
            if (waiting.Count > 1 && reaction.HearsMany && await Tell(reaction, waiting, ct) is null)
                continue;
            foreach (var one in waiting)
                one.Error = await Tell(reaction, [one], ct) ?? one.Error;
        }
    }

    private async Task<Exception?> Tell(Reaction reaction, List<Told> waiting, CancellationToken ct)
    {
        var started = clock.GetTimestamp();
        Exception? error = null;
        try
        {
            await using var scope = services.CreateAsyncScope();
            await reaction.Tell(scope.ServiceProvider, waiting.ConvertAll(t => t.Fact!), ct);
            foreach (var one in waiting)
                one.Heard.Add(reaction.Type.FullName!);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogError(e, "{Reaction} failed to hear {Count} of {Fact}", reaction.Type.Name, waiting.Count, waiting[0].Row.Fact);
            error = e;
        }

        await gate.GiveWay(clock.GetElapsedTime(started), ct);
        return error;
    }

    private Task<int> PutOff(DbContext db, Told failed, CancellationToken ct)
    {
        var attempts = failed.Row.Attempts + 1;
        var next = clock.GetUtcNow() + TimeSpan.FromSeconds(Math.Min(3600, Math.Pow(2, attempts)));
        var (heard, why) = (string.Join(' ', failed.Heard), $"{failed.Error!.GetType().Name}: {failed.Error.Message}");
        return db.Set<OutboxRow>().Where(r => r.Id == failed.Row.Id).ExecuteUpdateAsync(s => s
            .SetProperty(r => r.Attempts, attempts).SetProperty(r => r.NextAt, next).SetProperty(r => r.Heard, heard)
            .SetProperty(r => r.Error, why).SetProperty(r => r.Parked, attempts >= MostAttempts), ct);
    }

    // A fact while it is told, and who has heard it.
    private sealed class Told(OutboxRow row)
    {
        public OutboxRow Row => row;

        /// <summary>Null: it is not known, or cannot be read.</summary>
        public INotification? Fact { get; private set; }

        public HashSet<string> Heard { get; } = [.. row.Heard.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

        public Exception? Error { get; set; }

        public void Read(Type type)
        {
            try
            {
                Fact = (INotification?)JsonSerializer.Deserialize(row.Body, type);
            }
            catch (JsonException e)
            {
                Error = e; // parked in the end: those behind it are told all the same
            }
        }
    }

    public override void Dispose()
    {
        oneAtATime.Dispose();
        base.Dispose();
    }
}
