using System.Collections.Concurrent;
using System.Data.Common;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace MoocPlatform.Kernel;

/// <summary>The tables of a model and their statements, made once: what is written and found thousands of times a second goes without EF's.</summary>
internal sealed class PlainTables
{
    private const int Deepest = 20;

    private static readonly ConditionalWeakTable<IModel, PlainTables> Models = [];

    private readonly Dictionary<Type, PlainTable> tables = [];

    private PlainTables(IModel model)
    {
        if (model.GetEntityTypes().All(t => IsPlain(t) && Depth(t) < Deepest))
            tables = model.GetEntityTypes().ToDictionary(t => t.ClrType, t => new PlainTable(t, Depth(t)));
    }

    /// <summary>Null: the model has something that is not a plain table (owned types, inheritance, values made by the database) and is left to EF.</summary>
    public static PlainTables? Of(IModel model) => Models.GetValue(model, m => new(m)) is { tables.Count: > 0 } plain ? plain : null;

    public PlainTable Of(Type row) => tables[row];

    private static bool IsPlain(IEntityType type) =>
        type.BaseType is null && !type.GetDirectlyDerivedTypes().Any() && !type.IsOwned() && !type.GetComplexProperties().Any() && type.GetTableName() is not null
        && type.GetProperties().All(p => !p.IsShadowProperty() && p.GetDefaultValueSql() is null && p.GetComputedColumnSql() is null
            && (p.ValueGenerated == ValueGenerated.Never || (p.ValueGenerated == ValueGenerated.OnAdd && p.ClrType == typeof(Guid))));

    // A circle is endlessly deep.
    private static int Depth(IEntityType type, int above = 0) => above >= Deepest
        ? Deepest
        : type.GetForeignKeys().Select(k => 1 + Depth(k.PrincipalEntityType, above + 1)).DefaultIfEmpty(0).Max();
}

/// <summary>A column, and how its values are kept in the database.</summary>
internal sealed record PlainColumn(IProperty Property, int Place, string Name, ValueConverter? Converter)
{
    public object Kept(object? value) => (Converter is null ? value : Converter.ConvertToProvider(value)) ?? DBNull.Value;
}

/// <summary>The statements of a table.</summary>
internal sealed class PlainTable
{
    private readonly ConcurrentDictionary<int, string> inserts = new();
    private readonly ConcurrentDictionary<string, string> updates = new(StringComparer.Ordinal);
    private readonly Lazy<Func<DbDataReader, object>> made;
    private readonly PlainColumn[] key;
    private readonly string name;

    public PlainTable(IEntityType type, int depth)
    {
        (name, Depth) = (Quoted(type.GetTableName()!), depth);
        Columns = [.. type.GetProperties().Select((p, i) => new PlainColumn(p, i, Quoted(p.GetColumnName()), p.GetTypeMapping().Converter))];
        Guards = Array.FindAll(Columns, c => c.Property.IsPrimaryKey() || c.Property.IsConcurrencyToken);
        key = [.. type.FindPrimaryKey()!.Properties.Select(p => Array.Find(Columns, c => c.Property == p)!)];
        Insert = InsertOf(1);
        Delete = $"DELETE FROM {name} WHERE {Condition(Guards, 0)}";
        Select = $"SELECT {Names} FROM {name} WHERE {Condition(key, 0)}";
        made = new(() => Maker(type));
    }

    /// <summary>How many parents stand above.</summary>
    public int Depth { get; }

    public PlainColumn[] Columns { get; }

    /// <summary>The columns by which a row is found as it was read: key and concurrency tokens.</summary>
    public PlainColumn[] Guards { get; }

    /// <summary>Adds one row.</summary>
    public string Insert { get; }

    public string Delete { get; }

    /// <summary>All columns of the row with a key.</summary>
    public string Select { get; }

    private string Names => string.Join(", ", Columns.Select(c => c.Name));

    /// <summary>Adds so many rows.</summary>
    public string InsertOf(int rows) => inserts.GetOrAdd(rows, n =>
        $"INSERT INTO {name} ({Names}) VALUES {string.Join(", ", Enumerable.Range(0, n).Select(row => $"({string.Join(", ", Columns.Select(c => $"@p{(row * Columns.Length) + c.Place}"))})"))}");

    public string Update(PlainColumn[] modified) => updates.GetOrAdd(
        string.Join(',', modified.Select(c => c.Place)),
        _ => $"UPDATE {name} SET {string.Join(", ", modified.Select((c, i) => $"{c.Name} = @p{i}"))} WHERE {Condition(Guards, modified.Length)}");

    /// <summary>A key as the database keeps it.</summary>
    public object[] Kept(object?[] values) => [.. key.Zip(values, (column, value) => column.Kept(value))];

    /// <summary>Whether a row has this key.</summary>
    public bool IsAt(object row, object?[] values) => key.Zip(values).All(k => Equals(k.First.Property.GetGetter().GetClrValue(row), k.Second));

    /// <summary>The row that <see cref="Select"/> has found.</summary>
    public object Made(DbDataReader row) => made.Value(row);

    // IS compares with nothing as well, which a token may be.
    private static string Condition(PlainColumn[] columns, int first) =>
        string.Join(" AND ", columns.Select((c, i) => $"{c.Name} {(c.Property.IsPrimaryKey() ? "=" : "IS")} @p{first + i}"));

    // As EF makes a row of its tables: by the members, readers and converters of its model.
    private Func<DbDataReader, object> Maker(IEntityType type)
    {
        var row = Expression.Parameter(typeof(DbDataReader));
        var members = Columns.Select(c => Expression.Bind(c.Property.GetMemberInfo(forMaterialization: true, forSet: true), Value(c, row)));
        return Expression.Lambda<Func<DbDataReader, object>>(Expression.MemberInit(Expression.New(type.ClrType), members), row).Compile();
    }

    private static Expression Value(PlainColumn column, ParameterExpression row)
    {
        var (place, mapping) = (Expression.Constant(column.Place), column.Property.GetRelationalTypeMapping());
        var method = mapping.GetDataReaderMethod();
        Expression kept = mapping.CustomizeDataReaderExpression(Expression.Call(method.DeclaringType == typeof(DbDataReader) ? row : Expression.Convert(row, method.DeclaringType!), method, place));
        if (column.Converter is { } converter)
            kept = Expression.Invoke(converter.ConvertFromProviderExpression, kept.Type == converter.ProviderClrType ? kept : Expression.Convert(kept, converter.ProviderClrType));
        var clr = column.Property.ClrType;
        var value = kept.Type == clr ? kept : Expression.Convert(kept, clr);
        return column.Property.IsNullable
            ? Expression.Condition(Expression.Call(row, nameof(DbDataReader.IsDBNull), null, place), Expression.Default(clr), value)
            : value;
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
