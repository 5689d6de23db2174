using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace MoocPlatform.Enrollment.Features.Credentials;

/// <summary>In which form something is asked for.</summary>
internal enum Form
{
    /// <summary>A page for people.</summary>
    Page,
    Json,

    /// <summary>A compact JWS.</summary>
    Jwt,
}

/// <summary>What software takes of us, from any origin: everything here is public and the same for everyone, unless it is kept private.</summary>
internal static class Representation
{
    public const string Credential = "application/vc+ld+json";

    private const string Sandbox = "sandbox; default-src 'none'; style-src 'unsafe-inline'";

    private static readonly string[] JsonTypes = ["application/vc+ld+json", "application/vc", "application/ld+json", "application/json"];
    private static readonly string[] JwtTypes = ["application/vc+jwt", "application/vc+ld+json+jwt", "application/jwt", "text/plain"];

    /// <summary>The form that is asked for, and its type; of two that are liked as much, the one named first. Who takes anything gets <paramref name="otherwise"/>.</summary>
    public static (Form Form, string Type) Asked(HttpRequest request, Form otherwise)
    {
        request.HttpContext.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        if (MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
            foreach (var one in accepted.Where(a => a.Quality is not 0).OrderByDescending(a => a.Quality ?? 1))
            {
                var type = one.MediaType.Value ?? "";
                if (type is "text/html" or "application/xhtml+xml")
                    return (Form.Page, type);
                if (JsonTypes.Contains(type, StringComparer.OrdinalIgnoreCase))
                    return (Form.Json, type);
                if (JwtTypes.Contains(type, StringComparer.OrdinalIgnoreCase))
                    return (Form.Jwt, type);
            }

        return (otherwise, otherwise == Form.Jwt ? JwtTypes[0] : JsonTypes[0]);
    }

    /// <summary>Bytes with their tag, for any origin; a browser asks each time and mostly hears 304.</summary>
    public static IResult Open(HttpContext http, byte[] bytes, string type, string? download = null)
    {
        Headers(http, isPublic: true);
        return Results.File(bytes, Named(type), download, enableRangeProcessing: false, lastModified: null, Tag(bytes));
    }

    /// <summary>The same for its owner alone.</summary>
    public static IResult Private(HttpContext http, byte[] bytes, string type, string? download = null)
    {
        Headers(http, isPublic: false);
        return Results.File(bytes, Named(type), download, enableRangeProcessing: false, lastModified: null, Tag(bytes));
    }

    public static IResult Open(HttpContext http, string text, string type, string? download = null) => Open(http, Encoding.UTF8.GetBytes(text), type, download);

    private static void Headers(HttpContext http, bool isPublic)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = (isPublic ? "public" : "private") + ", no-cache";
        headers.ContentSecurityPolicy = Sandbox;
        if (!isPublic)
            return;
        headers.AccessControlAllowOrigin = "*";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers.AccessControlExposeHeaders = new StringValues(HeaderNames.ETag);
    }

    private static string Named(string type) => type.StartsWith("text/", StringComparison.Ordinal) ? type + "; charset=utf-8" : type;

    private static EntityTagHeaderValue Tag(byte[] bytes) => new($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\"");
}
