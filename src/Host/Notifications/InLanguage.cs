using System.Globalization;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Notifications;

/// <summary>Words in the language of a reader, or of the course where that is not known.</summary>
internal static class InLanguage
{
    public static T Of<T>(Recipient to, RunTerm run, Func<T> write)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        var culture = CultureInfo.GetCultureInfo(Known(to.Language) ?? Known(run.Language) ?? Words.Languages[0]);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
        try
        {
            return write();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    private static string? Known(string? language) => language is not null && Words.Languages.Contains(language) ? language : null;
}
