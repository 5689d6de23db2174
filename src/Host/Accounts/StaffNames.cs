using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using MoocPlatform.Host.Persistence;

namespace MoocPlatform.Host.Accounts;

/// <summary>Names that a newcomer may not imitate: of those with a role on the site. Looked up anew every five minutes.</summary>
internal sealed class StaffNames(HostDb db, IMemoryCache cache)
{
    private const string Key = "staff-names";

    public async Task<IReadOnlyList<string>> All(Guid? but, CancellationToken ct)
    {
        var names = await cache.GetOrCreateAsync(Key, async entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(5);
            return await db.Users.Where(u => db.UserRoles.Any(r => r.UserId == u.Id)).Select(u => new { u.Id, u.Name }).ToListAsync(ct);
        });
        return [.. names!.Where(n => n.Id != but).Select(n => n.Name)];
    }

    /// <summary>A role was given or taken.</summary>
    public void Forget() => cache.Remove(Key);
}
