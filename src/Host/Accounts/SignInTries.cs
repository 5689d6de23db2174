using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Accounts;

/// <summary>How often somebody tried to be somebody, from one place, within a window of five minutes.</summary>
internal sealed class SignInTry
{
    /// <summary>Hash of the normalised mail address, which may belong to nobody.</summary>
    public string Account { get; init; } = "";

    /// <summary>A network, a known device, or <c>*</c> for all unknown places together.</summary>
    public string Source { get; init; } = "";

    public int Count { get; init; }

    public DateTimeOffset Since { get; init; }
}

/// <summary>
/// Stops guessing without letting anyone lock out somebody else: 10 tries from one network or known device, 30 from all unknown places
/// together, in five minutes. The owner's own devices are not counted among the unknown. Kept in the database: all nodes count together.
/// </summary>
internal sealed class SignInTries(HostDb db, TimeProvider clock)
{
    public const int MostFromOnePlace = 10;
    public const int MostFromUnknownPlaces = 30;
    private const string Everywhere = "*";

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>Counts a try before the password is looked at. An instant: too many, not before then.</summary>
    public async Task<DateTimeOffset?> Begin(string mail, string source, bool known, CancellationToken ct)
    {
        var account = Hash(mail);
        return await Take(account, source, MostFromOnePlace, ct) ?? (known ? null : await Take(account, Everywhere, MostFromUnknownPlaces, ct));
    }

    /// <summary>The try was right: it and those before it from this place do not count.</summary>
    public Task Forget(string mail, string source, bool known, CancellationToken ct)
    {
        var account = Hash(mail);
        return db.InTurn(async token =>
        {
            await db.SignInTries.Where(t => t.Account == account && t.Source == source).ExecuteDeleteAsync(token);
            if (!known)
                await db.SignInTries.Where(t => t.Account == account && t.Source == Everywhere && t.Count > 0)
                    .ExecuteUpdateAsync(s => s.SetProperty(t => t.Count, t => t.Count - 1), token);
            return true;
        }, ct);
    }

    /// <summary>The network a request comes from: /24 of IPv4, /64 of IPv6.</summary>
    public static string Network(IPAddress? address)
    {
        if (address is null)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return Convert.ToHexStringLower(bytes.AsSpan(0, address.AddressFamily == AddressFamily.InterNetwork ? 3 : 8));
    }

    private async Task<DateTimeOffset?> Take(string account, string source, int most, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        try
        {
            return await db.InTurn(async token =>
            {
                var row = db.SignInTries.Where(t => t.Account == account && t.Source == source);
                await row.Where(t => t.Since <= now - Window).ExecuteUpdateAsync(s => s.SetProperty(t => t.Count, 0).SetProperty(t => t.Since, now), token);
                if (await row.Where(t => t.Count < most).ExecuteUpdateAsync(s => s.SetProperty(t => t.Count, t => t.Count + 1), token) == 1)
                    return (DateTimeOffset?)null;
                if (await row.Select(t => (DateTimeOffset?)t.Since).FirstOrDefaultAsync(token) is { } since)
                    return since + Window;
                db.ChangeTracker.Clear();
                db.Add(new SignInTry { Account = account, Source = source, Count = 1, Since = now });
                await db.SaveChangesAsync(token);
                return null;
            }, ct);
        }
        catch (DbUpdateException e) when (Database.IsDuplicate(e))
        {
            db.ChangeTracker.Clear();
            return await Take(account, source, most, ct); // another node was first to count here
        }
    }

    private static string Hash(string mail) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mail.Normalize().ToUpperInvariant())))[..32];
}
