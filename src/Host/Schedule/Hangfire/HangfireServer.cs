using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.Logging;
using Hangfire.States;
using Hangfire.Storage.SQLite;
using Hangfire.Storage.SQLite.Entities;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Schedule;

/// <summary>Runs Hangfire in this process, and calls again every date whose job it has lost: killed between two of its writes, or inside a job.</summary>
internal sealed class HangfireServer(
    JobStorage storage, IServiceScopeFactory scopes, HangfireSchedule schedule, Database database, TimeProvider clock, ILoggerFactory loggers, ILogger<HangfireServer> log) : BackgroundService
{
    /// <summary>How often Hangfire looks for what is due, and so how late a job is at most when nothing else is to do.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(10);
    private BackgroundJobServer? server;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        LogProvider.SetCurrentLogProvider(new AspNetCoreLogProvider(loggers));
        if (storage is SQLiteStorage sqlite)
            BreakOldLocks(sqlite);
        server = new BackgroundJobServer(new BackgroundJobServerOptions
        {
            Activator = new AspNetCoreJobActivator(scopes),
            SchedulePollingInterval = Poll,
            WorkerCount = database.IsSqlite ? 4 : 10,
            HeartbeatInterval = TimeSpan.FromSeconds(15),
            StopTimeout = TimeSpan.FromSeconds(15),
        }, storage);
        await Recall(starting: true, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Round);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Recall(starting: false, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(e, "Lost dates could not be called again; the next round tries once more");
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (server is null)
            return;
        server.SendStop();
        await server.WaitForShutdownAsync(cancellationToken);
        server.Dispose();
        LogProvider.SetCurrentLogProvider(null); // its loggers end with this process; the provider is static
    }

    // On SQLite we are the only process: what a killed one held, nobody holds.
    private static void BreakOldLocks(SQLiteStorage sqlite)
    {
        using var connection = sqlite.CreateAndOpenConnection();
        connection.Database.DeleteAll<DistributedLock>();
    }

    private async Task Recall(bool starting, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HostDb>();
        var now = clock.GetUtcNow();
        var all = starting && database.IsSqlite;
        var lost = await db.Set<KeptDate>().AsNoTracking()
            .Where(d => !d.GivenUp && (d.LookAt <= now || (starting && d.JobId == null) || (all && d.Due <= now))).OrderBy(d => d.Due).ToListAsync(ct);
        foreach (var date in lost.Where(d => d.LookAt <= now || d.JobId is null || !IsScheduled(d.JobId)))
        {
            var (key, turn) = (date.Key, date.Turn);
            (date.Turn, date.LookAt) = (clock.NewKey(), (date.Due > now ? date.Due : now) + HangfireSchedule.Patience);
            var taken = await db.InTurn(token => db.Set<KeptDate>().Where(d => d.Key == key && d.Turn == turn)
                .ExecuteUpdateAsync(d => d.SetProperty(x => x.Turn, date.Turn).SetProperty(x => x.LookAt, date.LookAt), token), ct);
            if (taken == 1) // otherwise another node was faster
                await schedule.Wake(db, date, ct);
        }

        if (lost.Count == 0 && database.IsSqlite) // Hangfire writes past the gate, where checkpoints are made: a turn there keeps the log short
            await db.InTurn(_ => Task.FromResult(true), ct);
    }

    private bool IsScheduled(string job)
    {
        using var connection = storage.GetConnection();
        return connection.GetStateData(job)?.Name == ScheduledState.StateName;
    }
}
