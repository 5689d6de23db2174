using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Host.Accounts;
using MoocPlatform.Host.Web;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Features.Preferences;

/// <summary>
/// Language and theme, kept in cookies so that the server renders them. The menus of a visitor's page post here without an antiforgery
/// token, or no page could be kept for all visitors; other sites are refused before they come here (<see cref="Shields.RefuseForeign"/>).
/// </summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
internal sealed class ChoosePreferencesPage(IAntiforgery antiforgery, MailHabits habits, Site site) : ModulePage
{
    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(string? lang, string? theme, string? back)
    {
        if (MeOrNull is not null)
            await antiforgery.ValidateRequestAsync(HttpContext);

        if (lang is not null && Words.Languages.Contains(lang))
        {
            Keep(Languages.Cookie, lang);
            if (MeOrNull is { } me)
                await habits.Keep(me, lang, zone: null, HttpContext.RequestAborted);
        }

        if (theme is "light" or "dark")
            Keep(Reader.ThemeCookie, theme);
        else if (theme is "system")
            Response.Cookies.Delete(Reader.ThemeCookie);

        return LocalRedirect(Url.IsLocalUrl(back) ? back : "/");
    }

    private void Keep(string name, string value) => Response.Cookies.Append(name, value, new CookieOptions
    {
        MaxAge = TimeSpan.FromDays(365),
        SameSite = SameSiteMode.Lax,
        HttpOnly = true,
        Secure = site.IsHttps,
        IsEssential = true,
    });
}
