using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Domain.Badges;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Credentials;

/// <summary>
/// Says of anything that was brought whether it is a badge, whose signature it carries and whether it still holds. It knows the keys of this
/// site; it never asks an address, so a stranger's credential is read but not vouched for.
/// </summary>
internal sealed class Checking(EnrollmentDb db, SigningKeys keys, BadgeText words, Site site, TimeProvider clock)
{
    /// <summary>The longest file that is looked at, in bytes.</summary>
    public const int LongestFile = 512 * 1024;

    private static readonly string[] BadgeTypes = ["OpenBadgeCredential", "AchievementCredential"];

    /// <summary>Checks a file: a picture with a badge baked in, JSON, or a JWT.</summary>
    public Task<Verdict> Check(byte[] file, CancellationToken ct)
    {
        if (Png.IsPng(file))
            return Png.Baked(file) is { } baked ? CheckText(baked, ct) : Nothing(Finding.PictureWithout);
        var text = Encoding.UTF8.GetString(file).Trim('\uFEFF', ' ', '\t', '\r', '\n');
        if (text.StartsWith('<'))
            return BakedSvg.Baked(text) is { } drawn ? CheckText(drawn, ct) : Nothing(Finding.PictureWithout);
        return CheckText(text, ct);
    }

    private static Task<Verdict> Nothing(Finding why)
    {
        var verdict = new Verdict();
        verdict.Stop(Outcome.NotABadge, why);
        return Task.FromResult(verdict);
    }

    private async Task<Verdict> CheckText(string text, CancellationToken ct)
    {
        var verdict = new Verdict();
        text = text.Trim();
        if (text.StartsWith('{'))
        {
            if (Json.Read(text) is { } credential)
                await CheckEmbedded(verdict, credential, ct);
            else
                verdict.Stop(Outcome.NotABadge, Finding.Unreadable);
        }
        else if (Jws.Read(text) is { } jws)
            await CheckJws(verdict, jws, ct);
        else
            verdict.Stop(Outcome.NotABadge, Finding.Unreadable);
        return verdict;
    }

    private async Task CheckJws(Verdict verdict, Jws jws, CancellationToken ct)
    {
        // Some wrap the credential in a claim of its own.
        var credential = jws.Payload["vc"] as JsonObject ?? jws.Payload;
        if (!Describe(verdict, credential))
            return;
        if (jws.Algorithm is not ("RS256" or "ES256" or "EdDSA"))
        {
            verdict.Stop(Outcome.Forged, Finding.Algorithm, jws.Algorithm);
            return;
        }

        if (await Ours(jws.KeyId, KeyKind.Rsa, ct) is { } key)
        {
            if (!jws.IsSignedBy(keys.Public(key)))
            {
                verdict.Stop(Outcome.Forged, Finding.Changed);
                return;
            }

            verdict.Say(Tone.Positive, Finding.Signed, Day(key.CreatedAt));
            if (IdOf(credential["issuer"]) != words.IssuerId || !SaysTheSame(jws.Payload, credential))
                verdict.Stop(Outcome.Forged, Finding.Contradicts);
            else
                await CheckState(verdict, credential, ct);
        }
        else if (jws.Header["jwk"] is JsonObject own)
        {
            if (own.ContainsKey("d") || !jws.IsSignedBy(own))
                verdict.Stop(Outcome.Forged, Finding.Changed);
            else
                verdict.Stop(Outcome.Unknown, Finding.OwnKey);
        }
        else
            verdict.Stop(Outcome.Unknown, Finding.ForeignKey, jws.KeyId ?? "–");
    }

    private async Task CheckEmbedded(Verdict verdict, JsonObject credential, CancellationToken ct)
    {
        if (!Describe(verdict, credential))
            return;
        if (credential["proof"] is null)
            verdict.Stop(Outcome.Forged, Finding.Unsigned);
        else if (EmbeddedProof.Of(credential) is not { } proof)
            verdict.Stop(Outcome.Unknown, Finding.OtherProof);
        else if (await Ours(proof.Method, KeyKind.Ed25519, ct) is not { } key)
            verdict.Stop(Outcome.Unknown, Finding.ForeignKey, proof.Method);
        else if (!EmbeddedProof.Verify(credential, proof, Multibase.Ed25519Key(key.PublicKey)))
            verdict.Stop(Outcome.Forged, Finding.Changed);
        else
        {
            verdict.Say(Tone.Positive, Finding.Signed, Day(key.CreatedAt));
            if (IdOf(credential["issuer"]) != words.IssuerId)
                verdict.Stop(Outcome.Forged, Finding.Contradicts);
            else
                await CheckState(verdict, credential, ct);
        }
    }

    // What was signed by us may still not count: not yet, no longer, or taken back.
    private async Task CheckState(Verdict verdict, JsonObject credential, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (!TryInstant(credential["validFrom"], out var from) || from > now || (credential["validUntil"] is { } until && (!TryInstant(until, out var end) || end < now)))
        {
            verdict.Stop(Outcome.Expired, Finding.NotNow);
            return;
        }

        verdict.Say(Tone.Positive, Finding.Dated, Day(from));
        if (Status(credential) is not var (list, index) || await db.Credentials.AsNoTracking().SingleOrDefaultAsync(c => c.ListNumber == list && c.ListIndex == index, ct) is not { } kept)
            verdict.Stop(Outcome.Unknown, Finding.NoRecord);
        else if (kept.RevokedAt is { } at)
            verdict.Stop(Outcome.Revoked, Finding.Revoked, Day(at), kept.Reason ?? "");
        else
            verdict.Hold();
    }

    private bool Describe(Verdict verdict, JsonObject credential)
    {
        var types = credential["type"] is JsonArray many ? many.Select(TextOf) : [TextOf(credential["type"])];
        if (!types.Any(t => BadgeTypes.Contains(t)))
        {
            verdict.Stop(Outcome.NotABadge, Finding.NoBadge);
            return false;
        }

        var subject = credential["credentialSubject"] as JsonObject;
        var achievement = subject?["achievement"] as JsonObject;
        var name = (subject?["identifier"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(i => TextOf(i["identityType"]) == "name");
        verdict.Facts = new(
            TextOf(achievement?["name"]) ?? TextOf(credential["name"]) ?? "–", TextOf(name?["identityHash"]), TextOf((credential["issuer"] as JsonObject)?["name"]) ?? IdOf(credential["issuer"]) ?? "–",
            TryInstant(credential["validFrom"], out var from) ? from : null);
        verdict.Say(Tone.Neutral, Finding.Badge);
        return true;
    }

    private async Task<SigningKey?> Ours(string? address, KeyKind kind, CancellationToken ct)
    {
        var before = words.KeyId(Guid.Empty)[..^36];
        return address is not null && address.StartsWith(before, StringComparison.Ordinal) && Guid.TryParseExact(address[before.Length..], "D", out var id)
            ? await db.Set<SigningKey>().AsNoTracking().SingleOrDefaultAsync(k => k.Id == id && k.Kind == kind, ct)
            : null;
    }

    private (int List, int Index)? Status(JsonObject credential) =>
        credential["credentialStatus"] is JsonObject status && TextOf(status["statusListCredential"]) is { } list && TextOf(status["statusListIndex"]) is { } index
            && list.StartsWith(site.Link("/status/"), StringComparison.Ordinal)
            && int.TryParse(list[site.Link("/status/").Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            ? (number, place) : null;

    private static bool SaysTheSame(JsonObject claims, JsonObject credential) =>
        TextOf(claims["iss"]) == IdOf(credential["issuer"]) && TextOf(claims["jti"]) == TextOf(credential["id"]) && TextOf(claims["sub"]) == IdOf(credential["credentialSubject"]);

    private static bool TryInstant(JsonNode? node, out DateTimeOffset at) =>
        DateTimeOffset.TryParse(TextOf(node), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at);

    private static string? IdOf(JsonNode? node) => node is JsonObject whole ? TextOf(whole["id"]) : TextOf(node);

    private static string? TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.CurrentUICulture);
}
