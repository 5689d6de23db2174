using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Domain.Badges;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Credentials;

/// <summary>The keys of the site. The first are made when something is first to be signed; after that an admin brings new ones.</summary>
internal sealed class SigningKeys(EnrollmentDb db, IDataProtectionProvider seals, TimeProvider clock, BadgeText words)
{
    private const int RsaBits = 3072;

    private readonly IDataProtector seal = seals.CreateProtector("badge-keys");

    /// <summary>Makes the first keys where there are none: before anything else is being changed in this context.</summary>
    public async Task Ready(CancellationToken ct)
    {
        foreach (var kind in Enum.GetValues<KeyKind>())
            await Current(kind, ct);
    }

    /// <summary>Unseals the keys that sign now, for as long as what is returned is not disposed.</summary>
    public async Task<Signer> Open(CancellationToken ct)
    {
        var (rsa, edwards) = (await Current(KeyKind.Rsa, ct), await Current(KeyKind.Ed25519, ct));
        return new(words.KeyId(rsa.Id), Secret(rsa), words.KeyId(edwards.Id), Secret(edwards));
    }

    /// <summary>Brings new keys of both kinds. What the old ones have signed goes on to verify: their public halves stay.</summary>
    public async Task Rotate(CancellationToken ct)
    {
        foreach (var kind in Enum.GetValues<KeyKind>())
            await Succeed(kind, await Newest(kind, ct), ct);
    }

    /// <summary>A public key as it stands at its address.</summary>
    public JsonObject Public(SigningKey key) => key.Kind == KeyKind.Rsa ? Jwk(key) : new JsonObject
    {
        ["@context"] = "https://w3id.org/security/multikey/v1",
        ["id"] = words.KeyId(key.Id),
        ["type"] = "Multikey",
        ["controller"] = words.IssuerId,
        ["publicKeyMultibase"] = key.PublicKey,
    };

    /// <summary>Who issues, with the keys whose proofs it stands for: those of before as well.</summary>
    public async Task<JsonObject> Issuer(CancellationToken ct) =>
        words.Issuer(await db.Set<SigningKey>().Where(k => k.Kind == KeyKind.Ed25519).OrderBy(k => k.Number).Select(k => k.Id).ToListAsync(ct));

    /// <summary>All keys, newest first.</summary>
    public Task<List<SigningKey>> All(CancellationToken ct) => db.Set<SigningKey>().AsNoTracking().OrderByDescending(k => k.Number).ThenBy(k => k.Kind).ToListAsync(ct);

    private JsonObject Jwk(SigningKey key)
    {
        var jwk = Json.Read(key.PublicKey)!;
        jwk["kid"] = words.KeyId(key.Id);
        jwk["alg"] = "RS256";
        jwk["use"] = "sig";
        return jwk;
    }

    private async Task<SigningKey> Current(KeyKind kind, CancellationToken ct) => await Newest(kind, ct) ?? await Succeed(kind, null, ct);

    private Task<SigningKey?> Newest(KeyKind kind, CancellationToken ct) =>
        db.Set<SigningKey>().Where(k => k.Kind == kind).OrderByDescending(k => k.Number).FirstOrDefaultAsync(ct);

    // Sealed before the save: the key ring may have to write as well.
    private async Task<SigningKey> Succeed(KeyKind kind, SigningKey? before, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (secret, publicKey) = kind == KeyKind.Rsa ? NewRsa() : NewEdwards();
        var key = new SigningKey
        {
            Id = clock.NewKey(),
            Kind = kind,
            Number = (before?.Number ?? 0) + 1,
            PublicKey = publicKey,
            Sealed = Convert.ToBase64String(seal.Protect(secret)),
            CreatedAt = now,
        };
        db.Add(key);
        before?.RetiredAt = now;
        try
        {
            await db.SaveChangesAsync(ct);
            return key;
        }
        catch (DbUpdateException e) when (Database.IsDuplicate(e))
        {
            db.ChangeTracker.Clear(); // another node was quicker
            return (await Newest(kind, ct))!;
        }
    }

    private byte[] Secret(SigningKey key) => seal.Unprotect(Convert.FromBase64String(key.Sealed));

    private static (byte[] Secret, string Public) NewRsa()
    {
        using var rsa = RSA.Create(RsaBits);
        var half = rsa.ExportParameters(includePrivateParameters: false);
        var jwk = new JsonObject { ["kty"] = "RSA", ["n"] = Base64Url.EncodeToString(half.Modulus), ["e"] = Base64Url.EncodeToString(half.Exponent) };
        return (rsa.ExportPkcs8PrivateKey(), Json.Text(jwk));
    }

    private static (byte[] Secret, string Public) NewEdwards()
    {
        var secret = RandomNumberGenerator.GetBytes(Ed25519.KeyLength);
        return (secret, Multibase.Ed25519Key(Ed25519.PublicKey(secret)));
    }
}

/// <summary>Signs credentials, in both ways.</summary>
internal sealed class Signer : IDisposable
{
    private readonly RSA rsa = RSA.Create();
    private readonly string rsaId;
    private readonly string edwardsId;
    private readonly byte[] edwards;

    /// <param name="rsaSecret">PKCS#8.</param>
    public Signer(string rsaId, byte[] rsaSecret, string edwardsId, byte[] edwards)
    {
        (this.rsaId, this.edwardsId, this.edwards) = (rsaId, edwardsId, edwards);
        rsa.ImportPkcs8PrivateKey(rsaSecret, out _);
    }

    public Signed Sign(JsonObject credential, DateTimeOffset validFrom) => new(
        Jws.Sign(BadgeText.Claims(credential, validFrom), rsaId, rsa),
        EmbeddedProof.Sign(credential, edwardsId, BadgeText.Instant(validFrom), edwards));

    public void Dispose() => rsa.Dispose();
}

/// <summary>A credential signed in both ways.</summary>
/// <param name="Jwt">Compact JWS, RS256.</param>
/// <param name="Proven">With its proof inside.</param>
internal sealed record Signed(string Jwt, JsonObject Proven);
