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
/// What software asks for: credentials to take away, pictures, keys and status lists. Where there is a page for people too, its address
/// answers software as well and sends it on to here.
/// </summary>
internal static class BadgeFiles
{
    public static void MapBadgeFiles(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/credentials/{id:guid}.{form:regex(^(json|jwt|png|svg)$)}", Credential).AllowAnonymous().WithDisplayName("A credential to take away");
        endpoints.MapGet("/achievements/{id:guid}.{form:regex(^(json|png|svg)$)}", Achievement).AllowAnonymous().WithDisplayName("What a badge is given for");
        endpoints.MapGet("/issuer.json", Issuer).AllowAnonymous().WithDisplayName("The issuer of badges");
        endpoints.MapGet("/keys/{id:guid}", Key).AllowAnonymous().WithDisplayName("A public key");
        endpoints.MapGet("/status/{number:int}", Status).AllowAnonymous().WithDisplayName("Which credentials are revoked");
    }

    /// <summary>A credential that the person may see: shared, or their own. Null: to them there is none.</summary>
    public static async Task<Credential?> Visible(this EnrollmentDb db, Guid id, Guid? person, CancellationToken ct) =>
        await db.Credentials.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is { } credential && (credential.SharedAt is not null || credential.PersonId == person) ? credential : null;

    /// <summary>A credential as software takes it.</summary>
    public static IResult Taken(HttpContext http, Credential credential, string text, string type, string? download = null) => credential.SharedAt is null
        ? Representation.Private(http, Encoding.UTF8.GetBytes(text), type, download)
        : Representation.Open(http, text, type, download);

    private static async Task<IResult> Credential(Guid id, string form, HttpContext http, EnrollmentDb db, CancellationToken ct)
    {
        if (await db.Visible(id, http.User.IdOrNull(), ct) is not { } credential)
            return Results.NotFound();
        var name = $"badge-{id:N}.{form}";
        if (form is "json")
            return Taken(http, credential, credential.Json, Representation.Credential, name);
        if (form is "jwt")
            return Taken(http, credential, credential.Jwt, "text/plain", name);

        var achievement = await db.Set<Achievement>().AsNoTracking().SingleAsync(a => a.Id == credential.AchievementId, ct);
        var (bytes, type) = form is "png" ? (Png.Bake(achievement.Png, credential.Jwt), "image/png") : (BakedSvg.Bake(achievement.Svg, credential.Jwt), "image/svg+xml");
        return credential.SharedAt is null ? Representation.Private(http, bytes, type, name) : Representation.Open(http, bytes, type, name);
    }

    private static async Task<IResult> Achievement(Guid id, string form, HttpContext http, EnrollmentDb db, CancellationToken ct) =>
        await db.Set<Achievement>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct) is not { } achievement ? Results.NotFound() : form switch
        {
            "png" => Representation.Open(http, achievement.Png, "image/png"),
            "svg" => Representation.Open(http, achievement.Svg, "image/svg+xml"),
            _ => Representation.Open(http, Json.Text(BadgeText.Alone(achievement)), "application/ld+json"),
        };

    private static async Task<IResult> Issuer(HttpContext http, SigningKeys keys, CancellationToken ct) => Representation.Open(http, Json.Text(await keys.Issuer(ct)), "application/ld+json");

    private static async Task<IResult> Key(Guid id, HttpContext http, EnrollmentDb db, SigningKeys keys, CancellationToken ct) =>
        await db.Set<SigningKey>().AsNoTracking().SingleOrDefaultAsync(k => k.Id == id, ct) is { } key
            ? Representation.Open(http, Json.Text(keys.Public(key)), key.Kind == KeyKind.Rsa ? "application/jwk+json" : "application/json")
            : Results.NotFound();

    private static async Task<IResult> Status(int number, HttpContext http, EnrollmentDb db, CancellationToken ct)
    {
        var (form, type) = Representation.Asked(http.Request, Form.Json);
        if (await db.Set<StatusList>().AsNoTracking().SingleOrDefaultAsync(l => l.Number == number, ct) is not { } list)
            return Results.NotFound();
        return form == Form.Jwt ? Representation.Open(http, list.Jwt, type) : Representation.Open(http, list.Json, form == Form.Page ? "application/json" : type);
    }
}
