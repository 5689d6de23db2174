using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace MoocPlatform.Kernel;

/// <summary>A row of a queue that several nodes work on.</summary>
public interface ILent
{
    Guid Id { get; }

    /// <summary>Not before; moved ahead by whoever takes the row, so that no other node takes it meanwhile.</summary>
    DateTimeOffset NextAt { get; }
}

/// <summary>
/// Rows are lent by moving their date ahead: whoever moved it first has them, and a node that dies gives them back by time. The part of a
/// second tells this node's loan from one that another node takes at the same instant.
/// </summary>
/// <param name="Rows">Who has waited longest comes first.</param>
/// <param name="Until">Their date now; after it anybody may take what is still there.</param>
public sealed record Loan<T>(IReadOnlyList<T> Rows, DateTimeOffset Until)
    where T : class, ILent
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>Takes at most so many of the rows that are due.</summary>
    /// <param name="waiting">The rows that still wait, due or not.</param>
    public static async Task<Loan<T>> Take(WriteGate gate, DbContext db, IQueryable<T> waiting, int most, DateTimeOffset now, CancellationToken ct)
    {
        var until = now + Lease + TimeSpan.FromMicroseconds(RandomNumberGenerator.GetInt32(1_000_000));
        var due = await waiting.Where(r => r.NextAt <= now).OrderBy(r => r.NextAt).ThenBy(r => r.Id).Take(most).Select(r => r.Id).ToListAsync(ct);
        if (due.Count == 0)
            return new([], until);
        await gate.InTurn(db, token => waiting.Where(r => due.Contains(r.Id) && r.NextAt <= now).ExecuteUpdateAsync(s => s.SetProperty(r => r.NextAt, until), token), ct);
        var lent = await waiting.AsNoTracking().Where(r => due.Contains(r.Id) && r.NextAt == until).ToDictionaryAsync(r => r.Id, ct);
        return new([.. due.Where(lent.ContainsKey).Select(id => lent[id])], until);
    }
}
