using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace MoocPlatform.Kernel;

/// <summary>
/// One row by its key, for the few reads that a page cannot do without. On SQLite a statement prepared once is kept with a connection of
/// its own: opening the connection and reading the SQL anew cost more than the row. On PostgreSQL the driver keeps both.
/// </summary>
/// <param name="sql">With the parameters <c>@p0</c>, <c>@p1</c>…</param>
/// <param name="parameters">How many.</param>
public abstract class PreparedRead<T>(Database database, string sql, int parameters) : IAsyncDisposable
    where T : class
{
    private readonly ConcurrentBag<SqliteCommand> idle = [];

    /// <summary>Makes the value of the row that the reader stands on.</summary>
    protected abstract T Row(DbDataReader row);

    /// <summary>The first row, or null when there is none.</summary>
    /// <param name="values">In the order of the parameters, as the database keeps them.</param>
    public ValueTask<T?> Find(ReadOnlySpan<object> values, CancellationToken ct) =>
        database.IsSqlite ? new(FromSqlite(values)) : FromPostgres(values.ToArray(), ct);

    private T? FromSqlite(ReadOnlySpan<object> values)
    {
        if (!idle.TryTake(out var command))
            command = Prepare(database.OpenSqlite());
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
        T? found;
        using (var reader = command.ExecuteReader())
            found = reader.Read() ? Row(reader) : null;
        idle.Add(command); // one that failed does not come back
        return found;
    }

    private SqliteCommand Prepare(SqliteConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters; i++)
            command.Parameters.Add(new SqliteParameter { ParameterName = $"@p{i}" });
        return command;
    }

    private async ValueTask<T?> FromPostgres(object[] values, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        for (var i = 0; i < parameters; i++)
            command.Parameters.AddWithValue($"p{i}", values[i]);
        await command.PrepareAsync(ct);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? Row(reader) : null;
    }

    public async ValueTask DisposeAsync()
    {
        while (idle.TryTake(out var command))
        {
            await using var connection = command.Connection;
            await command.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }
}
