using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Shared;

/// <summary>Sentences that several pages of a course say.</summary>
internal static class ReadingWords
{
    /// <summary>A title's language when it is not the one of the page, for its <c>lang</c> attribute.</summary>
    public static string? Foreign(string language) =>
        string.Equals(language, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, StringComparison.OrdinalIgnoreCase) ? null : language;

    /// <summary>"Week 3" where every section is a week, else "Part 3".</summary>
    public static string Part(this IStringLocalizer text, Course course, int sections, int number) =>
        text[sections == course.Weeks ? "Week {0}" : "Part {0}", number];

    /// <summary>"Ioana Marin, Luca Ferrante and Amina Diallo".</summary>
    public static string Names(this IStringLocalizer text, IReadOnlyList<string> names) => names.Count switch
    {
        0 => "",
        1 => names[0],
        _ => text["{0} and {1}", string.Join(", ", names.SkipLast(1)), names[^1]],
    };

    /// <summary>What a licence lets one do, in one sentence.</summary>
    public static string Freedoms(this IStringLocalizer text, Licence licence) => text[licence.Freedom switch
    {
        Freedom.Anything => "You may use it for anything, without asking and without naming anyone.",
        Freedom.Adapt => "You may keep, copy, translate, change and share it, even commercially, if you credit the authors.",
        Freedom.AdaptAlike => "You may keep, copy, translate, change and share it, even commercially, if you credit the authors and share what you make under the same licence.",
        Freedom.AdaptWithoutTrade => "You may keep, copy, translate, change and share it without commercial use, if you credit the authors.",
        Freedom.ShareOnly => "You may keep, copy and share it unchanged, even commercially, if you credit the authors.",
        Freedom.ShareWithoutTrade => "You may keep, copy and share it unchanged and without commercial use, if you credit the authors.",
        _ => "You may read it here. For anything else ask the authors.",
    }];

    /// <summary>The licence's page for people, in the reader's language where it speaks it.</summary>
    public static string? Deed(Licence licence) =>
        licence.Address is { } address ? address + "deed." + CultureInfo.CurrentUICulture.TwoLetterISOLanguageName : null;

    /// <summary>"3,214 learners"; small numbers are not told.</summary>
    public static string? Learners(this IStringLocalizer text, int count) => count switch
    {
        0 => null,
        < 5 => text["Fewer than 5 learners"],
        _ => text.Count("1 learner|{0:N0} learners", count),
    };

    /// <summary>Where a run stands, in a few words for a tag.</summary>
    public static string State(this IStringLocalizer text, RunTerm run, Course course, Reader reader) => run.StateAt(reader.Now) switch
    {
        RunState.Draft => text["Draft"],
        RunState.Announced => text["Starts {0}", reader.Day(run.Start, run.Zone)],
        RunState.Running when WeekOf(run, reader.Now) is var week && week <= course.Weeks && run.TakesLearners(reader.Now) => text["Open now, week {0} of {1}", week, course.Weeks],
        RunState.Running when run.TakesLearners(reader.Now) => text["Open for enrolment"],
        RunState.Running => text["Under way, enrolment has ended"],
        RunState.Closed => text["Closed, free to read"],
        RunState.Archived when run.Cancelled => text["Cancelled"],
        _ => text["Archived"],
    };

    /// <summary>State words as a tag; without a tone it is a plain one.</summary>
    public static IHtmlContent Tag(string words, string? tone)
    {
        var tag = new TagBuilder("span");
        tag.AddCssClass("tag");
        if (tone is not null)
            tag.Attributes["data-tone"] = tone;
        tag.InnerHtml.Append(words);
        return tag;
    }

    public static string? Tone(RunTerm run, DateTimeOffset now) => run.StateAt(now) switch
    {
        RunState.Running => "positive",
        RunState.Announced => "accent",
        RunState.Draft => "caution",
        _ => null,
    };

    private static int WeekOf(RunTerm run, DateTimeOffset now)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(run.Zone);
        return ((TimeZoneInfo.ConvertTime(now, zone).Date - TimeZoneInfo.ConvertTime(run.Start, zone).Date).Days / 7) + 1;
    }
}
