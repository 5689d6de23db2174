using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Npgsql;
using Xunit;

namespace MoocPlatform.Architecture.Tests;

/// <summary>Migrations are written by hand: what they make must be what the model says, on the database of this run.</summary>
public sealed class SchemaTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Migrations_make_what_the_model_says()
    {
        var drift = new List<string>();
        foreach (var registered in world.Services.GetServices<RegisteredDb>())
        {
            await using var scope = world.Services.CreateAsyncScope();
            var db = (DbContext)scope.ServiceProvider.GetRequiredService(registered.Type);
            var migrated = (await Columns(db, registered.Prefix)).Where(c => !c.StartsWith($"{registered.Prefix}_migrations ", StringComparison.Ordinal)).ToList();
            var modelled = await Modelled(db, registered.Prefix);
            drift.AddRange(migrated.Except(modelled).Select(c => $"only migrated: {c}"));
            drift.AddRange(modelled.Except(migrated).Select(c => $"only in the model: {c}"));
        }

        Assert.Empty(drift);
    }

    [Fact]
    public async Task A_column_more_is_found()
    {
        await using var scope = world.Services.CreateAsyncScope();
        var registered = world.Services.GetServices<RegisteredDb>().First();
        var db = (DbContext)scope.ServiceProvider.GetRequiredService(registered.Type);
        var before = await Columns(db, registered.Prefix);
        await db.Database.ExecuteSqlRawAsync($"CREATE TABLE {registered.Prefix}_planted (\"Id\" bigint)");
        var after = await Columns(db, registered.Prefix);
        await db.Database.ExecuteSqlRawAsync($"DROP TABLE {registered.Prefix}_planted");
        Assert.Single(after.Except(before));
    }

    // The model's own schema, made in an empty database beside.
    private static async Task<List<string>> Modelled(DbContext db, string prefix)
    {
        var script = db.GetService<IRelationalDatabaseCreator>().GenerateCreateScript();
        if (World.OnPostgres)
        {
            var name = "drift" + Guid.CreateVersion7().ToString("N")[20..];
            await db.Database.ExecuteSqlRawAsync($"CREATE SCHEMA {name}");
            var connection = (NpgsqlConnection)db.Database.GetDbConnection();
            await db.Database.OpenConnectionAsync();
            await using (var command = new NpgsqlCommand($"SET search_path TO {name}; {script}", connection))
                await command.ExecuteNonQueryAsync();
            var found = await Columns(db, prefix, name);
            await db.Database.ExecuteSqlRawAsync($"SET search_path TO public; DROP SCHEMA {name} CASCADE");
            await db.Database.CloseConnectionAsync();
            return found;
        }

        await using var memory = new SqliteConnection("Data Source=:memory:");
        await memory.OpenAsync();
        await using (var command = memory.CreateCommand())
        {
            command.CommandText = script;
            await command.ExecuteNonQueryAsync();
        }

        return await Sqlite(memory, prefix);
    }

    private static async Task<List<string>> Columns(DbContext db, string prefix, string schema = "public")
    {
        await db.Database.OpenConnectionAsync();
        try
        {
            return World.OnPostgres
                ? await Rows(db.Database.GetDbConnection(), $"""
                    SELECT c.table_name || ' ' || c.column_name || ' ' || c.data_type || ' ' || c.is_nullable || ' ' || coalesce(c.character_maximum_length, 0)
                    FROM information_schema.columns c WHERE c.table_schema = '{schema}' AND c.table_name LIKE '{prefix}\_%' AND c.table_name <> '{prefix}_words'
                    UNION ALL SELECT tablename || ' ' || replace(indexdef, '{schema}.', '') FROM pg_indexes WHERE schemaname = '{schema}' AND tablename LIKE '{prefix}\_%' AND tablename <> '{prefix}_words'
                    """)
                : await Sqlite(db.Database.GetDbConnection(), prefix);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static Task<List<string>> Sqlite(System.Data.Common.DbConnection connection, string prefix) => Rows(connection, $"""
        SELECT m.name || ' ' || c.name || ' ' || c.type || ' ' || (c."notnull") || ' pk' || c.pk FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name LIKE '{prefix}\_%' ESCAPE '\' AND m.name NOT LIKE '{prefix}\_words%' ESCAPE '\'
        UNION ALL SELECT m.tbl_name || ' ' || m.sql FROM sqlite_master m WHERE m.type = 'index' AND m.sql IS NOT NULL AND m.tbl_name LIKE '{prefix}\_%' ESCAPE '\'
        UNION ALL SELECT m.name || ' ' || f."from" || ' -> ' || f."table" || ' ' || f."to" || ' ' || f.on_delete FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' AND m.name LIKE '{prefix}\_%' ESCAPE '\' AND m.name NOT LIKE '{prefix}\_words%' ESCAPE '\'
        """);

    private static async Task<List<string>> Rows(System.Data.Common.DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        var rows = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        return rows;
    }
}
