using System.Globalization;
using Microsoft.Extensions.Localization;

namespace MoocPlatform.Kernel;

/// <summary>
/// Texts in the reader's language. English is the key; a module's other languages stand in its Resources/Text.ro.resx and Text.it.resx.
/// </summary>
public static class Words
{
    /// <summary>The languages of the interface, English first.</summary>
    public static readonly IReadOnlyList<string> Languages = ["en", "ro", "it"];

    /// <summary>
    /// A text that counts. The key holds the English forms, one|other: <c>"1 reply|{0} replies"</c>; a translation holds the forms of
    /// its language in the order of CLDR: Italian one|other, Romanian one|few|other.
    /// </summary>
    public static string Count(this IStringLocalizer text, string forms, long count)
    {
        var all = text[forms].Value.Split('|');
        return string.Format(CultureInfo.CurrentCulture, all[Math.Min(Form(count), all.Length - 1)], count);
    }

    // CLDR plural rules, cardinal numbers, for the three languages we speak.
    private static int Form(long n) => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName switch
    {
        "ro" => n == 1 ? 0 : n == 0 || n % 100 is >= 1 and <= 19 ? 1 : 2,
        _ => n == 1 ? 0 : 1,
    };

    /// <summary>A duration of so many minutes: "2 h 40 min".</summary>
    public static string Minutes(int minutes) => (minutes / 60, minutes % 60) switch
    {
        (0, var m) => $"{m} min",
        (var h, 0) => $"{h} h",
        var (h, m) => $"{h} h {m} min",
    };
}
