using Microsoft.AspNetCore.Localization;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Web;

/// <summary>Which language a page is in: the one chosen (a cookie), or else the browser's wish, or else English.</summary>
internal static class Languages
{
    /// <summary>Name of the cookie that holds the chosen language.</summary>
    public const string Cookie = "lang";

    /// <summary>A language in its own words.</summary>
    public static string NameOf(string code) => code switch
    {
        "ro" => "Română",
        "it" => "Italiano",
        _ => "English",
    };

    public static IServiceCollection AddLanguages(this IServiceCollection services) => services.Configure<RequestLocalizationOptions>(o =>
    {
        o.AddSupportedCultures([.. Words.Languages]).AddSupportedUICultures([.. Words.Languages]).SetDefaultCulture(Words.Languages[0]);
        o.ApplyCurrentCultureToResponseHeaders = true;
        o.RequestCultureProviders =
        [
            new CustomRequestCultureProvider(context => Task.FromResult(Chosen(context))),
            new AcceptLanguageHeaderRequestCultureProvider(),
        ];
    });

    private static ProviderCultureResult? Chosen(HttpContext context) =>
        context.Request.Cookies[Cookie] is { } code && Words.Languages.Contains(code) ? new ProviderCultureResult(code) : null;
}
