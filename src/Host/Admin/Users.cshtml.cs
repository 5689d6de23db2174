using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Accounts;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Admin;

/// <summary>Everyone with an account, the newest first; found by a part of the name or address.</summary>
[Authorize(Policies.Admin)]
internal sealed class UsersPage(HostDb db) : ModulePage
{
    public IReadOnlyList<(Account Account, IReadOnlyList<string> Roles)> People { get; private set; } = [];

    public string? Query { get; private set; }

    public Guid? Older { get; private set; }

    public async Task OnGet(string? q, Guid? before, CancellationToken ct)
    {
        Query = q?.Trim();
        var letters = Query is { Length: > 0 and <= 100 } ? Query.ToUpperInvariant() : null;
        var found = await db.Users.AsNoTracking()
            .Where(u => letters == null || u.NormalizedEmail!.Contains(letters) || u.Name.ToUpper().Contains(letters) || u.Name.Contains(Query!))
            .Where(u => before == null || u.Id < before)
            .OrderByDescending(u => u.Id).Take(JobsPage.PageSize + 1).ToListAsync(ct);
        var shown = found.Take(JobsPage.PageSize).ToList();
        var ids = shown.Select(u => u.Id).ToList();
        var roles = (await db.UserRoles.Where(r => ids.Contains(r.UserId)).Join(db.Roles, r => r.RoleId, r => r.Id, (given, role) => new { given.UserId, role.Name }).ToListAsync(ct))
            .ToLookup(r => r.UserId, r => r.Name!);
        People = [.. shown.Select(u => (u, (IReadOnlyList<string>)[.. roles[u.Id].Order()]))];
        Older = found.Count > JobsPage.PageSize ? shown[^1].Id : null;
    }
}
