using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MoocPlatform.Kernel;

/// <summary>The connection of the one writer of SQLite, and its statements, each prepared once. Asked in a turn alone, so by one at a time.</summary>
/// <remarks>
/// What only writes goes to SQLite itself: the driver's command looks up each parameter by its name at each run and makes three objects for
/// it, which for the rows of one submission costs as much as writing them.
/// </remarks>
internal sealed class SqliteWriter(SqliteConnection connection) : IDisposable
{
    // As the driver writes decimals, and so as they are read and compared.
    private const string Decimals = "0.0###########################";

    private readonly Shelf<sqlite3_stmt> writes = new(sql => Prepared(connection, sql));
    private readonly Shelf<SqliteCommand> reads = new(sql => new(sql, connection));

    public SqliteConnection Connection => connection;

    /// <summary>Runs a statement that gives no rows back; how many rows it has changed.</summary>
    /// <param name="values">Of <c>@p0</c>, <c>@p1</c>… in the order in which the statement names them first.</param>
    /// <exception cref="SqliteException">The database refused.</exception>
    public int Write(string sql, params ReadOnlySpan<object?> values)
    {
        var statement = writes.Of(sql);
        for (var i = 0; i < values.Length; i++)
            Check(Bind(statement, i + 1, values[i]), connection);
        var result = raw.sqlite3_step(statement);
        try
        {
            if (result != raw.SQLITE_DONE)
                Check(result, connection);
            return raw.sqlite3_changes(connection.Handle);
        }
        finally
        {
            _ = raw.sqlite3_reset(statement); // says again what the step has said
        }
    }

    /// <summary>A statement that may give rows back.</summary>
    /// <inheritdoc cref="Write"/>
    public SqliteCommand Read(string sql, object?[] values, SqliteTransaction turn)
    {
        var command = reads.Of(sql);
        command.Transaction = turn;
        for (var i = 0; i < values.Length; i++)
        {
            if (i == command.Parameters.Count)
                command.Parameters.Add(new() { ParameterName = $"@p{i}" });
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }

    private static sqlite3_stmt Prepared(SqliteConnection connection, string sql)
    {
        Check(raw.sqlite3_prepare_v3(connection.Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement), connection);
        return statement;
    }

    private static void Check(int result, SqliteConnection connection) => SqliteException.ThrowExceptionForRC(result, connection.Handle);

    // The same text for the same value as the driver, which reads it.
    private static int Bind(sqlite3_stmt statement, int place, object? value) => value switch
    {
        null or DBNull => raw.sqlite3_bind_null(statement, place),
        string text => Text(statement, place, text),
        int number => raw.sqlite3_bind_int(statement, place, number),
        long number => raw.sqlite3_bind_int64(statement, place, number),
        bool yes => raw.sqlite3_bind_int(statement, place, yes ? 1 : 0),
        Guid id => Id(statement, place, id),
        decimal number => Text(statement, place, number.ToString(Decimals, CultureInfo.InvariantCulture)),
        double number => raw.sqlite3_bind_double(statement, place, number),
        byte[] { Length: > 0 } bytes => raw.sqlite3_bind_blob(statement, place, bytes),
        byte[] => raw.sqlite3_bind_zeroblob(statement, place, 0),
        _ => throw new InvalidOperationException($"The writer does not know how to keep a {value.GetType().Name}: give the property a converter."),
    };

    private static int Id(sqlite3_stmt statement, int place, Guid id)
    {
        Span<byte> text = stackalloc byte[36];
        id.TryFormat(text, out _);
        Ascii.ToUpperInPlace(text, out _);
        return raw.sqlite3_bind_text(statement, place, text);
    }

    private static int Text(sqlite3_stmt statement, int place, string text)
    {
        const int OnStack = 512;
        if (text.Length == 0)
            return raw.sqlite3_bind_text(statement, place, text); // a span of nothing would be null
        if (Encoding.UTF8.GetMaxByteCount(text.Length) <= OnStack)
        {
            Span<byte> few = stackalloc byte[OnStack];
            return raw.sqlite3_bind_text(statement, place, few[..Encoding.UTF8.GetBytes(text, few)]);
        }

        var many = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetByteCount(text));
        var result = raw.sqlite3_bind_text(statement, place, many.AsSpan(0, Encoding.UTF8.GetBytes(text, many)));
        ArrayPool<byte>.Shared.Return(many);
        return result;
    }

    public void Dispose()
    {
        writes.Dispose();
        reads.Dispose();
        connection.Dispose();
    }

    // Statements by their text; when there are too many it begins anew.
    private sealed class Shelf<T>(Func<string, T> prepare) : IDisposable
        where T : IDisposable
    {
        private const int Most = 500;
        private readonly Dictionary<string, T> prepared = new(StringComparer.Ordinal);

        public T Of(string sql)
        {
            if (prepared.TryGetValue(sql, out var statement))
                return statement;
            if (prepared.Count >= Most)
                Dispose();
            return prepared[sql] = prepare(sql);
        }

        public void Dispose()
        {
            foreach (var statement in prepared.Values)
                statement.Dispose();
            prepared.Clear();
        }
    }
}
