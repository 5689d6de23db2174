using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Persistence;

namespace MoocPlatform.Host.Commands;

/// <summary>What the process does when it finds an empty database.</summary>
internal sealed class FirstStart(HostDb db)
{
    internal const string DemoMark = "demo";

    /// <summary>Whether the demo people are here.</summary>
    public Task<bool> HasDemo(CancellationToken ct) => db.Marks.AnyAsync(m => m.Key == DemoMark, ct);
}
