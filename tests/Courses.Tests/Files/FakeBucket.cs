using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace MoocPlatform.Courses.Tests.Files;

/// <summary>
/// A bucket on this machine that takes only what is signed as the Amazon S3 API Reference tells. It computes the signature from the request that
/// arrived and the headers that it names, so that it shares nothing with who signed.
/// </summary>
internal sealed class FakeBucket : IAsyncDisposable
{
    public const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    private readonly WebApplication app;

    public FakeBucket()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(Serve);
    }

    public ConcurrentDictionary<string, byte[]> Objects { get; } = new(StringComparer.Ordinal);

    /// <summary>When everything in it was written, as it says.</summary>
    public DateTimeOffset WrittenAt { get; set; } = new(2026, 11, 2, 10, 0, 0, TimeSpan.Zero);

    /// <summary>What was asked: method, path, range.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>What was refused for its signature.</summary>
    public int Refused { get; private set; }

    public string Address => app.Urls.Single();

    public Task Start() => app.StartAsync();

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    /// <summary>The signature of a request: "Signature Calculations for the Authorization Header" of the reference.</summary>
    /// <param name="headers">Those that are signed, names in small letters.</param>
    public static string Sign(string method, string target, IReadOnlyDictionary<string, string> headers, string region, string secret)
    {
        var (path, query) = target.Split('?') is [var before, var after] ? (before, after) : (target, "");
        var names = headers.Keys.Order(StringComparer.Ordinal).ToList();
        var canonical = new StringBuilder().Append(method).Append('\n').Append(path).Append('\n').AppendJoin('&', query.Split('&').Order(StringComparer.Ordinal)).Append('\n');
        foreach (var name in names)
            canonical.Append(name).Append(':').Append(headers[name].Trim()).Append('\n');
        canonical.Append('\n').AppendJoin(';', names).Append('\n').Append(headers["x-amz-content-sha256"]);
        var (moment, day) = (headers["x-amz-date"], headers["x-amz-date"][..8]);
        var key = Encoding.UTF8.GetBytes("AWS4" + secret);
        foreach (var part in (string[])[day, region, "s3", "aws4_request"])
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        var text = $"AWS4-HMAC-SHA256\n{moment}\n{day}/{region}/s3/aws4_request\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())))}";
        return Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }

    private async Task Serve(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        Asked.Enqueue($"{request.Method} {request.Path} {request.Headers.Range}".TrimEnd());
        if (!IsSigned(request, body.ToArray()))
        {
            Refused++;
            response.StatusCode = 403;
            return;
        }

        var key = request.Path.Value!;
        switch (request.Method)
        {
            case "PUT" when request.Headers["x-amz-copy-source"].ToString() is { Length: > 0 } source:
                if (Objects.TryGetValue(Uri.UnescapeDataString(source), out var copied))
                    Objects[key] = copied;
                else
                    response.StatusCode = 404;
                break;
            case "PUT":
                Objects[key] = body.ToArray();
                break;
            case "DELETE":
                Objects.TryRemove(key, out _);
                response.StatusCode = 204;
                break;
            case "GET" when request.Query["list-type"] == "2":
                await response.WriteAsync(List(request.Query["prefix"].ToString(), request.Query["continuation-token"].ToString()));
                break;
            case "GET" or "HEAD" when Objects.TryGetValue(key, out var bytes):
                var from = request.Headers.Range.ToString() is { Length: > 0 } range ? int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture) : 0;
                response.StatusCode = from > 0 ? 206 : 200;
                response.ContentLength = bytes.Length - from;
                if (request.Method == "GET")
                    await response.Body.WriteAsync(bytes.AsMemory(from));
                break;
            default:
                response.StatusCode = 404;
                break;
        }
    }

    // Two at a time, and a token with signs that must be encoded.
    private string List(string prefix, string token)
    {
        const string Continued = "on+/=";
        var left = Objects.Keys.Select(k => k["/courses/".Length..]).Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .SkipWhile(k => token.Length > 0 && string.CompareOrdinal(k, token[Continued.Length..]) <= 0).ToList();
        var some = left.Take(2).Select(k => $"<Contents><Key>{k}</Key><LastModified>{WrittenAt:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}</LastModified></Contents>");
        var more = left.Count > 2 ? $"<IsTruncated>true</IsTruncated><NextContinuationToken>{Continued}{left[1]}</NextContinuationToken>" : "<IsTruncated>false</IsTruncated>";
        return $"<?xml version=\"1.0\"?><ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">{string.Concat(some)}{more}</ListBucketResult>";
    }

    private static bool IsSigned(HttpRequest request, byte[] body)
    {
        var parts = request.Headers.Authorization.ToString().Replace("AWS4-HMAC-SHA256 ", "", StringComparison.Ordinal).Split(',')
            .Select(p => p.Split('=', 2)).Where(p => p.Length == 2).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
        if (!parts.TryGetValue("SignedHeaders", out var signed) || request.Headers["x-amz-content-sha256"] != Hex(SHA256.HashData(body)))
            return false;
        var headers = signed.Split(';').ToDictionary(n => n, n => request.Headers[n].ToString(), StringComparer.Ordinal);
        return parts["Signature"] == Sign(request.Method, request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget, headers, "eu-central-1", Secret) && parts["Credential"].StartsWith("AKIAIOSFODNN7EXAMPLE/", StringComparison.Ordinal);
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
