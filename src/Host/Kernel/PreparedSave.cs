using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace MoocPlatform.Kernel;

/// <summary>
/// What a context would save, as plain statements. EF finds out what changed, in the caller's thread; the one writer of SQLite then only
/// runs statements that it has prepared before, which is several times more saves a second than EF writing in the writer's turn.
/// </summary>
/// <remarks>
/// The same statements as EF's: only changed columns, concurrency tokens in the condition, parents first. A model with something that is
/// not a plain table (owned types, inheritance, values made by the database) is left to EF.
/// </remarks>
internal sealed class PreparedSave
{
    private const int MostInOne = 20;

    private readonly List<(string Sql, object[] Values, int Rows, EntityEntry? Entry)> statements = [];

    private PreparedSave()
    {
    }

    /// <summary>The changes of a context; null: leave it to EF.</summary>
    /// <param name="appended">Rows to add that the context does not watch. What they refer to is there already, or is added with them before.</param>
    public static PreparedSave? Of(DbContext context, IReadOnlyCollection<object> appended)
    {
        if (PlainTables.Of(context.Model) is not { } model)
            return null;

        var tracker = context.ChangeTracker;
        tracker.DetectChanges();
        var looksByItself = tracker.AutoDetectChangesEnabled;
        tracker.AutoDetectChangesEnabled = false; // listing the entries would look for changes once more
        var changed = tracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
            .Select(e => (Entry: e, Table: model.Of(e.Metadata.ClrType))).ToList();
        tracker.AutoDetectChangesEnabled = looksByItself;

        var save = new PreparedSave();
        foreach (var (entry, table) in changed.Where(c => c.Entry.State == EntityState.Deleted).OrderByDescending(c => c.Table.Depth))
            save.Delete(entry, table);
        foreach (var (entry, table) in changed.Where(c => c.Entry.State != EntityState.Deleted).OrderBy(c => c.Table.Depth))
            if (entry.State == EntityState.Added)
                save.Insert(entry, table);
            else
                save.Update(entry, table);
        foreach (var (type, rows) in InTurn(appended))
            save.Append(rows, model.Of(type));
        return save;
    }

    /// <summary>Runs the statements; how many rows were written.</summary>
    /// <exception cref="DbUpdateConcurrencyException">A row was changed by somebody else meanwhile.</exception>
    /// <exception cref="DbUpdateException">The database refused; its own exception is inside.</exception>
    public int Run(SqliteWriter writer)
    {
        var written = 0;
        foreach (var (sql, values, expected, entry) in statements)
        {
            int rows;
            try
            {
                rows = writer.Write(sql, values);
            }
            catch (SqliteException e)
            {
                throw new DbUpdateException("The database refused a change; see the inner exception.", e, entry is null ? [] : [entry]);
            }

            if (rows != expected)
                throw new DbUpdateConcurrencyException($"A row of {entry?.Metadata.ShortName()} was changed or deleted by somebody else.");
            written += rows;
        }

        return written;
    }

    private void Insert(EntityEntry entry, PlainTable table)
    {
        var now = entry.CurrentValues;
        statements.Add((table.Insert, Array.ConvertAll(table.Columns, c => c.Kept(now[c.Property])), 1, entry));
    }

    // Rows of one table that follow each other go in one statement: to begin and end each costs as much as to write it.
    private void Append(IReadOnlyList<object> rows, PlainTable table)
    {
        var values = new object[rows.Count * table.Columns.Length];
        for (var (at, i) = (0, 0); i < rows.Count; i++)
            foreach (var column in table.Columns)
                values[at++] = column.Kept(column.Property.GetGetter().GetClrValue(rows[i]));
        statements.Add((table.InsertOf(rows.Count), values, rows.Count, null));
    }

    private static IEnumerable<(Type Type, IReadOnlyList<object> Rows)> InTurn(IReadOnlyCollection<object> appended)
    {
        var rows = new List<object>();
        foreach (var row in appended)
        {
            if (rows.Count > 0 && (rows[0].GetType() != row.GetType() || rows.Count == MostInOne))
            {
                yield return (rows[0].GetType(), rows);
                rows = [];
            }

            rows.Add(row);
        }

        if (rows.Count > 0)
            yield return (rows[0].GetType(), rows);
    }

    private void Update(EntityEntry entry, PlainTable table)
    {
        var (now, before) = (entry.CurrentValues, entry.OriginalValues);
        var modified = Array.FindAll(table.Columns, c => entry.Property(c.Property).IsModified);
        if (modified.Length > 0)
            statements.Add((table.Update(modified), [.. modified.Select(c => c.Kept(now[c.Property])), .. table.Guards.Select(c => c.Kept(before[c.Property]))], 1, entry));
    }

    private void Delete(EntityEntry entry, PlainTable table)
    {
        var before = entry.OriginalValues;
        statements.Add((table.Delete, Array.ConvertAll(table.Guards, c => c.Kept(before[c.Property])), 1, entry));
    }
}
