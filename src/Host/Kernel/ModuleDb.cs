using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace MoocPlatform.Kernel;

/// <summary>
/// A module's tables, all under one prefix, and its outbox. Facts announced are kept by the same save as the change they speak of.
/// Every write passes the <see cref="WriteGate"/>.
/// </summary>
public abstract class ModuleDb(DbContextOptions options, WriteGate gate, TimeProvider clock) : DbContext(options), IOutboxDb
{
    private static readonly ConcurrentDictionary<string, string> Statements = new(StringComparer.Ordinal);

    private readonly List<object> appended = [];
    private bool announced;

    /// <summary>Lower-case prefix of every table, such as <c>courses</c>.</summary>
    public abstract string Prefix { get; }

    /// <summary>Keeps a fact to be told once the next save has committed. Each reaction hears it at least once.</summary>
    public void Announce(INotification fact)
    {
        Append(OutboxRow.Of(fact, clock.GetUtcNow()));
        announced = true;
    }

    /// <summary>
    /// Adds a row with the next save that will never be changed by this context, and so need not be watched: to a row that is written
    /// thousands of times a second, that is most of its cost. If the save fails, it is forgotten.
    /// </summary>
    public void Append(object row) => appended.Add(row);

    /// <summary>
    /// Reads and writes that belong together, alone at the gate on SQLite and in one transaction on PostgreSQL.
    /// Needed for set-based updates; one save alone needs nothing around it. Nothing inside may wait for another module.
    /// </summary>
    public Task<T> InTurn<T>(Func<CancellationToken, Task<T>> work, CancellationToken ct) => gate.InTurn(this, work, ct);

    /// <inheritdoc cref="InTurn{T}"/>
    public Task InTurn(Func<CancellationToken, Task> work, CancellationToken ct) =>
        gate.InTurn(this, async token => { await work(token); return true; }, ct);

    /// <summary>A row by its key, watched from now on. In a turn on SQLite, where all others wait for it, without EF's work.</summary>
    public override async ValueTask<TEntity?> FindAsync<TEntity>(object?[]? keyValues, CancellationToken cancellationToken)
        where TEntity : class
    {
        var key = keyValues ?? [];
        if (!gate.IsAwaited(this) || PlainTables.Of(Model)?.Of(typeof(TEntity)) is not { } table)
            return await base.FindAsync<TEntity>(key, cancellationToken);
        if (Watched<TEntity>(row => table.IsAt(row, key)) is { } known)
            return known;
        var found = await gate.Run(this, table.Select, table.Kept(key), command => First(command, row => (TEntity)table.Made(row), cancellationToken), cancellationToken);
        if (found is not null)
            Entry(found).State = EntityState.Unchanged;
        return found;
    }

    private T? Watched<T>(Predicate<T> isSought)
        where T : class
    {
        var looksByItself = ChangeTracker.AutoDetectChangesEnabled;
        ChangeTracker.AutoDetectChangesEnabled = false; // what has changed does not matter here
        var found = ChangeTracker.Entries<T>().FirstOrDefault(e => isSought(e.Entity))?.Entity;
        ChangeTracker.AutoDetectChangesEnabled = looksByItself;
        return found;
    }

    private static async Task<T?> First<T>(DbCommand command, Func<DbDataReader, T> made, CancellationToken ct)
        where T : class
    {
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? made(row) : null;
    }

    /// <summary>A statement of a turn without EF's work, for the few that everybody's writes wait for.</summary>
    /// <param name="sql">Its values as the database keeps them: no enums, no instants.</param>
    /// <returns>How many rows it has changed.</returns>
    public Task<int> Execute(FormattableString sql, CancellationToken ct) =>
        gate.Run(this, Numbered(sql), sql.GetArguments(), command => command.ExecuteNonQueryAsync(ct), ct);

    /// <inheritdoc cref="Execute(FormattableString, CancellationToken)"/>
    /// <returns>What it gives back of its first row; null: it has changed none.</returns>
    public Task<T?> Execute<T>(FormattableString sql, Func<DbDataReader, T> made, CancellationToken ct)
        where T : class => gate.Run(this, Numbered(sql), sql.GetArguments(), command => First(command, made, ct), ct);

    private static string Numbered(FormattableString sql) => Statements.GetOrAdd(sql.Format, static (format, count) =>
        string.Format(CultureInfo.InvariantCulture, format, [.. Enumerable.Range(0, count).Select(i => $"@p{i}")]), sql.ArgumentCount);

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        try
        {
            var rows = await gate.Save(this, appended, token => base.SaveChangesAsync(acceptAllChangesOnSuccess, token), cancellationToken);
            if (announced)
                gate.Committed(); // a wake-up too many does no harm
            return rows;
        }
        finally
        {
            Forget();
        }
    }

    // A context goes back to its pool and is lent again: nothing of one use may reach the next.
    public override void Dispose()
    {
        Forget();
        base.Dispose();
    }

    public override ValueTask DisposeAsync()
    {
        Forget();
        return base.DisposeAsync();
    }

    private void Forget()
    {
        appended.Clear();
        announced = false;
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) => MapOutbox(modelBuilder, Prefix);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => Instants(configurationBuilder);

    /// <summary>Maps the outbox of a context that cannot derive from this one.</summary>
    public static void MapOutbox(ModelBuilder model, string prefix) => OutboxRow.Map(model, prefix);

    /// <summary>Instants are kept as UTC microseconds since 1970 in both databases, so that they sort and compare there.</summary>
    public static void Instants(ModelConfigurationBuilder configuration) =>
        configuration.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();

    /// <summary>The instant that is kept as so many microseconds.</summary>
    public static DateTimeOffset Instant(long kept) => new(DateTime.UnixEpoch.Ticks + (kept * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    private sealed class InstantConverter() : ValueConverter<DateTimeOffset, long>(
        instant => (instant.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond,
        kept => Instant(kept));
}

/// <summary>A context whose facts the pump delivers.</summary>
public interface IOutboxDb
{
    /// <summary>Lower-case prefix of the tables.</summary>
    string Prefix { get; }
}

/// <summary>A fact on its way. Deleted when every reaction has heard it; parked for the admin after too many failures.</summary>
public sealed class OutboxRow : ILent
{
    public Guid Id { get; private set; }

    /// <summary>Full name of the fact's type.</summary>
    public string Fact { get; private set; } = "";

    /// <summary>The fact as JSON.</summary>
    public string Body { get; private set; } = "";

    public DateTimeOffset At { get; private set; }

    /// <inheritdoc/>
    public DateTimeOffset NextAt { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>Names of the reactions that have heard it, separated by spaces.</summary>
    public string Heard { get; private set; } = "";

    /// <summary>Why the last attempt failed.</summary>
    public string? Error { get; private set; }

    public bool Parked { get; private set; }

    internal static OutboxRow Of(INotification fact, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Fact = fact.GetType().FullName!,
        Body = JsonSerializer.Serialize(fact, fact.GetType()),
        At = now,
        NextAt = now,
    };

    internal static void Map(ModelBuilder model, string prefix)
    {
        var row = model.Entity<OutboxRow>();
        row.ToTable($"{prefix}_outbox");
        row.Property(r => r.Id).ValueGeneratedNever();
        row.HasIndex(r => new { r.Parked, r.NextAt }).HasDatabaseName($"ix_{prefix}_outbox_due");
    }
}
