using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Web;

/// <summary>
/// Before anything else: the right host, the right origin, and the headers that every response carries, files and errors too.
/// </summary>
internal sealed class Shields
{
    private readonly Site site;
    private readonly HashSet<string> hosts;
    private readonly (string Name, StringValues Value)[] headers;

    /// <param name="configuration"><c>Hosts</c>: further names the site is asked by, separated by semicolons (behind a proxy, in a health probe).</param>
    public Shields(Site site, IConfiguration configuration)
    {
        this.site = site;
        hosts = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { site.Address.Host };
        hosts.UnionWith((configuration["Hosts"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        if (site.Address.IsLoopback)
            hosts.UnionWith(["localhost", "127.0.0.1", "[::1]"]);

        // No inline script or style anywhere, so no nonce either. 'self' covers a WebSocket of our own only in newer browsers: it is named as well.
        var socket = $"{(site.IsHttps ? "wss" : "ws")}://{site.Address.Authority}";
        ContentPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            + $"connect-src 'self' {socket}; media-src 'self'; frame-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers =
        [
            (HeaderNames.ContentSecurityPolicy, ContentPolicy),
            (HeaderNames.XContentTypeOptions, "nosniff"),
            (HeaderNames.XFrameOptions, "DENY"),
            ("Referrer-Policy", "strict-origin-when-cross-origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Permissions-Policy", "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()"),
            .. site.IsHttps ? [(HeaderNames.StrictTransportSecurity, "max-age=31536000; includeSubDomains")] : Array.Empty<(string, StringValues)>(),
        ];
    }

    /// <summary>What a page may load and run, everywhere.</summary>
    public string ContentPolicy { get; }

    /// <summary>Sets the headers at the last moment: what clears a response for an error page does not clear these.</summary>
    public Task Wear(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(static state =>
        {
            var (shields, response) = ((Shields, HttpResponse))state;
            foreach (var (name, value) in shields.headers)
                if (!response.Headers.ContainsKey(name)) // an uploaded file brings a stricter policy of its own
                    response.Headers[name] = value;
            if (response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) is true && response.Headers.CacheControl.Count == 0)
                response.Headers.CacheControl = "private, no-cache";
            return Task.CompletedTask;
        }, (this, context.Response));

        // A proxy in front may speak plain http to us; what counts is how the browser came. Cookies, links and origins follow the one address.
        if (site.IsHttps)
            context.Request.Scheme = Uri.UriSchemeHttps;
        if (hosts.Contains(context.Request.Host.Host))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return context.Response.WriteAsync("No such site here.", context.RequestAborted);
    }

    /// <summary>
    /// Refuses what another site's page makes a browser send: every unsafe method, and the hub, where a browser asks for no permission.
    /// A client that is no browser sends neither header and is stopped by the antiforgery token.
    /// </summary>
    public Task RefuseForeign(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var isSafe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null // the page that says so
            || (isSafe && !request.Path.StartsWithSegments(LiveHub.Path, StringComparison.OrdinalIgnoreCase))
            || !IsForeign(request))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private bool IsForeign(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none")
        || (request.Headers.Origin.ToString() is { Length: > 0 } origin
            && origin != site.Link("") && origin != $"{request.Scheme}://{request.Host}");
}
