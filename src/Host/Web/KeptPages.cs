using System.Globalization;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Web;

/// <summary>Which answers are kept for visitors: pages marked <see cref="KeptForVisitorsAttribute"/>, as they leave, compressed.</summary>
internal sealed class KeptPages(Site site, IConfiguration configuration) : IOutputCachePolicy
{
    private static readonly string[] Forms = ["br", "gzip"];

    private readonly TimeSpan kept = TimeSpan.FromSeconds(configuration.GetValue("Pages:KeptFor", 1.0));
    private readonly string session = site.Cookie("session");
    private readonly string told = site.Cookie("told");

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var request = context.HttpContext.Request;
        if (kept <= TimeSpan.Zero || !HttpMethods.IsGet(request.Method) || request.Cookies.ContainsKey(session) || request.Cookies.ContainsKey(told)
            || context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<KeptForVisitorsAttribute>() is null)
            return ValueTask.CompletedTask;

        context.EnableOutputCaching = context.AllowCacheLookup = context.AllowCacheStorage = context.AllowLocking = true;
        context.ResponseExpirationTimeSpan = kept;
        context.Tags.Add(KeptForVisitorsAttribute.Tag);
        var vary = context.CacheVaryByRules;
        vary.QueryKeys = "*";
        vary.VaryByValues["language"] = CultureInfo.CurrentUICulture.Name;
        vary.VaryByValues["theme"] = Short(request.Cookies[Reader.ThemeCookie]);
        vary.VaryByValues["zone"] = Short(request.Cookies[Reader.ZoneCookie]);
        vary.VaryByValues["form"] = (request.Headers.AcceptEncoding = Form(request.Headers.AcceptEncoding)).ToString();
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        // What sets a cookie is for one person.
        var response = context.HttpContext.Response;
        context.AllowCacheStorage &= response.StatusCode == StatusCodes.Status200OK && StringValues.IsNullOrEmpty(response.Headers.SetCookie);
        return ValueTask.CompletedTask;
    }

    private static string Short(string? cookie) => cookie is { Length: <= 64 } ? cookie : "";

    // The form in which the page leaves: the request goes on as if it asked for this one alone, so that what is kept fits everyone who gets it.
    private static string Form(StringValues accepted) => StringWithQualityHeaderValue.TryParseList(accepted, out var forms)
        ? Forms.FirstOrDefault(form => forms.Any(f => f.Quality is not 0 && f.Value.Equals(form, StringComparison.OrdinalIgnoreCase)), "")
        : "";
}
