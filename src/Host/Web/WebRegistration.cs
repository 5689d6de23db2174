using System.IO.Compression;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.WebEncoders;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Web;

/// <summary>How the web is met: limits, cookies, compression, the order of what a request passes.</summary>
internal static class WebRegistration
{
    private const int LargestMessage = 16 * 1024;

    public static void AddWeb(this WebApplicationBuilder builder, Site site)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        services.AddSingleton(site);
        services.AddSingleton<Shields>();
        services.AddSingleton<Health>();
        services.AddHostedService<Farewell>();
        services.AddLanguages();
        services.AddSiteFiles();
        services.AddBrakes(configuration);
        services.Configure<HostOptions>(o => o.ShutdownTimeout = Farewell.ToFinish);

        builder.WebHost.ConfigureKestrel(o =>
        {
            o.AddServerHeader = false;
            o.Limits.MaxConcurrentConnections = o.Limits.MaxConcurrentUpgradedConnections = 12_000;
            o.Limits.MaxRequestBodySize = 1 << 20; // pages that take files ask for more with [RequestSizeLimit]
            o.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            o.Limits.MaxRequestHeaderCount = 64;
            o.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            o.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        });
        services.Configure<FormOptions>(o =>
        {
            o.ValueCountLimit = 512;
            o.ValueLengthLimit = 256 * 1024;
            o.MultipartBodyLengthLimit = 20 << 20;
        });

        var secure = site.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        services.Configure<AntiforgeryOptions>(o =>
        {
            (o.Cookie.Name, o.Cookie.SameSite, o.Cookie.SecurePolicy) = (site.Cookie("form"), SameSiteMode.Strict, secure);
            o.SuppressXFrameOptionsHeader = true; // ours is stricter
        });
        services.Configure<CookieTempDataProviderOptions>(o => (o.Cookie.Name, o.Cookie.SecurePolicy) = (site.Cookie("told"), secure));

        // Letters with accents stay letters in the markup: shorter, and readable. What HTML needs escaped is escaped as before.
        services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));

        // Compression beside secrets can betray them (BREACH). The secret in our pages is the antiforgery token, and the framework masks
        // it anew in each response, so that it never compresses the same way twice.
        services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true;
            o.Providers.Add<BrotliCompressionProvider>();
            o.Providers.Add<GzipCompressionProvider>();
            o.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/atom+xml", "text/calendar", "text/markdown"];
        });
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);

        services.AddSingleton<KeptPages>();
        services.AddOutputCache();
        services.AddOptions<OutputCacheOptions>().Configure<KeptPages>((o, pages) => o.AddBasePolicy(pages));
        services.AddPagesForMany();

        services.AddSingleton<LiveGuard>();
        services.AddSingleton<HubLifetimeManager<LiveHub>, LiveGroups>();
        services.AddSignalR(o =>
        {
            o.MaximumReceiveMessageSize = LargestMessage;
            o.HandshakeTimeout = TimeSpan.FromSeconds(5);
            o.MaximumParallelInvocationsPerClient = 1;
            o.EnableDetailedErrors = false;
            o.AddFilter<LiveGuard>();
        });

        Proxies(services, configuration);
        if (builder.Environment.IsProduction())
            builder.Logging.ClearProviders().AddJsonConsole(o => (o.IncludeScopes, o.UseUtcTimestamp, o.TimestampFormat) = (true, true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
    }

    /// <summary>Everything a request passes before its endpoint, in this order.</summary>
    public static void UseWeb(this WebApplication app)
    {
        var shields = app.Services.GetRequiredService<Shields>();
        if (app.Configuration["Proxy:Known"] is { Length: > 0 })
            app.UseForwardedHeaders();
        app.Use(shields.Wear);
        app.UseSiteFiles();
        app.UseRequestLocalization();
        app.UseMishaps();
        app.Use(shields.RefuseForeign);
        app.UseRouting();
        app.UseOutputCache(); // outside of compression: a kept page is compressed once
        app.UseResponseCompression();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
    }

    public static void MapWeb(this WebApplication app)
    {
        app.MapHub<LiveHub>(LiveHub.Path, o => o.CloseOnAuthenticationExpiration = true).AllowAnonymous();
        Health.Map(app);
        SmallFiles.Map(app);
        app.MapFallback("{*path}", () => Results.StatusCode(StatusCodes.Status404NotFound)).AllowAnonymous();
    }

    // Addresses claimed by X-Forwarded-For count only when they come from a proxy that was named: "10.0.0.5;10.1.0.0/16".
    private static void Proxies(IServiceCollection services, IConfiguration configuration)
    {
        if (configuration["Proxy:Known"] is not { Length: > 0 } known)
            return;
        services.Configure<ForwardedHeadersOptions>(o =>
        {
            o.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            o.ForwardLimit = configuration.GetValue("Proxy:Hops", 1);
            o.KnownProxies.Clear();
            o.KnownIPNetworks.Clear();
            foreach (var proxy in known.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                if (proxy.Contains('/'))
                    o.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
                else
                    o.KnownProxies.Add(IPAddress.Parse(proxy));
        });
    }
}
