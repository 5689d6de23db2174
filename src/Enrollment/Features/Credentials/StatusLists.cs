using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Domain.Badges;
using MoocPlatform.Enrollment.Persistence;

namespace MoocPlatform.Enrollment.Features.Credentials;

/// <summary>
/// Bitstring Status List 1.0: which credentials are revoked, without asking us about a certain one. Bit i is the mask 0x80 &gt;&gt; (i &amp; 7) of
/// byte i / 8.
/// </summary>
internal sealed class StatusLists(EnrollmentDb db, SigningKeys keys, BadgeText words)
{
    /// <summary>Free places in the newest list, at random, so that neighbours say nothing about each other. Kept by the next save.</summary>
    public async Task<IReadOnlyList<(int Number, int Index)>> Places(int count, DateTimeOffset now, CancellationToken ct)
    {
        var places = new List<(int Number, int Index)>(count);
        var list = await db.Set<StatusList>().OrderByDescending(l => l.Number).FirstOrDefaultAsync(ct);
        while (places.Count < count)
        {
            if (list is null || list.Taken >= StatusList.Most)
            {
                list = StatusList.New((list?.Number ?? 0) + 1, now);
                await Sign(list, [], ct);
                db.Add(list);
            }

            var free = await Free(list.Number, Math.Min(count - places.Count, StatusList.Most - list.Taken), ct);
            list.Take(free.Count);
            places.AddRange(free.Select(index => (list.Number, index)));
        }

        return places;
    }

    private async Task<HashSet<int>> Free(int list, int count, CancellationToken ct)
    {
        var free = new HashSet<int>(count);
        while (free.Count < count)
        {
            while (free.Count < count)
                free.Add(RandomNumberGenerator.GetInt32(StatusList.Bits));
            free.ExceptWith(await db.Credentials.Where(c => c.ListNumber == list && free.Contains(c.ListIndex)).Select(c => c.ListIndex).ToListAsync(ct));
        }

        return free;
    }

    /// <summary>Sets the bit of a credential. Kept by the next save.</summary>
    public async Task Revoke(Credential credential, DateTimeOffset now, CancellationToken ct)
    {
        var list = await db.Set<StatusList>().SingleAsync(l => l.Number == credential.ListNumber, ct);
        var revoked = await db.Credentials.Where(c => c.ListNumber == list.Number && c.RevokedAt != null).Select(c => c.ListIndex).ToListAsync(ct);
        list.Changed(now);
        await Sign(list, [.. revoked, credential.ListIndex], ct);
    }

    internal static string Encode(IEnumerable<int> revoked)
    {
        var bits = new byte[StatusList.Bits / 8];
        foreach (var i in revoked)
            bits[i >> 3] |= (byte)(0x80 >> (i & 7));
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(bits);
        return "u" + Base64Url.EncodeToString(packed.ToArray());
    }

    private async Task Sign(StatusList list, IEnumerable<int> revoked, CancellationToken ct)
    {
        using var signer = await keys.Open(ct);
        var signed = signer.Sign(words.StatusList(list, Encode(revoked)), list.ChangedAt);
        list.Says(signed.Jwt, Json.Text(signed.Proven));
    }
}
