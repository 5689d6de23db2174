using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

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
    private static readonly ConditionalWeakTable<IModel, ModelTables> Models = [];

    private readonly List<(string Sql, object[] Values, EntityEntry? Entry)> statements = [];

    private PreparedSave()
    {
    }

    /// <summary>The changes of a context; null: leave it to EF.</summary>
    /// <param name="appended">Rows to add that the context does not watch. What they refer to is there already, or is added with them before.</param>
    public static PreparedSave? Of(DbContext context, IReadOnlyCollection<object> appended)
    {
        var model = Models.GetValue(context.Model, m => new ModelTables(m));
        if (!model.ArePlain)
            return null;

        var tracker = context.ChangeTracker;
        tracker.DetectChanges();
        var looksByItself = tracker.AutoDetectChangesEnabled;
        tracker.AutoDetectChangesEnabled = false; // listing the entries would look for changes once more
        var changed = tracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
            .Select(e => (Entry: e, Table: model.Of(e.Metadata))).ToList();
        tracker.AutoDetectChangesEnabled = looksByItself;

        var save = new PreparedSave();
        foreach (var (entry, table) in changed.Where(c => c.Entry.State == EntityState.Deleted).OrderByDescending(c => c.Table.Depth))
            save.Delete(entry, table);
        foreach (var (entry, table) in changed.Where(c => c.Entry.State != EntityState.Deleted).OrderBy(c => c.Table.Depth))
            if (entry.State == EntityState.Added)
                save.Insert(entry, table);
            else
                save.Update(entry, table);
        foreach (var row in appended)
            save.Append(row, model.Of(row.GetType()));
        return save;
    }

    /// <summary>Runs the statements; how many rows were written.</summary>
    /// <exception cref="DbUpdateConcurrencyException">A row was changed by somebody else meanwhile.</exception>
    /// <exception cref="DbUpdateException">The database refused; its own exception is inside.</exception>
    public int Run(Func<string, SqliteCommand> prepared, SqliteTransaction transaction)
    {
        foreach (var (sql, values, entry) in statements)
        {
            var command = prepared(sql);
            command.Transaction = transaction;
            while (command.Parameters.Count < values.Length)
                command.Parameters.Add(new SqliteParameter { ParameterName = $"@p{command.Parameters.Count}" });
            for (var i = 0; i < values.Length; i++)
                command.Parameters[i].Value = values[i];
            int rows;
            try
            {
                rows = command.ExecuteNonQuery();
            }
            catch (DbException e)
            {
                throw new DbUpdateException("The database refused a change; see the inner exception.", e, entry is null ? [] : [entry]);
            }

            if (rows != 1)
                throw new DbUpdateConcurrencyException($"A row of {entry?.Metadata.ShortName()} was changed or deleted by somebody else.");
        }

        return statements.Count;
    }

    private void Insert(EntityEntry entry, Table table)
    {
        var now = entry.CurrentValues;
        statements.Add((table.Insert, Array.ConvertAll(table.Columns, c => c.Kept(now[c.Property])), entry));
    }

    private void Append(object row, Table table) => statements.Add((table.Insert, Array.ConvertAll(table.Columns, c => c.Kept(c.Property.GetGetter().GetClrValue(row))), null));

    private void Update(EntityEntry entry, Table table)
    {
        var (now, before) = (entry.CurrentValues, entry.OriginalValues);
        var modified = Array.FindAll(table.Columns, c => entry.Property(c.Property).IsModified);
        if (modified.Length > 0)
            statements.Add((table.Update(modified), [.. modified.Select(c => c.Kept(now[c.Property])), .. table.Guards.Select(c => c.Kept(before[c.Property]))], entry));
    }

    private void Delete(EntityEntry entry, Table table)
    {
        var before = entry.OriginalValues;
        statements.Add((table.Delete, Array.ConvertAll(table.Guards, c => c.Kept(before[c.Property])), entry));
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A column, and how its values are kept in the database.</summary>
    private sealed record Column(IProperty Property, int Place, string Name, ValueConverter? Converter)
    {
        public object Kept(object? value) => (Converter is null ? value : Converter.ConvertToProvider(value)) ?? DBNull.Value;
    }

    /// <summary>The statements of a table, made once.</summary>
    private sealed class Table
    {
        private readonly ConcurrentDictionary<string, string> updates = new(StringComparer.Ordinal);
        private readonly string name;

        public Table(IEntityType type, int depth)
        {
            (name, Depth) = (Quoted(type.GetTableName()!), depth);
            Columns = [.. type.GetProperties().Select((p, i) => new Column(p, i, Quoted(p.GetColumnName()), p.GetTypeMapping().Converter))];
            Guards = Array.FindAll(Columns, c => c.Property.IsPrimaryKey() || c.Property.IsConcurrencyToken);
            Insert = $"INSERT INTO {name} ({string.Join(", ", Columns.Select(c => c.Name))}) VALUES ({string.Join(", ", Columns.Select(c => $"@p{c.Place}"))})";
            Delete = $"DELETE FROM {name} WHERE {Condition(0)}";
        }

        /// <summary>How many parents stand above.</summary>
        public int Depth { get; }

        public Column[] Columns { get; }

        /// <summary>The columns by which a row is found as it was read: key and concurrency tokens.</summary>
        public Column[] Guards { get; }

        public string Insert { get; }

        public string Delete { get; }

        public string Update(Column[] modified) => updates.GetOrAdd(
            string.Join(',', modified.Select(c => c.Place)),
            _ => $"UPDATE {name} SET {string.Join(", ", modified.Select((c, i) => $"{c.Name} = @p{i}"))} WHERE {Condition(modified.Length)}");

        // IS compares with nothing as well, which a token may be.
        private string Condition(int first) => string.Join(" AND ", Guards.Select((c, i) => $"{c.Name} {(c.Property.IsPrimaryKey() ? "=" : "IS")} @p{first + i}"));
    }

    /// <summary>What is to be known of a model once.</summary>
    private sealed class ModelTables
    {
        private const int Deepest = 20;

        private readonly Dictionary<IEntityType, Table> tables = [];
        private readonly Dictionary<Type, Table> byClass = [];

        public ModelTables(IModel model)
        {
            ArePlain = model.GetEntityTypes().All(t => IsPlain(t) && Depth(t) < Deepest);
            if (ArePlain)
                foreach (var type in model.GetEntityTypes())
                    byClass[type.ClrType] = tables[type] = new Table(type, Depth(type));
        }

        public bool ArePlain { get; }

        public Table Of(IEntityType type) => tables[type];

        public Table Of(Type type) => byClass[type];

        private static bool IsPlain(IEntityType type) =>
            type.BaseType is null && !type.GetDirectlyDerivedTypes().Any() && !type.IsOwned() && !type.GetComplexProperties().Any() && type.GetTableName() is not null
            && type.GetProperties().All(p => p.GetDefaultValueSql() is null && p.GetComputedColumnSql() is null
                && (p.ValueGenerated == ValueGenerated.Never || (p.ValueGenerated == ValueGenerated.OnAdd && p.ClrType == typeof(Guid))));

        // A circle is endlessly deep.
        private static int Depth(IEntityType type, int above = 0) => above >= Deepest
            ? Deepest
            : type.GetForeignKeys().Select(k => 1 + Depth(k.PrincipalEntityType, above + 1)).DefaultIfEmpty(0).Max();
    }
}
