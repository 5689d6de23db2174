using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Host.Schedule;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Admin;

/// <summary>What is scheduled, what ran and what failed.</summary>
[Authorize(Policies.Admin)]
internal sealed class JobsPage(HostDb db, IEngine engine) : ModulePage
{
    internal const int PageSize = 50;
    private const int MostWaiting = 200;

    /// <summary>Address of the engine's own pages; null: it has none.</summary>
    public string? EnginePages => engine.Pages;

    public IReadOnlyList<Waiting> Waiting { get; private set; } = [];

    public IReadOnlyList<JobRun> Runs { get; private set; } = [];

    /// <summary>The next page begins before this run; null: this is the last page.</summary>
    public Guid? Older { get; private set; }

    public async Task OnGet(Guid? before, CancellationToken ct)
    {
        Waiting = await engine.Waiting(MostWaiting, ct);
        var runs = await db.JobRuns.AsNoTracking().Where(r => before == null || r.Id < before).OrderByDescending(r => r.Id).Take(PageSize + 1).ToListAsync(ct);
        Runs = [.. runs.Take(PageSize)];
        Older = runs.Count > PageSize ? Runs[^1].Id : null;
    }
}
