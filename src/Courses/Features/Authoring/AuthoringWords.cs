using Microsoft.Extensions.Localization;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>Words that several pages of the workshop use.</summary>
internal static class AuthoringWords
{
    public static string Role(IStringLocalizer text, CourseRole role) => role switch
    {
        CourseRole.Owner => text["Owner"],
        CourseRole.Instructor => text["Instructor"],
        _ => text["Assistant"],
    };

    public static string Kind(IStringLocalizer text, ItemKind kind) => kind == ItemKind.Quiz ? text["Quiz"] : text["Lesson"];

    /// <summary>"opens on day 8 at 08:00".</summary>
    public static string Release(IStringLocalizer text, Offset release) => release == new Offset(0, TimeOnly.MinValue)
        ? text["opens with the run"]
        : text["opens on day {0} at {1}", release.Days + 1, release.Time.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)];

    public static string Pattern(IStringLocalizer text, string pattern) => pattern switch
    {
        "arches" => text["Arches"],
        "leaves" => text["Leaves"],
        "scales" => text["Scales"],
        "stitch" => text["Stitches"],
        "orbit" => text["Orbits"],
        _ => text["Steps of a stair"],
    };

    public static string Hue(IStringLocalizer text, string hue) => hue switch
    {
        "sea" => text["Sea"],
        "leaf" => text["Leaf"],
        "clay" => text["Clay"],
        "plum" => text["Plum"],
        "sky" => text["Sky"],
        _ => text["Sand"],
    };
}
