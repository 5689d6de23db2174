using Microsoft.EntityFrameworkCore;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Admin;

/// <summary>A fact on its way, of whichever module.</summary>
internal sealed record FactOnItsWay(string Module, OutboxRow Row);

/// <summary>The outboxes of all modules, for the admin.</summary>
internal sealed class Outboxes(IServiceProvider services, IEnumerable<RegisteredDb> databases, WriteGate gate, TimeProvider clock)
{
    /// <summary>Facts that are parked or wait, the oldest first, at most so many of each module.</summary>
    public async Task<IReadOnlyList<FactOnItsWay>> List(bool parked, int most, CancellationToken ct)
    {
        var facts = new List<FactOnItsWay>();
        foreach (var registered in databases)
        {
            var rows = await Of(registered).Set<OutboxRow>().AsNoTracking()
                .Where(r => r.Parked == parked).OrderBy(r => r.NextAt).ThenBy(r => r.Id).Take(most).ToListAsync(ct);
            facts.AddRange(rows.Select(r => new FactOnItsWay(registered.Prefix, r)));
        }

        return facts;
    }

    /// <summary>Lets the pump try a parked fact again, from the start.</summary>
    public async Task Retry(string module, Guid id, CancellationToken ct)
    {
        var db = Of(databases.FirstOrDefault(d => d.Prefix == module) ?? throw new NotFound());
        var now = clock.GetUtcNow();
        var moved = await gate.InTurn(db, token => db.Set<OutboxRow>().Where(r => r.Id == id && r.Parked).ExecuteUpdateAsync(
            s => s.SetProperty(r => r.Parked, false).SetProperty(r => r.Attempts, 0).SetProperty(r => r.NextAt, now), token), ct);
        if (moved == 1)
            gate.Committed();
    }

    private DbContext Of(RegisteredDb registered) => (DbContext)services.GetRequiredService(registered.Type);
}
