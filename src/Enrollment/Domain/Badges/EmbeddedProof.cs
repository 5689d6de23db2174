using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace MoocPlatform.Enrollment.Domain.Badges;

/// <summary>
/// The proof that wallets want inside the credential: Data Integrity EdDSA Cryptosuites 1.0, suite <c>eddsa-rdfc-2022</c>. What is signed:
/// SHA-256 of the proof's own five statements, then SHA-256 of the credential's statements.
/// </summary>
internal static class EmbeddedProof
{
    public const string Suite = "eddsa-rdfc-2022";
    private const string Security = "https://w3id.org/security#";

    private static readonly string[] Fields = ["type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"];

    /// <summary>The credential with its proof, as a new object.</summary>
    /// <param name="method">Address of the key.</param>
    /// <param name="created">As XML Schema writes it, in whole seconds UTC.</param>
    public static JsonObject Sign(JsonObject credential, string method, string created, ReadOnlySpan<byte> secret)
    {
        var statements = Statements.Of(credential) ?? throw new InvalidOperationException("The credential says something that has no canonical form here.");
        var signature = Ed25519.Sign(secret, Signed(statements, method, created));
        var proven = (JsonObject)credential.DeepClone();
        proven["proof"] = new JsonObject
        {
            ["type"] = "DataIntegrityProof",
            ["cryptosuite"] = Suite,
            ["created"] = created,
            ["verificationMethod"] = method,
            ["proofPurpose"] = "assertionMethod",
            ["proofValue"] = Multibase.Encode(signature),
        };
        return proven;
    }

    /// <summary>The proof as it stands in a credential. Null: there is none of this suite, or it says more than it should.</summary>
    public static Read? Of(JsonObject credential)
    {
        if (credential["proof"] is not JsonObject proof || proof.Count != Fields.Length || Fields.Any(f => proof[f] is not JsonValue v || !v.TryGetValue<string>(out _)))
            return null;
        string Value(string field) => proof[field]!.GetValue<string>();
        return (Value("type"), Value("cryptosuite"), Value("proofPurpose")) == ("DataIntegrityProof", Suite, "assertionMethod") && Multibase.Decode(Value("proofValue")) is { } signature
            ? new(Value("verificationMethod"), Value("created"), signature)
            : null;
    }

    /// <summary>Whether the proof is of this key over all that the credential says.</summary>
    public static bool Verify(JsonObject credential, Read proof, ReadOnlySpan<byte> publicKey)
    {
        var bare = (JsonObject)credential.DeepClone();
        bare.Remove("proof");
        return Statements.Of(bare) is { } statements && Ed25519.Verify(publicKey, Signed(statements, proof.Method, proof.Created), proof.Signature);
    }

    internal static byte[] Signed(string statements, string method, string created)
    {
        var lines = Statements.InOrder(
        [
            $"_:c14n0 <http://purl.org/dc/terms/created> {Statements.Literal(created, Statements.Instant)} .",
            $"_:c14n0 <{Statements.Type}> <{Security}DataIntegrityProof> .",
            $"_:c14n0 <{Security}cryptosuite> \"{Suite}\"^^<{Security}cryptosuiteString> .",
            $"_:c14n0 <{Security}proofPurpose> <{Security}assertionMethod> .",
            $"_:c14n0 <{Security}verificationMethod> <{method}> .",
        ]);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(lines)), .. SHA256.HashData(Encoding.UTF8.GetBytes(statements))];
    }

    /// <param name="Method">Address of the key.</param>
    internal sealed record Read(string Method, string Created, byte[] Signature);
}
