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
    /// <summary>A free place in the newest list, at random, so that neighbours say nothing about each other. Kept by the next save.</summary>
    public async Task<(int Number, int Index)> Place(DateTimeOffset now, CancellationToken ct)
    {
        var list = await db.Set<StatusList>().OrderByDescending(l => l.Number).FirstOrDefaultAsync(ct);
        if (list is null || list.Taken >= StatusList.Most)
        {
            list = StatusList.New((list?.Number ?? 0) + 1, now);
            await Sign(list, [], ct);
            db.Add(list);
        }

        list.Take();
        int index;
        do
            index = RandomNumberGenerator.GetInt32(StatusList.Bits);
        while (await db.Credentials.AnyAsync(c => c.ListNumber == list.Number && c.ListIndex == index, ct));
        return (list.Number, index);
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
        var signed = await keys.Sign(words.StatusList(list, Encode(revoked)), list.ChangedAt, ct);
        list.Says(signed.Jwt, Json.Text(signed.Proven));
    }
}
