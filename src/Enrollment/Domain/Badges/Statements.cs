using System.Text;
using System.Text.Json.Nodes;

namespace MoocPlatform.Enrollment.Domain.Badges;

/// <summary>
/// The statements (RDF) that our credentials make, in canonical form: RDF Dataset Canonicalization 1.0 over JSON-LD, for the few terms
/// that we use. Every node but one, the recipient's identifier, has an id: so the canonical form is the statements, each once, a line each,
/// in the order of their code points, and the one blank node is <c>_:c14n0</c>. Terms as in the contexts credentials/v2 and Open Badges
/// 3.0.3. What is not in the table is refused and never left out: nothing can be added to a credential that its signature does not cover.
/// </summary>
internal sealed class Statements
{
    public const string CredentialsContext = "https://www.w3.org/ns/credentials/v2";
    public const string BadgesContext = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

    public const string Type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
    public const string Instant = "http://www.w3.org/2001/XMLSchema#dateTime";
    private const string Vc = "https://www.w3.org/2018/credentials#";
    private const string Status = "https://www.w3.org/ns/credentials/status#";
    private const string Ob = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#";
    private const string Schema = "https://schema.org/";
    private const string Uri = "https://www.w3.org/2001/XMLSchema#anyURI"; // so in the context, with https
    private const string Blank = "_:c14n0";

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["VerifiableCredential"] = Vc + "VerifiableCredential",
        ["OpenBadgeCredential"] = Ob + "OpenBadgeCredential",
        ["BitstringStatusListCredential"] = Status + "BitstringStatusListCredential",
        ["BitstringStatusList"] = Status + "BitstringStatusList",
        ["BitstringStatusListEntry"] = Status + "BitstringStatusListEntry",
        ["Profile"] = Ob + "Profile",
        ["AchievementSubject"] = Ob + "AchievementSubject",
        ["Achievement"] = Ob + "Achievement",
        ["IdentityObject"] = Ob + "IdentityObject",
        ["Image"] = Ob + "Image",
        ["Evidence"] = Ob + "Evidence",
        ["Result"] = Ob + "Result",
        ["ResultDescription"] = Ob + "ResultDescription",
    };

    private static readonly Dictionary<string, Term> Everywhere = new(StringComparer.Ordinal)
    {
        ["name"] = new(Schema + "name"),
        ["description"] = new(Schema + "description"),
        ["narrative"] = new(Ob + "narrative"),
        ["inLanguage"] = new(Schema + "inLanguage"),
        ["url"] = new(Schema + "url", Uri),
    };

    // By the term that leads to the node: what it may say besides.
    private static readonly Dictionary<string, Dictionary<string, Term>> Nodes = new(StringComparer.Ordinal)
    {
        [""] = new(StringComparer.Ordinal)
        {
            ["validFrom"] = new(Vc + "validFrom", Instant),
            ["issuer"] = Term.To(Vc + "issuer"),
            ["credentialSubject"] = Term.To(Vc + "credentialSubject"),
            ["credentialStatus"] = Term.To(Vc + "credentialStatus"),
            ["evidence"] = Term.To(Vc + "evidence"),
        },
        ["credentialSubject"] = new(StringComparer.Ordinal)
        {
            ["identifier"] = Term.To(Ob + "identifier"),
            ["achievement"] = Term.To(Ob + "achievement"),
            ["result"] = Term.To(Ob + "result"),
            ["statusPurpose"] = new(Status + "statusPurpose"),
            ["encodedList"] = new(Status + "encodedList", "https://w3id.org/security#multibase"),
        },
        ["credentialStatus"] = new(StringComparer.Ordinal)
        {
            ["statusPurpose"] = new(Status + "statusPurpose"),
            ["statusListIndex"] = new(Status + "statusListIndex"),
            ["statusListCredential"] = Term.To(Status + "statusListCredential"),
        },
        ["identifier"] = new(StringComparer.Ordinal)
        {
            ["hashed"] = new(Ob + "hashed", "https://www.w3.org/2001/XMLSchema#boolean"), // so in the context, with https
            ["identityHash"] = new(Ob + "identityHash"),
            ["identityType"] = new(Ob + "identityType"),
        },
        ["achievement"] = new(StringComparer.Ordinal)
        {
            ["achievementType"] = new(Ob + "achievementType"),
            ["criteria"] = Term.To(Ob + "Criteria"),
            ["image"] = Term.To(Ob + "image"),
            ["resultDescription"] = Term.To(Ob + "resultDescription"),
        },
        ["image"] = new(StringComparer.Ordinal) { ["caption"] = new(Schema + "caption") },
        ["result"] = new(StringComparer.Ordinal)
        {
            ["resultDescription"] = new(Ob + "resultDescription", Uri),
            ["value"] = new(Schema + "value"),
        },
        ["resultDescription"] = new(StringComparer.Ordinal) { ["resultType"] = new(Ob + "resultType") },
    };

    private readonly HashSet<string> lines = new(StringComparer.Ordinal);
    private bool blankUsed;

    private Statements()
    {
    }

    /// <summary>The canonical form of a credential without its proof. Null: it says something that this table does not hold.</summary>
    public static string? Of(JsonObject credential)
    {
        var statements = new Statements();
        try
        {
            var contexts = credential["@context"]!.AsArray().Select(c => c!.GetValue<string>()).ToList();
            if (!contexts.SequenceEqual([CredentialsContext, BadgesContext]) && !contexts.SequenceEqual([CredentialsContext]))
                return null;
            statements.Node(credential, "");
        }
        catch (Exception e) when (e is UnknownTerm or InvalidOperationException or NullReferenceException or FormatException)
        {
            return null;
        }

        return InOrder(statements.lines);
    }

    /// <summary>Lines in the order of their code points, each with its end.</summary>
    public static string InOrder(IEnumerable<string> lines) =>
        string.Concat(lines.OrderBy(Encoding.UTF8.GetBytes, Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b))).Select(l => l + "\n"));

    /// <summary>A literal as N-Quads writes it.</summary>
    public static string Literal(string text, string? datatype)
    {
        if (text.Any(c => char.IsControl(c) && c is not ('\n' or '\r')))
            throw new UnknownTerm(); // libraries write these in different ways
        var escaped = text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\r", "\\r");
        return datatype is null ? $"\"{escaped}\"" : $"\"{escaped}\"^^<{datatype}>";
    }

    private string Node(JsonObject node, string reachedBy)
    {
        var subject = node["id"] is { } id ? Iri(id) : OneBlank();
        var terms = Nodes.GetValueOrDefault(reachedBy);
        foreach (var (name, value) in node)
        {
            if (name is "id" || (name is "@context" && reachedBy.Length == 0))
                continue;
            foreach (var one in value as JsonArray ?? [value?.DeepClone()])
                Say(subject, name, name == "type" ? null : terms?.GetValueOrDefault(name) ?? Everywhere.GetValueOrDefault(name) ?? throw new UnknownTerm(), one!);
        }

        return subject;
    }

    private void Say(string subject, string name, Term? term, JsonNode value)
    {
        var (predicate, said) = term switch
        {
            null => (Type, $"<{Types.GetValueOrDefault(value.GetValue<string>()) ?? throw new UnknownTerm()}>"),
            { Leads: true } => (term.Iri, value is JsonObject node ? Node(node, name) : Iri(value)),
            _ when name == "hashed" => (term.Iri, Literal(value.GetValue<bool>() ? "true" : "false", term.Datatype)),
            _ => (term.Iri, Literal(value.GetValue<string>(), term.Datatype)),
        };
        lines.Add($"{subject} <{predicate}> {said} .");
    }

    private string OneBlank()
    {
        if (blankUsed)
            throw new UnknownTerm(); // two would have to be told apart by what they say
        blankUsed = true;
        return Blank;
    }

    private static string Iri(JsonNode value)
    {
        var text = value.GetValue<string>();
        var plain = System.Uri.TryCreate(text, UriKind.Absolute, out _) && text.All(c => c is > ' ' and < (char)127 and not ('<' or '>' or '"' or '{' or '}' or '|' or '^' or '`' or '\\'));
        return plain ? $"<{text}>" : throw new UnknownTerm();
    }

    private sealed record Term(string Iri, string? Datatype = null)
    {
        public bool Leads { get; private init; }

        public static Term To(string iri) => new(iri) { Leads = true };
    }

    private sealed class UnknownTerm : Exception;
}
