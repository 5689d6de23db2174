using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using MoocPlatform.Courses.Persistence;

namespace MoocPlatform.Courses.Features.Files;

/// <summary>
/// Serves the files of courses to everyone. They were written by people: nothing in them may run in our name, so each comes in a sandbox
/// of its own, with its type fixed, and all but pictures as a download.
/// </summary>
internal static class AssetFiles
{
    private const string Sandbox = "sandbox; default-src 'none'; style-src 'unsafe-inline'";

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/assets/{courseId:guid}/{**name}", Serve).AllowAnonymous().WithDisplayName("Files of a course");

    private static async Task<IResult> Serve(Guid courseId, string name, HttpContext http, Shelf shelf, AssetStore store, CancellationToken ct)
    {
        if (await shelf.Course(courseId, ct) is not { } book || !book.Assets.TryGetValue(name, out var asset) || !(book.IsPublic || book.IsTeam(http.User)))
            return Results.NotFound();

        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Sandbox;
        headers.XContentTypeOptions = "nosniff";
        // An address with the right version never changes its bytes; without it a browser asks each time and mostly hears 304.
        var pinned = http.Request.Query["v"].ToString() is { Length: >= 12 } v && asset.Hash.StartsWith(v, StringComparison.Ordinal);
        headers.CacheControl = (book.IsPublic ? "public" : "private") + (pinned ? ", max-age=31536000, immutable" : ", no-cache");

        var (type, download, tag) = (asset.ContentType, asset.IsPicture ? null : Path.GetFileName(asset.Name), new EntityTagHeaderValue($"\"{asset.Hash[..32]}\""));
        return store.FileOf(asset.Hash) is { } path
            ? Results.File(path, type, download, lastModified: null, tag, enableRangeProcessing: true)
            : Results.File(store.Open(asset.Hash, asset.Length), type, download, lastModified: null, tag, enableRangeProcessing: true);
    }
}
