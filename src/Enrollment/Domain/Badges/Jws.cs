using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MoocPlatform.Enrollment.Domain.Badges;

/// <summary>
/// Compact JWS (RFC 7515) as Open Badges 3.0 asks for it: RS256, base64url without padding, a header of <c>alg</c>, <c>kid</c> and
/// <c>typ</c> and nothing else. What is read may be signed by RS256, ES256 or EdDSA; <c>none</c> and secrets shared with the signer are refused.
/// </summary>
internal sealed class Jws
{
    private static readonly string[] HeaderFields = ["alg", "kid", "typ", "jwk"];

    private readonly byte[] signed;
    private readonly byte[] signature;

    private Jws(JsonObject header, JsonObject payload, byte[] signed, byte[] signature) =>
        (Header, Payload, this.signed, this.signature) = (header, payload, signed, signature);

    public JsonObject Header { get; }

    public JsonObject Payload { get; }

    public string Algorithm => Text(Header, "alg") ?? "";

    /// <summary>Address of the key; null: none is named.</summary>
    public string? KeyId => Text(Header, "kid");

    public static string Sign(JsonObject payload, string keyId, RSA key)
    {
        var header = new JsonObject { ["alg"] = "RS256", ["kid"] = keyId, ["typ"] = "JWT" };
        var text = $"{Encode(header)}.{Encode(payload)}";
        return $"{text}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    /// <summary>Null: this is no compact JWS with JSON inside, or its header asks for more than we know.</summary>
    public static Jws? Read(string text)
    {
        var parts = text.Trim().Split('.');
        if (parts.Length != 3 || Part(parts[0]) is not { } head || Part(parts[1]) is not { } body || Part(parts[2]) is not { } signature
            || Json.Read(head) is not { } header || Json.Read(body) is not { } payload || header.Any(f => !HeaderFields.Contains(f.Key)))
            return null;
        return new(header, payload, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), signature);
    }

    /// <summary>Whether the signature is of this public key (a JWK). False also when the key is of another kind than the algorithm.</summary>
    public bool IsSignedBy(JsonObject jwk)
    {
        try
        {
            return (Algorithm, Text(jwk, "kty"), Text(jwk, "crv")) switch
            {
                ("RS256", "RSA", _) => IsSignedByRsa(Bytes(jwk, "n"), Bytes(jwk, "e")),
                ("ES256", "EC", "P-256") => IsSignedByEc(Bytes(jwk, "x"), Bytes(jwk, "y")),
                ("EdDSA", "OKP", "Ed25519") => Ed25519.Verify(Bytes(jwk, "x"), signed, signature),
                _ => false,
            };
        }
        catch (Exception e) when (e is CryptographicException or FormatException or ArgumentException)
        {
            return false; // no key at all
        }
    }

    private bool IsSignedByRsa(byte[] modulus, byte[] exponent)
    {
        if (modulus.Length is < 256 or > 1024) // 2048 to 8192 bits
            return false;
        using var rsa = RSA.Create(new RSAParameters { Modulus = modulus, Exponent = exponent });
        return rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private bool IsSignedByEc(byte[] x, byte[] y)
    {
        using var ec = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } });
        return ec.VerifyData(signed, signature, HashAlgorithmName.SHA256);
    }

    private static string Encode(JsonObject json) => Base64Url.EncodeToString(Json.Bytes(json));

    // One text for one value: bits that the alphabet would ignore must be zero, or a changed character could go unseen.
    private static byte[]? Part(string text)
    {
        if (text.Length == 0 || text.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')) || !Base64Url.IsValid(text))
            return null;
        var bytes = Base64Url.DecodeFromChars(text);
        return Base64Url.EncodeToString(bytes) == text ? bytes : null;
    }

    private static string? Text(JsonObject json, string field) => json[field] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static byte[] Bytes(JsonObject jwk, string field) => Part(Text(jwk, field) ?? "") ?? throw new FormatException();
}

/// <summary>JSON as it is signed, and as it is read from strangers.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Written = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    public static byte[] Bytes(JsonNode json) => JsonSerializer.SerializeToUtf8Bytes(json, Written);

    public static string Text(JsonNode json) => json.ToJsonString(Written);

    /// <summary>An object. Null: it is none, or too deep, or says something twice.</summary>
    public static JsonObject? Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonNode.Parse(utf8, null, Strict) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static JsonObject? Read(string text) => Read(Encoding.UTF8.GetBytes(text));
}
