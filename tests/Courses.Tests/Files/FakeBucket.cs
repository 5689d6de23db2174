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

    /// <summary>What was asked: method, path, range.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>What was refused for its signature.</summary>
    public int Refused { get; private set; }

    public string Address => app.Urls.Single();

    public Task Start() => app.StartAsync();

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    /// <summary>The signature of a request: "Signature Calculations for the Authorization Header" of the reference.</summary>
    /// <param name="headers">Those that are signed, names in small letters.</param>
    public static string Sign(string method, string path, IReadOnlyDictionary<string, string> headers, string region, string secret)
    {
        var names = headers.Keys.Order(StringComparer.Ordinal).ToList();
        var canonical = new StringBuilder().Append(method).Append('\n').Append(path).Append("\n\n");
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

        var key = request.Path.ToString();
        switch (request.Method)
        {
            case "PUT":
                Objects[key] = body.ToArray();
                break;
            case "DELETE":
                Objects.TryRemove(key, out _);
                response.StatusCode = 204;
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
