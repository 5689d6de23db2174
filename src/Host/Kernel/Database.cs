using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace MoocPlatform.Kernel;

/// <summary>Which database: a file of SQLite, or PostgreSQL when the connection string names a host.</summary>
public sealed class Database
{
    /// <summary>The settings of every connection to SQLite, whichever library opens it: pragmas, separated by semicolons.</summary>
    public const string Settings =
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; "
        + "PRAGMA cache_size=-16000; PRAGMA mmap_size=1073741824; PRAGMA secure_delete=ON; PRAGMA wal_autocheckpoint=0;";

    // Once per native handle (they are pooled): asking again on every open would cost more than most queries.
    private static readonly ConditionalWeakTable<object, object> Prepared = [];

    /// <param name="connectionString"><c>Data Source=file</c>, or Npgsql's <c>Host=…;Database=…</c>.</param>
    public Database(string connectionString)
    {
        IsSqlite = !connectionString.Contains("Host=", StringComparison.OrdinalIgnoreCase);
        ConnectionString = IsSqlite
            ? new SqliteConnectionStringBuilder(connectionString) { DefaultTimeout = 5 }.ToString()
            : connectionString;
        if (IsSqlite && Path.GetDirectoryName(Path.GetFullPath(SqlitePath)) is { } folder)
            Directory.CreateDirectory(folder);
    }

    public bool IsSqlite { get; }

    public string ConnectionString { get; }

    /// <summary>Path of the SQLite file.</summary>
    public string SqlitePath => new SqliteConnectionStringBuilder(ConnectionString).DataSource;

    internal string WalPath => SqlitePath + "-wal";

    /// <summary>An open connection of its own with the settings of the house.</summary>
    public SqliteConnection OpenSqlite()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        Prepare(connection);
        return connection;
    }

    /// <summary>Gives a connection just opened the settings of the house.</summary>
    public static void Prepare(SqliteConnection connection)
    {
        if (Prepared.TryGetValue(connection.Handle!, out _))
            return;
        using var command = connection.CreateCommand();
        command.CommandText = Settings;
        command.ExecuteNonQuery();
        Prepared.AddOrUpdate(connection.Handle!, Settings);
    }

    /// <summary>Whether a save failed because the same key was there already: the thing was done before.</summary>
    public static bool IsDuplicate(DbUpdateException e) => e.InnerException switch
    {
        SqliteException { SqliteExtendedErrorCode: 2067 or 1555 } => true, // SQLITE_CONSTRAINT_UNIQUE, _PRIMARYKEY
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => true,
        _ => false,
    };

    /// <summary>Whether PostgreSQL ended a save because it and another waited for each other. Nothing of it was kept.</summary>
    internal static bool IsDeadlock(Exception e) => e.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected };

    internal void Configure(DbContextOptionsBuilder options, string prefix)
    {
        // Migrations are written by hand, so there is no snapshot to compare with: a test compares the schema itself.
        options.ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning));
        if (IsSqlite)
            options.UseSqlite(ConnectionString, o => o.MigrationsHistoryTable($"{prefix}_migrations")).AddInterceptors(SqliteHouse.Rules);
        else
            options.UseNpgsql(ConnectionString, o => o.MigrationsHistoryTable($"{prefix}_migrations"));
    }

    private sealed class SqliteHouse : DbConnectionInterceptor, IDbCommandInterceptor
    {
        public static readonly SqliteHouse Rules = new();

        // EF would give each connection a score of functions anew at every opening (arithmetic of decimals, regular expressions), which costs
        // more than most queries. No query of the house asks for them: one that did would say so.
        public override InterceptionResult<DbConnection> ConnectionCreating(ConnectionCreatingEventData eventData, InterceptionResult<DbConnection> result) =>
            InterceptionResult<DbConnection>.SuppressWithResult(new SqliteConnection(eventData.ConnectionString));

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Prepare((SqliteConnection)connection);

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Prepare((SqliteConnection)connection);
            return Task.CompletedTask;
        }

        public ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
            eventData.CommandSource is CommandSource.ExecuteUpdate or CommandSource.ExecuteDelete && command.Transaction is null
                ? throw new InvalidOperationException("A set-based write went past the write gate: put it into InTurn.")
                : new(result);
    }
}

/// <summary>How a module's tables are registered and made.</summary>
public static class ModuleDatabase
{
    /// <summary>Registers a context with the database of the process; it is migrated at start and its outbox is pumped.</summary>
    public static IServiceCollection AddModuleDb<TDb>(this IServiceCollection services, string prefix)
        where TDb : DbContext, IOutboxDb
    {
        services.AddDbContextPool<TDb>((provider, options) => provider.GetRequiredService<Database>().Configure(options, prefix));
        services.AddSingleton(new RegisteredDb(typeof(TDb), prefix));
        return services;
    }

    /// <summary>Brings every module's tables up to date. Safe when several nodes start at once on PostgreSQL.</summary>
    public static async Task MigrateModules(this IServiceProvider services, CancellationToken ct)
    {
        var database = services.GetRequiredService<Database>();
        if (database.IsSqlite)
        {
            // A process killed while migrating leaves EF's lock row behind for ever; on SQLite we are the only process.
            await using var connection = database.OpenSqlite();
            await using var command = connection.CreateCommand();
            command.CommandText = "DROP TABLE IF EXISTS \"__EFMigrationsLock\"";
            await command.ExecuteNonQueryAsync(ct);
        }

        foreach (var registered in services.GetServices<RegisteredDb>())
        {
            await using var scope = services.CreateAsyncScope();
            await ((DbContext)scope.ServiceProvider.GetRequiredService(registered.Type)).Database.MigrateAsync(ct);
        }
    }

    /// <summary>The outbox table, in a module's first migration.</summary>
    public static void CreateOutbox(this MigrationBuilder migration, string prefix)
    {
        migration.CreateTable($"{prefix}_outbox",
            t => new
            {
                Id = t.Column<Guid>(),
                Fact = t.Column<string>(),
                Body = t.Column<string>(),
                At = t.Column<long>(),
                NextAt = t.Column<long>(),
                Attempts = t.Column<int>(),
                Heard = t.Column<string>(),
                Error = t.Column<string>(nullable: true),
                Parked = t.Column<bool>(),
            },
            constraints: t => t.PrimaryKey($"PK_{prefix}_outbox", r => r.Id));
        migration.CreateIndex($"ix_{prefix}_outbox_due", $"{prefix}_outbox", ["Parked", "NextAt"]);
    }
}

/// <summary>A context that belongs to the house.</summary>
public sealed record RegisteredDb(Type Type, string Prefix);
