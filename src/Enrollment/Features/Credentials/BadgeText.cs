using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Localization;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Domain.Badges;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Credentials;

/// <summary>
/// What we say in the words of Open Badges 3.0 and Verifiable Credentials 2.0: issuer, achievement, credential and status list, each in the
/// form that is signed. The words for people are in the language of the course.
/// </summary>
internal sealed class BadgeText(Site site, IStringLocalizer<Text> text)
{
    public string IssuerId => site.Link(CredentialLinks.Issuer);

    public string KeyId(Guid key) => site.Link(CredentialLinks.Key(key));

    public JsonObject Issuer(IEnumerable<Guid> proofKeys)
    {
        var issuer = Profile();
        // Neither context knows this term outside a proof; verifiers that read JSON-LD strictly refuse what is not defined.
        var asserts = new JsonObject { ["assertionMethod"] = new JsonObject { ["@id"] = "https://w3id.org/security#assertionMethod", ["@type"] = "@id", ["@container"] = "@set" } };
        issuer.Insert(0, "@context", new JsonArray(Statements.CredentialsContext, Statements.BadgesContext, asserts));
        issuer["assertionMethod"] = new JsonArray([.. proofKeys.Select(k => (JsonNode)KeyId(k))]);
        return issuer;
    }

    /// <summary>What is given for completing a course, without a context: to stand in a credential or alone.</summary>
    public JsonObject Achievement(Guid id, BadgeOfCourse course, bool graded) => In(course.Language, () =>
    {
        var address = site.Link(CredentialLinks.Achievement(id));
        var title = Plain(course.Title);
        var criteria = new StringBuilder(text["Completed every step that the course “{0}” asks for.", title]);
        if (course.Objectives.Count > 0)
            criteria.Append("\n\n").Append(text["Whoever holds this badge has practised to:"]).Append("\n\n").AppendJoin('\n', course.Objectives.Select(o => "- " + Plain(o)));
        var achievement = new JsonObject
        {
            ["id"] = address,
            ["type"] = new JsonArray("Achievement"),
            ["achievementType"] = "Course",
            ["name"] = title,
            ["description"] = course.Summary.Length > 0 ? Plain(course.Summary) : text["The open online course “{0}”.", title].Value,
            ["criteria"] = new JsonObject { ["id"] = address + "#criteria", ["narrative"] = criteria.ToString() },
            ["image"] = new JsonObject { ["id"] = address + ".png", ["type"] = "Image", ["caption"] = text["Badge of the course “{0}”", title].Value },
            ["inLanguage"] = course.Language,
        };
        if (graded)
            achievement["resultDescription"] = new JsonArray(new JsonObject
            {
                ["id"] = address + "#grade",
                ["type"] = new JsonArray("ResultDescription"),
                ["name"] = text["Grade"].Value,
                ["resultType"] = "Percent",
            });
        return achievement;
    });

    /// <summary>An achievement as a document of its own.</summary>
    public static JsonObject Alone(Achievement achievement)
    {
        var alone = Json.Read(achievement.Json)!;
        alone.Insert(0, "@context", new JsonArray(Statements.CredentialsContext, Statements.BadgesContext));
        return alone;
    }

    /// <summary>A credential before it is signed. It names the recipient and holds neither account nor address of them.</summary>
    public JsonObject Credential(Guid id, Guid subject, string name, JsonObject achievement, Merit merit, RunTerm run, (int Number, int Index) place, DateTimeOffset now) => In(run.Language, () =>
    {
        var address = site.Link(CredentialLinks.Credential(id));
        var list = site.Link(CredentialLinks.Status(place.Number));
        var who = new JsonObject
        {
            ["id"] = $"urn:uuid:{subject:D}",
            ["type"] = new JsonArray("AchievementSubject"),
            ["identifier"] = new JsonArray(new JsonObject { ["type"] = "IdentityObject", ["hashed"] = false, ["identityHash"] = Plain(name), ["identityType"] = "name" }),
            ["achievement"] = achievement.DeepClone(),
        };
        if (merit.Grade is { } grade)
            who["result"] = new JsonArray(new JsonObject
            {
                ["id"] = address + "#result",
                ["type"] = new JsonArray("Result"),
                ["resultDescription"] = achievement["resultDescription"]![0]!["id"]!.GetValue<string>(),
                ["value"] = (grade / 100m).ToString("0.##", CultureInfo.InvariantCulture),
            });
        return new JsonObject
        {
            ["@context"] = new JsonArray(Statements.CredentialsContext, Statements.BadgesContext),
            ["id"] = address,
            ["type"] = new JsonArray("VerifiableCredential", "OpenBadgeCredential"),
            ["name"] = achievement["name"]!.GetValue<string>(),
            ["issuer"] = Profile(),
            ["validFrom"] = Instant(now),
            ["credentialSubject"] = who,
            ["evidence"] = new JsonArray(new JsonObject
            {
                ["id"] = address + "#evidence",
                ["type"] = new JsonArray("Evidence"),
                ["name"] = text["The run of the course"].Value,
                ["narrative"] = text["Completed on {0}, in the run from {1} to {2}.", Day(merit.At), Day(run.Start), Day(run.End)].Value,
            }),
            ["credentialStatus"] = new JsonObject
            {
                ["id"] = $"{list}#{place.Index}",
                ["type"] = "BitstringStatusListEntry",
                ["statusPurpose"] = "revocation",
                ["statusListIndex"] = place.Index.ToString(CultureInfo.InvariantCulture),
                ["statusListCredential"] = list,
            },
        };
    });

    /// <summary>A status list before it is signed.</summary>
    public JsonObject StatusList(StatusList list, string encoded)
    {
        var address = site.Link(CredentialLinks.Status(list.Number));
        return new JsonObject
        {
            ["@context"] = new JsonArray(Statements.CredentialsContext),
            ["id"] = address,
            ["type"] = new JsonArray("VerifiableCredential", "BitstringStatusListCredential"),
            ["issuer"] = IssuerId,
            ["validFrom"] = Instant(list.ChangedAt),
            ["credentialSubject"] = new JsonObject { ["id"] = address + "#list", ["type"] = "BitstringStatusList", ["statusPurpose"] = "revocation", ["encodedList"] = encoded },
        };
    }

    /// <summary>The claims of a JWT: the credential itself, and the names that JWT has for some of it.</summary>
    public static JsonObject Claims(JsonObject credential, DateTimeOffset validFrom)
    {
        var claims = (JsonObject)credential.DeepClone();
        claims["iss"] = credential["issuer"] is JsonObject profile ? profile["id"]!.GetValue<string>() : credential["issuer"]!.GetValue<string>();
        claims["jti"] = credential["id"]!.GetValue<string>();
        claims["sub"] = credential["credentialSubject"]!["id"]!.GetValue<string>();
        claims["nbf"] = validFrom.ToUnixTimeSeconds();
        return claims;
    }

    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private JsonObject Profile() => new()
    {
        ["id"] = IssuerId,
        ["type"] = new JsonArray("Profile"),
        ["name"] = Plain(site.Name),
        ["url"] = site.Link("/"),
    };

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.CurrentUICulture);

    // Control characters are written in different ways by different libraries, so none may be in what is signed; half a character is none.
    private static string Plain(string given) =>
        string.Concat(given.EnumerateRunes().Select(r => Rune.IsControl(r) ? new Rune(' ') : r)).Trim();

    private static T In<T>(string language, Func<T> write)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        var culture = CultureInfo.GetCultureInfo(Words.Languages.Contains(language) ? language : Words.Languages[0]);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
        try
        {
            return write();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }
}
