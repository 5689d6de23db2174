using System.Globalization;
using System.Text;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Web;

/// <summary>What machines ask every site for.</summary>
internal static class SmallFiles
{
    private const string Robots = """
        User-agent: *
        Disallow: /account
        Disallow: /admin
        Disallow: /my
        Disallow: /preferences
        Disallow: /teach
        """;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/robots.txt", (Site site) => Results.Text($"{Robots}\nSitemap: {site.Link("/sitemap.xml")}\n")).AllowAnonymous();
        endpoints.MapGet("/favicon.ico", () => Results.Redirect("/favicon.svg", permanent: true)).AllowAnonymous();
        endpoints.MapGet("/.well-known/security.txt", (Site site, TimeProvider clock) => Results.Text(SecurityText(site, clock.GetUtcNow()))).AllowAnonymous();
    }

    /// <summary>RFC 9116.</summary>
    internal static string SecurityText(Site site, DateTimeOffset now) => new StringBuilder()
        .Append("Contact: ").Append(site.Contact is { } mail ? "mailto:" + mail : site.Link("/about")).Append('\n')
        .Append("Expires: ").Append(now.UtcDateTime.Date.AddDays(180).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)).Append('\n')
        .Append("Preferred-Languages: en, ro, it\n")
        .Append("Canonical: ").Append(site.Link("/.well-known/security.txt")).Append('\n')
        .ToString();
}
