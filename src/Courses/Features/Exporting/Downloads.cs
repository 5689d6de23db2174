using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Exporting;

/// <summary>
/// Hands out courses as ZIP. The open edition is written once for each state of a course, one at a time, and then served from disk in ranges, so
/// that a rush costs one packing and a slow line can go on where it broke. The team's edition is written for each request and is gone after it.
/// </summary>
internal static class Downloads
{
    private const string Zip = "application/zip";
    private static readonly SemaphoreSlim Packing = new(1);

    /// <summary>Where everyone takes a course away.</summary>
    public static string Address(string course) => $"{CourseLinks.Course(course)}/download";

    /// <summary>Where its team takes all of it away.</summary>
    public static string WholeAddress(string course) => $"{CourseLinks.Teach(course)}/export";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/courses/{course}/download", Open).AllowAnonymous().WithDisplayName("Open edition of a course");
        endpoints.MapGet("/teach/{course}/export", Whole).RequireAuthorization(Policies.SignedIn).WithDisplayName("A course whole, for its team");
    }

    private static async Task<IResult> Open(string course, HttpContext http, Shelf shelf, AssetStore store, CoursePackages packages, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await shelf.BySlug(course, ct) is not { } book || !book.OffersDownload(now))
            return Results.NotFound();
        var state = State(book, now);
        var path = Path.Combine(store.FolderFor("downloads"), $"{book.Course.Id:N}-{state}.zip");
        if (!File.Exists(path))
        {
            await Packing.WaitAsync(ct);
            try
            {
                if (!File.Exists(path) && !await Pack(book, now, path, packages, ct))
                {
                    http.Response.Headers.RetryAfter = "2"; // it is being changed at this moment
                    return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
                }
            }
            finally
            {
                Packing.Release();
            }
        }

        http.Response.Headers.CacheControl = "public, no-cache";
        return Results.File(path, Zip, course + ".zip", lastModified: null, new EntityTagHeaderValue($"\"{state}\""), enableRangeProcessing: true);
    }

    private static async Task<IResult> Whole(string course, HttpContext http, Shelf shelf, CoursePackages packages, CancellationToken ct)
    {
        if (await shelf.BySlug(course, ct) is not { } book || !(http.User.IsAdmin() || (book.Team.TryGetValue(http.User.Id(), out var role) && role >= CourseRole.Instructor))
            || await packages.Whole(book.Course.Id, ct) is not { } package)
            return Results.NotFound();

        // Complete before the first byte leaves: nobody keeps half a course.
        var file = new FileStream(Path.GetTempFileName(), new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous });
        http.Response.RegisterForDisposeAsync(file);
        await package.Zip(file, ct);
        file.Position = 0;
        http.Response.Headers.CacheControl = "private, no-store";
        return Results.File(file, Zip, course + "-whole.zip");
    }

    private static async Task<bool> Pack(Book book, DateTimeOffset now, string path, CoursePackages packages, CancellationToken ct)
    {
        if (await packages.Open(book, now, ct) is not { } package)
            return false;
        var half = path + ".half";
        await using (var file = new FileStream(half, FileMode.Create))
            await package.Zip(file, ct);
        File.Move(half, path, overwrite: true);
        foreach (var old in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, $"{book.Course.Id:N}-*").Where(f => f != path))
        {
            try
            {
                File.Delete(old);
            }
            catch (IOException)
            {
                // Somebody still reads it; the next packing takes it away.
            }
        }

        return true;
    }

    // Changes with the course and with what has been released of it.
    private static string State(Book book, DateTimeOffset now)
    {
        var all = string.Join(' ', book.Released(now).Order());
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..16];
        return string.Create(CultureInfo.InvariantCulture, $"{book.Course.Version}-{hash}");
    }
}
