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

    /// <summary>When an item counts as done.</summary>
    public static string Rule(IStringLocalizer text, CompletionRule rule) => rule switch
    {
        CompletionRule.Viewed => text["when the learner opens it"],
        CompletionRule.Marked => text["when the learner marks it complete"],
        CompletionRule.Taken => text["when the learner has taken it"],
        _ => text["when the learner has passed it"],
    };

    /// <summary>"opens on day 8 at 08:00".</summary>
    public static string Release(IStringLocalizer text, Offset release) => release == new Offset(0, TimeOnly.MinValue)
        ? text["opens with the run"]
        : text["opens on day {0} at {1}", release.Days + 1, release.Time.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)];

    /// <summary>"due on day 28 at 23:59".</summary>
    public static string Due(IStringLocalizer text, Offset due) => text["due on day {0} at {1}", due.Days + 1, due.Time.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)];

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
