using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Kernel;
using Quartz;

namespace MoocPlatform.Host.Schedule;

/// <summary>Quartz opens its own connections: they get the settings of the house too, above all no checkpoint of their own.</summary>
internal sealed class HouseSqlite : DbProviderFactory
{
    public static readonly HouseSqlite Instance = new();

    public override DbConnection CreateConnection() => new HouseConnection();

    public override DbCommand CreateCommand() => new SqliteCommand();

    public override DbParameter CreateParameter() => new SqliteParameter();

    private sealed class HouseConnection : SqliteConnection
    {
        public override void Open()
        {
            base.Open();
            Kernel.Database.Prepare(this);
        }
    }
}

/// <summary>Wires Quartz: the engine of a build without the property Scheduler.</summary>
internal static class EngineRegistration
{
    /// <param name="runs">False: dates are kept, but nothing runs in this process.</param>
    public static void AddEngine(this IServiceCollection services, Database database, bool runs)
    {
        services.AddSingleton<IEngine, QuartzSchedule>();
        services.AddQuartz(quartz => quartz.UsePersistentStore(store =>
        {
            store.ConfigureStore(o => o.MisfireThreshold = TimeSpan.FromSeconds(2));
            if (database.IsSqlite)
            {
                store.UseSqlite(HouseSqlite.Instance, database.ConnectionString);
            }
            else
            {
                store.UsePostgres(Npgsql.NpgsqlFactory.Instance, database.ConnectionString);
                store.UseClustering(c =>
                {
                    c.CheckinInterval = TimeSpan.FromSeconds(2);
                    c.CheckinMisfireThreshold = TimeSpan.FromSeconds(4);
                });
            }

            store.UseSystemTextJsonSerializer();
            store.ProvisionSchema();
        }));
        if (runs)
            services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
    }

    /// <summary>Maps nothing: the tables of Quartz are its own, and it makes them itself.</summary>
    public static void Map(ModelBuilder builder)
    {
    }
}
