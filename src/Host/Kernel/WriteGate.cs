using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;

namespace MoocPlatform.Kernel;

/// <summary>
/// The only way to write. SQLite has one writer at a time, so the process has one too: everything that waits is written in one
/// transaction (group commit), a failure of one piece of work harms no neighbour, and each caller is answered only after the commit is on
/// disk. On PostgreSQL the gate is open: ordinary transactions.
/// </summary>
/// <remarks>
/// Checkpoints are made here as well, while the write lock is held and so while nobody can commit:
/// SQLite before 3.51.3 can lose pages when a checkpoint races a commit.
/// </remarks>
public sealed class WriteGate(Database database, ILogger<WriteGate> log) : IAsyncDisposable
{
    private const int MostInOneCommit = 128;
    private const int Rush = 4;
    private const int RestsAfterWork = 9;
    private const int MostDeadlocks = 10;

    // A checkpoint holds up every writer while it waits for the disk: at thousands of writes a second 4 MB, SQLite's own measure, are full
    // nine times a second.
    private const long CheckpointAfterBytes = 32 << 20;

    private static readonly AsyncLocal<bool> Inside = new();

    private readonly Channel<Turn> waiting = Channel.CreateBounded<Turn>(new BoundedChannelOptions(4096) { SingleReader = true });
    private readonly Lock starting = new();
    private readonly SemaphoreSlim told = new(0, 1);
    private SqliteWriter? writer;
    private Task? running;
    private int lastWritten; // how many waited for the last commit

    /// <summary>
    /// Work that nobody waits for gives way after each piece: while more people wait for their writes than a quiet site ever has at once,
    /// it rests for several times as long as it worked.
    /// </summary>
    /// <param name="worked">How long the piece took.</param>
    public Task GiveWay(TimeSpan worked, CancellationToken ct) =>
        Math.Max(Volatile.Read(ref lastWritten), waiting.Reader.Count) >= Rush ? Task.Delay(RestsAfterWork * worked, ct) : Task.CompletedTask;

    /// <summary>Saves a context, or joins the turn it already has.</summary>
    /// <param name="appended">Rows to add that the context does not watch.</param>
    /// <param name="save">EF's own save.</param>
    public Task<int> Save(DbContext context, IReadOnlyCollection<object> appended, Func<CancellationToken, Task<int>> save, CancellationToken ct)
    {
        if (database.IsSqlite && PreparedSave.Of(context, appended) is { } changes)
            return Save(context, changes, ct);
        context.AddRange(appended);
        return database.IsSqlite ? InTurn(context, save, ct) : SaveAmongOthers(context, save, ct);
    }

    // Two saves that touch the same rows in different order may wait for each other. PostgreSQL ends one of them, whole: it is made again
    // when the other is through. Inside a transaction there is more to make again than this save, which its owner alone knows.
    private static async Task<int> SaveAmongOthers(DbContext context, Func<CancellationToken, Task<int>> save, CancellationToken ct)
    {
        for (var round = 1; ; round++)
        {
            try
            {
                return await save(ct);
            }
            catch (InvalidOperationException e) when (round < MostDeadlocks && context.Database.CurrentTransaction is null && Database.IsDeadlock(e))
            {
                // The context still knows all that it was to save.
            }
        }
    }

    private async Task<int> Save(DbContext context, PreparedSave changes, CancellationToken ct)
    {
        int rows;
        if (context.Database.CurrentTransaction is not null)
            rows = changes.Run(writer!);
        else if (Inside.Value)
            throw WaitsForItself();
        else
            rows = await Take((_, _) => Task.FromResult(changes.Run(writer!)), mayRunAgain: true, ct);
        context.ChangeTracker.AcceptAllChanges();
        return rows;
    }

    /// <summary>Whether a context is in its turn on SQLite, so that all others wait for it.</summary>
    public bool IsAwaited(DbContext context) => database.IsSqlite && context.Database.CurrentTransaction is not null;

    /// <summary>Runs a statement in a context's turn: prepared once on SQLite, where all others wait for it.</summary>
    /// <param name="sql">With the parameters <c>@p0</c>, <c>@p1</c>…</param>
    /// <param name="values">As the database keeps them.</param>
    public async Task<T> Run<T>(DbContext context, string sql, object?[] values, Func<DbCommand, Task<T>> run, CancellationToken ct)
    {
        var turn = context.Database.CurrentTransaction?.GetDbTransaction() ?? throw new InvalidOperationException("A statement went past the write gate: put it into InTurn.");
        if (turn is SqliteTransaction mine)
            return await run(writer!.Read(sql, values, mine));

        await using var command = turn.Connection!.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, turn);
        for (var i = 0; i < values.Length; i++)
        {
            var value = command.CreateParameter();
            (value.ParameterName, value.Value) = ($"p{i}", values[i] ?? DBNull.Value);
            command.Parameters.Add(value);
        }

        await command.PrepareAsync(ct); // kept by the driver
        return await run(command);
    }

    private static InvalidOperationException WaitsForItself() => new("Work at the write gate may not wait for a second turn: it would wait for itself.");

    /// <summary>Runs work alone at the gate (SQLite) or in a transaction (PostgreSQL).</summary>
    public async Task<T> InTurn<T>(DbContext context, Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        if (context.Database.CurrentTransaction is not null)
            return await work(ct);

        if (!database.IsSqlite)
        {
            await using var transaction = await context.Database.BeginTransactionAsync(ct);
            var result = await work(ct);
            await transaction.CommitAsync(ct);
            return result;
        }

        if (Inside.Value)
            throw WaitsForItself();

        return await Take(async (connection, transaction) =>
        {
            var facade = context.Database; // its own connection is not asked for: EF would make one, with all its functions
            facade.SetDbConnection(connection, contextOwnsConnection: false);
            facade.AutoSavepointsEnabled = false;
            try
            {
                await facade.UseTransactionAsync(transaction, CancellationToken.None);
                return await work(CancellationToken.None);
            }
            finally
            {
                await facade.UseTransactionAsync(null, CancellationToken.None);
                facade.SetDbConnection(null);
                facade.SetConnectionString(database.ConnectionString);
            }
        }, mayRunAgain: false, ct);
    }

    private Task<T> Take<T>(Func<SqliteConnection, SqliteTransaction, Task<T>> work, bool mayRunAgain, CancellationToken ct)
    {
        Start();
        var turn = new Turn<T>(work, mayRunAgain, ct);
        return waiting.Writer.TryWrite(turn) ? turn.Answer : WaitToWrite();

        async Task<T> WaitToWrite()
        {
            await waiting.Writer.WriteAsync(turn, ct);
            return await turn.Answer;
        }
    }

    /// <summary>Wakes the pump: facts have been kept.</summary>
    public void Committed()
    {
        if (told.CurrentCount > 0)
            return; // it is awake already; to be told so by an exception, thousands of times a second, is dear
        try
        {
            told.Release();
        }
        catch (SemaphoreFullException)
        {
            // Another was quicker.
        }
    }

    /// <summary>Waits until facts have been kept, or the time has passed.</summary>
    public Task WaitForFacts(TimeSpan atMost, CancellationToken ct) => told.WaitAsync(atMost, ct);

    private void Start()
    {
        if (running is not null)
            return;
        lock (starting)
            running ??= Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    // The writer has a thread of its own: it waits for the disk most of the time, and a pool of as many threads as there are cores would
    // have one less for pages. So it may block, which is forbidden everywhere else.
#pragma warning disable VSTHRD002
    private void Run()
    {
        Inside.Value = true;
        var batch = new List<Turn>(MostInOneCommit);
        while (waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            batch.Clear();
            while (batch.Count < MostInOneCommit && waiting.Reader.TryRead(out var turn))
                batch.Add(turn);
            Volatile.Write(ref lastWritten, batch.Count);
            Write(batch);
        }
    }

    private void Write(List<Turn> batch)
    {
        try
        {
            writer ??= new(database.OpenSqlite());
            var together = batch.Count == 1 || batch.TrueForAll(t => t.MayRunAgain);
            if (!Commit(batch, apart: !together) && batch.Count > 1)
                Commit(batch, apart: true);
            foreach (var turn in batch)
                turn.Committed();
        }
        catch (Exception e)
        {
            log.LogError(e, "A commit of {Count} writes failed; all of them were refused", batch.Count);
            foreach (var turn in batch)
                turn.Fail(e);
            writer?.Dispose();
            writer = null;
        }

        Checkpoint();
    }

    // Apart, each turn has a savepoint of its own, in which SQLite keeps a copy of every page that it changes. Failures are rare: what can be
    // run again is tried without first.
    private bool Commit(List<Turn> batch, bool apart)
    {
        using var transaction = writer!.Connection.BeginTransaction();
        foreach (var turn in batch)
        {
            turn.Run(this, transaction, apart).GetAwaiter().GetResult();
            if (turn.Failed && !apart)
            {
                transaction.Rollback();
                return false;
            }
        }

        transaction.Commit();
        return true;
    }
#pragma warning restore VSTHRD002

    // PASSIVE copies what no reader needs and never waits; the write lock held around it keeps every committer out, in any process.
    private void Checkpoint()
    {
        if (writer is null || new FileInfo(database.WalPath) is not { Exists: true, Length: > CheckpointAfterBytes })
            return;
        try
        {
            using var held = writer.Connection.BeginTransaction();
            using var other = database.OpenSqlite();
            using var command = other.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
            command.ExecuteNonQuery();
            held.Rollback();
        }
        catch (SqliteException e)
        {
            log.LogWarning(e, "A checkpoint was put off");
        }
    }

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        if (running is not null)
            await running;
        if (writer is not null)
        {
            using (var command = writer.Connection.CreateCommand())
            {
                command.CommandText = "PRAGMA optimize";
                command.ExecuteNonQuery();
            }

            writer.Dispose();
        }

        told.Dispose();
    }

    private abstract class Turn
    {
        public bool Failed { get; protected set; }

        /// <summary>Whether it does the same when it is run again after a rollback.</summary>
        public abstract bool MayRunAgain { get; }

        public abstract Task Run(WriteGate gate, SqliteTransaction transaction, bool apart);

        public abstract void Committed();

        public abstract void Fail(Exception e);
    }

    private sealed class Turn<T>(Func<SqliteConnection, SqliteTransaction, Task<T>> work, bool mayRunAgain, CancellationToken ct) : Turn
    {
        // Continuations run elsewhere: the writer must not be held up by whoever is answered.
        private readonly TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? result;
        private Exception? error;

        public Task<T> Answer => answer.Task;

        public override bool MayRunAgain => mayRunAgain;

        public override async Task Run(WriteGate gate, SqliteTransaction transaction, bool apart)
        {
            (Failed, error) = (false, null);
            if (ct.IsCancellationRequested)
            {
                Failed = true;
                error = new OperationCanceledException(ct);
                return;
            }

            if (apart)
                Do("SAVEPOINT turn");
            try
            {
                result = await work(gate.writer!.Connection, transaction);
                if (apart)
                    Do("RELEASE turn");
            }
            catch (Exception e)
            {
                Failed = true;
                error = e;
                if (apart)
                    Do("ROLLBACK TO turn");
            }

            void Do(string sql) => gate.writer!.Write(sql);
        }

        public override void Committed()
        {
            if (error is null)
                answer.TrySetResult(result!);
            else
                answer.TrySetException(error);
        }

        public override void Fail(Exception e) => answer.TrySetException(error ?? e);
    }
}
