using Hangfire;
using Hangfire.Dashboard;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Hangfire.Storage.SQLite;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Kernel;
using SQLite;

namespace MoocPlatform.Host.Schedule;

/// <summary>Wires Hangfire: the engine of a build with -p:Scheduler=Hangfire. Its storage is the database of the process.</summary>
internal static class EngineRegistration
{
    /// <param name="runs">False: dates are kept, but nothing runs in this process.</param>
    public static void AddEngine(this IServiceCollection services, Database database, bool runs)
    {
        // Not AddHangfire: it keeps storage and activator in static places, and a test has several hosts in one process.
        services.AddSingleton<JobStorage>(_ => database.IsSqlite ? Sqlite(database) : Postgres(database));
        services.AddSingleton<IBackgroundJobClient>(provider => new BackgroundJobClient(provider.GetRequiredService<JobStorage>()));
        services.AddSingleton<IGlobalConfiguration>(GlobalConfiguration.Configuration); // what the dashboard looks for
        services.AddSingleton(DashboardRoutes.Routes);
        services.AddSingleton<HangfireSchedule>();
        services.AddSingleton<IEngine>(provider => provider.GetRequiredService<HangfireSchedule>());
        if (runs)
            services.AddHostedService<HangfireServer>();
    }

    /// <summary>Maps what this engine keeps beside the tables of Hangfire, which installs its own.</summary>
    public static void Map(ModelBuilder builder)
    {
        var date = builder.Entity<KeptDate>().ToTable("host_schedule");
        date.HasKey(d => d.Key);
        date.Property(d => d.Key).HasMaxLength(200);
        date.HasIndex(d => new { d.GivenUp, d.Due }).HasDatabaseName("ix_host_schedule_due");
    }

    private static SQLiteStorage Sqlite(Database database) => new(
        new SQLiteDbConnectionFactory(() =>
        {
            // With a mutex: the storage renews its locks from a timer, on a connection that another thread is using. Without one, as it
            // opens them by itself, that destroyed the database within minutes.
            var connection = new SQLiteConnection(
                Path.GetFullPath(database.SqlitePath), SQLiteOpenFlags.ReadWrite | SQLiteOpenFlags.Create | SQLiteOpenFlags.FullMutex, storeDateTimeAsTicks: true);
            // The settings of the house here too, above all no checkpoint of its own. But it commits a dozen times for each job: these need not
            // survive a power cut, because our row does and calls the job again; so they do not wait for the disk, and hold up nobody else.
            foreach (var pragma in $"{Database.Settings} PRAGMA synchronous=NORMAL".Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                connection.ExecuteScalar<string>(pragma);
            return connection;
        }),
        new SQLiteStorageOptions { QueuePollInterval = HangfireServer.Poll });

    private static PostgreSqlStorage Postgres(Database database)
    {
        // A killed node's jobs are taken over once it has not been heard of for so long.
        var options = new PostgreSqlStorageOptions { QueuePollInterval = HangfireServer.Poll, InvisibilityTimeout = TimeSpan.FromSeconds(30), UseSlidingInvisibilityTimeout = true };
        return new PostgreSqlStorage(new NpgsqlConnectionFactory(database.ConnectionString, options), options);
    }
}
