using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace MoocPlatform.Host.Web;

/// <summary>
/// The files of wwwroot, a few megabytes, kept in memory with their compressed forms: those that the front-end build wrote beside them
/// (.br, .gz), or else our own. An address with <c>?v=hash</c>, and a file that has its hash in its name, may be kept by browsers for ever,
/// another one asks again with its ETag.
/// </summary>
internal sealed partial class SiteFiles(IWebHostEnvironment environment) : IFileVersionProvider
{
    private const string Forever = "public, max-age=31536000, immutable";

    private static readonly FileExtensionContentTypeProvider ContentTypes = new();
    private readonly string root = Path.GetFullPath(environment.WebRootPath ?? "wwwroot") + Path.DirectorySeparatorChar;
    private readonly ConcurrentDictionary<string, SiteFile> kept = new(StringComparer.Ordinal);

    /// <summary>The address with the version of the file's content, or as it was when there is no such file.</summary>
    public string AddFileVersionToPath(PathString requestPathBase, string path)
    {
        if (Find(path) is { } file)
            return $"{path}?v={file.Version}";
        // The front end was not built: the style sheet as it was written serves as well.
        return path == "/dist/design.css" ? AddFileVersionToPath(requestPathBase, "/design.css") : path;
    }

    public async Task Serve(HttpContext context, RequestDelegate next)
    {
        var (request, response) = (context.Request, context.Response);
        if (!(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) || Find(request.Path.Value!) is not { } file)
        {
            await next(context);
            return;
        }

        var (content, encoding) = file.For(request.Headers.AcceptEncoding);
        var tag = new EntityTagHeaderValue($"\"{file.Version}{encoding}\"");
        var headers = response.GetTypedHeaders();
        headers.ETag = tag;
        response.Headers.CacheControl = file.NeverChanges || request.Query["v"] == file.Version ? Forever : "no-cache";
        if (file.HasForms)
            response.Headers.Vary = HeaderNames.AcceptEncoding;

        if (request.GetTypedHeaders().IfNoneMatch.Any(t => t.Compare(tag, useStrongComparison: false) || t.Equals(EntityTagHeaderValue.Any)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = file.ContentType;
        response.ContentLength = content.Length;
        if (encoding.Length > 0)
            response.Headers.ContentEncoding = encoding;
        if (HttpMethods.IsGet(request.Method))
            await response.Body.WriteAsync(content, context.RequestAborted);
    }

    private SiteFile? Find(string path)
    {
        if (kept.TryGetValue(path, out var file) && Environment.TickCount64 < file.LookAgainAt)
            return file;
        if (path.Length < 2 || path[^1] == '/' || path.Contains("..", StringComparison.Ordinal) || path.Contains('\0')
            || !ContentTypes.TryGetContentType(path, out var type) || path.EndsWith(".gz", StringComparison.Ordinal))
            return null;
        var full = Path.GetFullPath(Path.Join(root, path));
        if (!full.StartsWith(root, StringComparison.Ordinal))
            return null;

        var info = new FileInfo(full);
        if (!info.Exists)
            return null;
        file = file?.Changed == info.LastWriteTimeUtc ? file with { LookAgainAt = Soon } : SiteFile.Read(info, type);
        return kept[path] = file;
    }

    /// <summary>A part of the scripts, as esbuild names it: by its content.</summary>
    [GeneratedRegex("-[A-Z0-9]{8}\\.js$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Chunk();

    // A page names some twenty icons: the disk is asked at most once a second for each file.
    private static long Soon => Environment.TickCount64 + 1000;

    private sealed record SiteFile(long LookAgainAt, DateTime Changed, string ContentType, string Version, byte[] Plain, byte[]? Brotli, byte[]? Gzip, bool NeverChanges)
    {
        public bool HasForms => Brotli is not null;

        public static SiteFile Read(FileInfo info, string type)
        {
            var plain = File.ReadAllBytes(info.FullName);
            var isText = type.StartsWith("text/", StringComparison.Ordinal) || type is "image/svg+xml" or "application/json" or "application/manifest+json";
            return new SiteFile(
                Soon,
                info.LastWriteTimeUtc,
                isText ? type + "; charset=utf-8" : type,
                Convert.ToHexStringLower(SHA256.HashData(plain))[..16],
                plain,
                isText ? Form(info, ".br", plain, s => new BrotliStream(s, CompressionLevel.SmallestSize)) : null,
                isText ? Form(info, ".gz", plain, s => new GZipStream(s, CompressionLevel.SmallestSize)) : null,
                NeverChanges: info.Extension == ".woff2" || Chunk().IsMatch(info.Name));
        }

        // A form written by the build is taken when it is not older than the file itself.
        private static byte[] Form(FileInfo info, string ending, byte[] plain, Func<Stream, Stream> compress)
        {
            var made = new FileInfo(info.FullName + ending);
            if (made.Exists && made.LastWriteTimeUtc >= info.LastWriteTimeUtc.AddSeconds(-2))
                return File.ReadAllBytes(made.FullName);
            using var memory = new MemoryStream();
            using (var stream = compress(memory))
                stream.Write(plain);
            return memory.ToArray();
        }

        public (byte[] Content, string Encoding) For(StringValues accepted) =>
            Accepts(accepted, "br") && Brotli is not null ? (Brotli, "br") : Accepts(accepted, "gzip") && Gzip is not null ? (Gzip, "gzip") : (Plain, "");

        private static bool Accepts(StringValues accepted, string encoding) =>
            StringWithQualityHeaderValue.TryParseList(accepted, out var list) && list.Any(e => e.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && e.Quality is not 0);
    }
}

/// <summary>Wiring of <see cref="SiteFiles"/>.</summary>
internal static class SiteFilesExtensions
{
    public static IServiceCollection AddSiteFiles(this IServiceCollection services) =>
        services.AddSingleton<SiteFiles>().AddSingleton<IFileVersionProvider>(p => p.GetRequiredService<SiteFiles>());

    public static void UseSiteFiles(this IApplicationBuilder app)
    {
        var files = app.ApplicationServices.GetRequiredService<SiteFiles>();
        app.Use(files.Serve);
    }
}
