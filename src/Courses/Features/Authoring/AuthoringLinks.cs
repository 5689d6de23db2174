using MoocPlatform.Courses.Contracts;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>Addresses of a course's workshop.</summary>
internal static class AuthoringLinks
{
    public static string Facts(string course) => $"{CourseLinks.Teach(course)}/facts";

    public static string Section(string course, Guid section) => $"{CourseLinks.Teach(course)}/sections/{section:N}";

    public static string Item(string course, string item) => CourseLinks.TeachItem(course, item);

    public static string DeleteItem(string course, string item) => $"{Item(course, item)}/delete";

    /// <summary>Every saved text of an item.</summary>
    public static string History(string course, string item) => $"{Item(course, item)}/history";

    /// <summary>What was changed from one saved text to another.</summary>
    /// <param name="from">Null: the one before.</param>
    public static string Changes(string course, string item, int to, int? from = null) => $"{History(course, item)}/changes?to={to}" + (from is null ? "" : $"&from={from}");

    public static string Preview(string course) => $"{CourseLinks.Teach(course)}/preview";

    public static string Check(string course) => $"{CourseLinks.Teach(course)}/check";

    public static string NewRun(string course) => $"{CourseLinks.Teach(course)}/runs/new";

    public static string Run(string course, string run) => $"{CourseLinks.Teach(course)}/runs/{run}";

    /// <summary>A new run with the dates of this one, moved.</summary>
    public static string RunAgain(string course, string run) => $"{NewRun(course)}?from={run}";

    public static string Announce(string course, string run) => $"{Run(course, run)}/announce";

    public static string ArchiveRun(string course, string run) => $"{Run(course, run)}/archive";

    public static string CancelRun(string course, string run) => $"{Run(course, run)}/cancel";

    public static string CloseRun(string course, string run) => $"{Run(course, run)}/close";

    /// <summary>Where a folder is brought.</summary>
    /// <param name="course">The course that it brings up to date; null: a new one.</param>
    public static string BringFolder(string? course) => course is null ? "/teach/import" : $"/teach/import/{course}";

    public static string Import(Guid key) => $"/teach/imports/{key:N}";
}
