using System.Globalization;
using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.Logging;
using Hangfire.States;
using Hangfire.Storage;
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
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private BackgroundJobServer? server;
    private IReadOnlyList<KeptDate> lost = [];

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        LogProvider.SetCurrentLogProvider(new AspNetCoreLogProvider(loggers));
        if (storage is SQLiteStorage sqlite)
            TakeOver(sqlite);
        lost = await Lost(database.IsSqlite ? TimeSpan.Zero : Patience, cancellationToken);
        server = new BackgroundJobServer(new BackgroundJobServerOptions
        {
            Activator = new AspNetCoreJobActivator(scopes),
            SchedulePollingInterval = Poll,
            WorkerCount = database.IsSqlite ? 2 : 10,
            HeartbeatInterval = TimeSpan.FromSeconds(15),
            StopTimeout = TimeSpan.FromSeconds(15),
        }, storage);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Round);
        do
        {
            try
            {
                foreach (var date in lost)
                    await CallAgain(date, stoppingToken);
                lost = await Lost(Patience, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(e, "Lost dates could not be called again; the next round tries once more");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
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

    // On SQLite we are the only process: what a killed one held, nobody holds, and the jobs it was at wait again.
    private static void TakeOver(SQLiteStorage sqlite)
    {
        using var connection = sqlite.CreateAndOpenConnection();
        connection.Database.DeleteAll<DistributedLock>();
        foreach (var begun in connection.JobQueueRepository.Where(q => q.FetchedAt > DateTime.MinValue).ToList())
        {
            begun.FetchedAt = DateTime.MinValue;
            connection.Database.Update(begun);
        }
    }

    // Dates that came some time ago, or have no job yet, and of which Hangfire knows nothing that is still to run.
    private async Task<IReadOnlyList<KeptDate>> Lost(TimeSpan ago, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HostDb>();
        var before = clock.GetUtcNow() - ago;
        var late = await db.Set<KeptDate>().AsNoTracking().Where(d => !d.GivenUp && (d.Due <= before || d.JobId == null)).OrderBy(d => d.Due).ToListAsync(ct);
        if (database.IsSqlite) // Hangfire writes past the gate, where checkpoints are made: a turn there keeps the log short
            await db.InTurn(_ => Task.FromResult(true), ct);
        if (late.Count == 0)
            return late;

        using var connection = storage.GetConnection();
        var scheduled = connection.GetAllItemsFromSet("schedule");
        return [.. late.Where(d => d.JobId is not { } job || !(scheduled.Contains(job) || IsQueued(connection, job)))];
    }

    // On PostgreSQL a state and what belongs to it are written together. On SQLite they are not: there the queue itself is asked.
    private static bool IsQueued(IStorageConnection connection, string job)
    {
        if (connection is not HangfireSQLiteConnection sqlite)
            return connection.GetStateData(job)?.Name is { } state && (state == EnqueuedState.StateName || state == ProcessingState.StateName);
        var id = int.Parse(job, CultureInfo.InvariantCulture);
        return sqlite.DbContext.JobQueueRepository.FirstOrDefault(q => q.JobId == id) is not null;
    }

    private async Task CallAgain(KeptDate date, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HostDb>();
        var (key, turn) = (date.Key, date.Turn);
        date.Turn = clock.NewKey();
        var taken = await db.InTurn(token => db.Set<KeptDate>().Where(d => d.Key == key && d.Turn == turn)
            .ExecuteUpdateAsync(d => d.SetProperty(x => x.Turn, date.Turn), token), ct);
        if (taken == 1) // otherwise it was moved, done, or another node was faster
            await schedule.Wake(db, date, ct);
    }
}
