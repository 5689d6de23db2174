using System.Globalization;
using Microsoft.Extensions.Localization;

namespace MoocPlatform.Courses.Features.Assets;

/// <summary>What the pages say about files.</summary>
internal static class FileWords
{
    /// <summary>"312 KB", "4.2 MB": units of 1,024.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1 << 10 => string.Create(CultureInfo.CurrentUICulture, $"{bytes} B"),
        < 1 << 20 => string.Create(CultureInfo.CurrentUICulture, $"{(bytes + 512) >> 10} KB"),
        _ => string.Create(CultureInfo.CurrentUICulture, $"{bytes / (double)(1 << 20):0.#} MB"),
    };

    public static string User(IStringLocalizer text, FileUser user) => user switch
    {
        FileUser.Lesson => text["Lesson"],
        FileUser.Quiz => text["Quiz"],
        FileUser.CoursePage => text["Course page"],
        _ => text["Announcement"],
    };
}
