using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using MoocPlatform.Host.Web;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Accounts;

/// <summary>Knows again the browsers in which a person has signed in before: by a sealed cookie that only counts tries apart.</summary>
internal sealed class KnownDevice(IHttpContextAccessor http, IDataProtectionProvider protection, TimeProvider clock, Site site)
{
    private readonly IDataProtector protector = protection.CreateProtector("known-device");
    private readonly string cookie = site.Cookie("device");

    /// <summary>The name of this browser if the owner of the address has signed in here before; null: unknown.</summary>
    public string? Of(string mail)
    {
        if (http.HttpContext?.Request.Cookies[cookie] is not { Length: < 1024 } kept)
            return null;
        try
        {
            var parts = Encoding.UTF8.GetString(protector.Unprotect(WebEncoders.Base64UrlDecode(kept))).Split('\n');
            return parts is [var device, var owner] && owner == Owner(mail) ? device : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Remembers this browser for half a year.</summary>
    public void Remember(string mail)
    {
        var device = Of(mail) ?? $"device-{clock.NewKey():N}";
        http.HttpContext!.Response.Cookies.Append(cookie, WebEncoders.Base64UrlEncode(protector.Protect(Encoding.UTF8.GetBytes($"{device}\n{Owner(mail)}"))),
            new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = site.IsHttps, MaxAge = TimeSpan.FromDays(180), Path = "/", IsEssential = true });
    }

    private static string Owner(string mail) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mail.ToUpperInvariant())));
}
