using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Domain.Badges;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Credentials;

/// <summary>
/// What a verifier needs when the site is gone: each file has the path of its address, so that the archive may be put on any other server
/// of the same name, or be given to a verifier by hand. Public things alone.
/// </summary>
internal static class BadgeExport
{
    private const string Explained = """
        What verifies the badges of {0}

        issuer.json           who issued them: {1}
        keys/ID.json          the public keys, those of before as well; a badge names its own by address ("kid", "verificationMethod")
        status/N.json, .jwt   which badges are revoked (Bitstring Status List 1.0), signed
        achievements/ID.json  what they were given for

        A badge is an Open Badge 3.0. As a JWT (RS256) any JOSE library checks it with the key alone. As JSON it carries a proof of the
        suite eddsa-rdfc-2022; give the verifier a document loader that reads these files instead of the network.
        The addresses in the badges begin with {2}
        """;

    public static void MapBadgeExport(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/admin/badges/export", Export).RequireAuthorization(Policies.Admin).WithDisplayName("What verifies the badges");

    private static async Task<IResult> Export(EnrollmentDb db, SigningKeys keys, Site site, CancellationToken ct)
    {
        // Some kilobytes for each course and each 65,536 badges: it is made in memory.
        var packed = new MemoryStream();
        await using (var zip = await ZipArchive.CreateAsync(packed, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, ct))
            await Fill(zip, db, keys, site, ct);
        packed.Position = 0;
        return Results.File(packed, "application/zip", "badges.zip");
    }

    private static async Task Fill(ZipArchive zip, EnrollmentDb db, SigningKeys keys, Site site, CancellationToken ct)
    {
        await Put(zip, "README.txt", string.Format(System.Globalization.CultureInfo.InvariantCulture, Explained, site.Name, site.Link(CredentialLinks.Issuer), site.Link("/")), ct);
        await Put(zip, "issuer.json", Json.Text(await keys.Issuer(ct)), ct);
        foreach (var key in await keys.All(ct))
            await Put(zip, $"keys/{key.Id:D}.json", Json.Text(keys.Public(key)), ct);
        await foreach (var list in db.Set<StatusList>().AsNoTracking().OrderBy(l => l.Number).AsAsyncEnumerable().WithCancellation(ct))
        {
            await Put(zip, $"status/{list.Number}.json", list.Json, ct);
            await Put(zip, $"status/{list.Number}.jwt", list.Jwt, ct);
        }

        await foreach (var achievement in db.Set<Achievement>().AsNoTracking().OrderBy(a => a.Id).AsAsyncEnumerable().WithCancellation(ct))
            await Put(zip, $"achievements/{achievement.Id:D}.json", Json.Text(BadgeText.Alone(achievement)), ct);
    }

    private static async Task Put(ZipArchive zip, string name, string text, CancellationToken ct)
    {
        await using var entry = await zip.CreateEntry(name).OpenAsync(ct);
        await entry.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
    }
}
