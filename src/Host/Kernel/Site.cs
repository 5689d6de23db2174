using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace MoocPlatform.Kernel;

/// <summary>What the site is called and where it stands; settings under <c>Site:</c>.</summary>
/// <param name="Name">Shown in the header, titles and mails.</param>
/// <param name="Address">The one public address, without a slash at the end: every absolute link starts with it, whatever a request claims.</param>
/// <param name="Contact">Mail address of the people who run the site, or null.</param>
/// <param name="Source">Where its source code is, or null.</param>
public sealed record Site(string Name, Uri Address, string? Contact, Uri? Source)
{
    /// <summary>Whether browsers reach the site by https: then cookies are Secure and carry the <c>__Host-</c> prefix.</summary>
    public bool IsHttps => Address.Scheme == Uri.UriSchemeHttps;

    /// <summary>The absolute address of a path that starts with a slash.</summary>
    public string Link(string path) => Address.GetLeftPart(UriPartial.Authority) + path;

    /// <summary>The name of a cookie: bound to this very host when the site is on https.</summary>
    public string Cookie(string name) => IsHttps ? "__Host-" + name : name;

    /// <summary>Reads the settings. In Production an address must have been given, and plain http only serves this machine.</summary>
    public static Site From(IConfiguration configuration, IHostEnvironment environment)
    {
        var given = configuration["Site:Address"];
        if (!Uri.TryCreate(given ?? (environment.IsProduction() ? null : "http://localhost:5080"), UriKind.Absolute, out var address)
            || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp) || address.PathAndQuery != "/")
            throw new SettingMissing("Site:Address must be the public address of the site, such as https://learn.example.org. "
                + "Set it in appsettings.Production.json or as the environment variable Site__Address.");
        if (environment.IsProduction() && address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback)
            throw new SettingMissing($"Site:Address is {given}: in Production it must start with https://, or passwords would travel in the clear.");

        return new Site(
            configuration["Site:Name"] is { Length: > 0 } name ? name : "MoocPlatform",
            address,
            configuration["Site:Contact"] is { Length: > 0 } contact ? contact : null,
            Uri.TryCreate(configuration["Site:Source"], UriKind.Absolute, out var source) ? source : null);
    }
}

/// <summary>The process cannot start with these settings; the message says which one and how to set it.</summary>
public sealed class SettingMissing(string message) : Exception(message);
