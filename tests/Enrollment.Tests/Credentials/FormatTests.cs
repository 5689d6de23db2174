using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MoocPlatform.Enrollment.Domain.Badges;
using MoocPlatform.Enrollment.Features.Credentials;
using Xunit;

namespace MoocPlatform.Enrollment.Tests.Credentials;

public sealed class FormatTests
{
    // RFC 8032, section 7.1.
    [Theory]
    [InlineData("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "", "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72", "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82", "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    public void Ed25519_signs_as_the_standard_does(string secret, string publicKey, string message, string signature)
    {
        var (key, text, signed) = (Convert.FromHexString(secret), Convert.FromHexString(message), Convert.FromHexString(signature));
        Assert.Equal(publicKey, Convert.ToHexStringLower(Ed25519.PublicKey(key)));
        Assert.Equal(signature, Convert.ToHexStringLower(Ed25519.Sign(key, text)));
        Assert.True(Ed25519.Verify(Convert.FromHexString(publicKey), text, signed));
        Assert.False(Ed25519.Verify(Convert.FromHexString(publicKey), [.. text, 1], signed));
    }

    [Fact]
    public void A_signature_with_one_changed_bit_or_another_spelling_is_refused()
    {
        var secret = new byte[32];
        var (publicKey, signature) = (Ed25519.PublicKey(secret), Ed25519.Sign(secret, "a"u8));
        foreach (var i in (int[])[0, 31, 32, 63])
        {
            var changed = signature.ToArray();
            changed[i] ^= 1;
            Assert.False(Ed25519.Verify(publicKey, "a"u8, changed));
        }

        // S + L is the same number, written otherwise.
        var order = Convert.FromHexString("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        var (again, carry) = (signature.ToArray(), 0);
        for (var i = 0; i < 32; i++)
        {
            carry += again[32 + i] + order[i];
            again[32 + i] = (byte)carry;
            carry >>= 8;
        }

        Assert.False(Ed25519.Verify(publicKey, "a"u8, again));
    }

    // The key of W3C vc-di-eddsa's test vectors.
    [Fact]
    public void A_multikey_is_read_as_it_was_written()
    {
        const string key = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";
        Assert.Equal(key, Multibase.Ed25519Key(Multibase.Ed25519Key(key)!));
        Assert.Equal([0, 0, 7], Multibase.Decode(Multibase.Encode([0, 0, 7]))!);
        Assert.Null(Multibase.Decode("z0"));
        Assert.Null(Multibase.Ed25519Key("z6Mk"));
    }

    // The canonical form that the 1EdTech test vectors give, with the one blank node that is ours.
    [Fact]
    public void Statements_are_lines_in_the_order_of_code_points()
    {
        var credential = Json.Read("""
            {"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
             "id":"http://example.com/credentials/3527","type":["VerifiableCredential","OpenBadgeCredential"],"name":"Teamwork \"Badge\"\n𝄞",
             "issuer":{"id":"https://example.edu/issuers/1","type":["Profile"],"url":"https://www.imsglobal.org"},"validFrom":"2010-01-01T00:00:00Z",
             "credentialSubject":{"id":"did:example:e","type":["AchievementSubject"],"identifier":[{"type":"IdentityObject","hashed":false,"identityHash":"A","identityType":"name"}]}}
            """)!;
        Assert.Equal("""
            <did:example:e> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://purl.imsglobal.org/spec/vc/ob/vocab.html#AchievementSubject> .
            <did:example:e> <https://purl.imsglobal.org/spec/vc/ob/vocab.html#identifier> _:c14n0 .
            <http://example.com/credentials/3527> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential> .
            <http://example.com/credentials/3527> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://www.w3.org/2018/credentials#VerifiableCredential> .
            <http://example.com/credentials/3527> <https://schema.org/name> "Teamwork \"Badge\"\n𝄞" .
            <http://example.com/credentials/3527> <https://www.w3.org/2018/credentials#credentialSubject> <did:example:e> .
            <http://example.com/credentials/3527> <https://www.w3.org/2018/credentials#issuer> <https://example.edu/issuers/1> .
            <http://example.com/credentials/3527> <https://www.w3.org/2018/credentials#validFrom> "2010-01-01T00:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> .
            <https://example.edu/issuers/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://purl.imsglobal.org/spec/vc/ob/vocab.html#Profile> .
            <https://example.edu/issuers/1> <https://schema.org/url> "https://www.imsglobal.org"^^<https://www.w3.org/2001/XMLSchema#anyURI> .
            _:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://purl.imsglobal.org/spec/vc/ob/vocab.html#IdentityObject> .
            _:c14n0 <https://purl.imsglobal.org/spec/vc/ob/vocab.html#hashed> "false"^^<https://www.w3.org/2001/XMLSchema#boolean> .
            _:c14n0 <https://purl.imsglobal.org/spec/vc/ob/vocab.html#identityHash> "A" .
            _:c14n0 <https://purl.imsglobal.org/spec/vc/ob/vocab.html#identityType> "name" .

            """, Statements.Of(credential));
    }

    [Theory]
    [InlineData("extra", "\"x\"")]
    [InlineData("name", "7")]
    [InlineData("name", "\"tab\\t\"")]
    [InlineData("evidence", "[{\"type\":[\"Evidence\"]},{\"type\":[\"Evidence\"]}]")]
    [InlineData("issuer", "\"no address\"")]
    [InlineData("@context", "[\"https://example.org/terms\"]")]
    public void What_the_table_does_not_hold_is_refused_and_never_left_out(string field, string value)
    {
        var credential = Json.Read("""{"@context":["https://www.w3.org/ns/credentials/v2"],"id":"https://example.org/1","type":["VerifiableCredential"]}""")!;
        Assert.NotNull(Statements.Of(credential));
        credential[field] = JsonNode.Parse(value);
        Assert.Null(Statements.Of(credential));
    }

    [Fact]
    public void A_token_is_refused_when_it_is_unsigned_signed_by_a_shared_secret_or_spelt_otherwise()
    {
        using var rsa = RSA.Create(2048);
        var half = rsa.ExportParameters(false);
        string Part(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
        var jwk = new JsonObject { ["kty"] = "RSA", ["n"] = Part(half.Modulus!), ["e"] = Part(half.Exponent!) };
        var jwt = Jws.Sign(new JsonObject { ["id"] = "a" }, "https://example.org/k", rsa);
        Assert.True(Jws.Read(jwt)!.IsSignedBy(jwk));

        var parts = jwt.Split('.');
        foreach (var header in (string[])["""{"alg":"none"}""", """{"alg":"HS256"}""", """{"alg":"RS256","crit":["x"]}""", """{"alg":"RS256","alg":"RS256"}"""])
            Assert.False(Jws.Read($"{Part(Encoding.UTF8.GetBytes(header))}.{parts[1]}.{parts[2]}")?.IsSignedBy(jwk) is true);
        Assert.Null(Jws.Read(jwt + "="));
        Assert.Null(Jws.Read($"{parts[0]}.{parts[1]}."));

        // 384 and 256 bytes leave bits over in the last character: only one way to write them counts.
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var last = alphabet[alphabet.IndexOf(jwt[^1], StringComparison.Ordinal) ^ 1];
        Assert.False(Jws.Read(jwt[..^1] + last)?.IsSignedBy(jwk) is true);
    }

    [Fact]
    public void A_text_is_baked_once_and_read_from_picture_and_drawing()
    {
        var emblem = Emblem.Of("leaves", "plum", Guid.Empty);
        var png = Png.Bake(Png.Bake(Png.Draw(emblem), "first"), "zweite ä");
        Assert.Equal("zweite ä", Png.Baked(png));
        Assert.Null(Png.Baked(Png.Draw(emblem)));
        var damaged = png.ToArray();
        damaged[^20] ^= 1; // in the text: the check sum tells
        Assert.Null(Png.Baked(damaged));
        Assert.Null(Png.Baked(png[..^30]));
        Assert.Equal("a.b.c", BakedSvg.Baked(Encoding.UTF8.GetString(BakedSvg.Bake(emblem.Svg("A & B"), "a.b.c"))));
        Assert.Null(BakedSvg.Baked(emblem.Svg("A & B")));
        Assert.Null(BakedSvg.Baked("<!DOCTYPE svg [<!ENTITY a 'a'>]><svg/>"));
    }

    [Theory]
    [InlineData("arches")]
    [InlineData("leaves")]
    [InlineData("scales")]
    [InlineData("stitch")]
    [InlineData("orbit")]
    [InlineData("steps")]
    public void Each_course_has_a_picture_of_its_own_that_never_changes(string pattern)
    {
        var (one, other) = (Guid.Parse("01980000-0000-7000-8000-000000000001"), Guid.Parse("01980000-0000-7000-8000-000000000002"));
        Assert.Equal(Emblem.Of(pattern, "sea", one).Svg("a"), Emblem.Of(pattern, "sea", one).Svg("a"));
        Assert.NotEqual(Emblem.Of(pattern, "sea", one).Svg("a"), Emblem.Of(pattern, "sea", other).Svg("a"));
        Assert.NotEqual(Emblem.Of(pattern, "sea", one).Svg("a"), Emblem.Of(pattern, "clay", one).Svg("a"));
    }

    [Fact]
    public void A_status_list_is_long_enough_and_has_the_bits_that_were_set()
    {
        var encoded = StatusLists.Encode([0, 9, 131_071]);
        Assert.Equal('u', encoded[0]);
        using var gzip = new System.IO.Compression.GZipStream(new MemoryStream(System.Buffers.Text.Base64Url.DecodeFromChars(encoded.AsSpan(1))), System.IO.Compression.CompressionMode.Decompress);
        using var bits = new MemoryStream();
        gzip.CopyTo(bits);
        var bytes = bits.ToArray();
        Assert.Equal(16_384, bytes.Length);
        Assert.Equal((0x80, 0x40, 0x01), (bytes[0], bytes[1], bytes[^1]));
        Assert.Equal(3, bytes.Sum(b => System.Numerics.BitOperations.PopCount(b)));
    }
}
