using MoocPlatform.Courses.Contracts;
using MoocPlatform.Markup;

namespace MoocPlatform.Courses.Domain;

/// <summary>Something the team tells the learners of a run. It was sent by mail: it is not changed afterwards.</summary>
internal sealed class Announcement
{
    public const int LongestTitle = 160;
    public const int LongestText = 20_000;

    /// <summary>Made by the form: a double click announces once.</summary>
    public Guid Id { get; init; }

    public Guid RunId { get; init; }

    public Guid AuthorId { get; init; }

    public string Title { get; init; } = "";

    public string Markdown { get; init; } = "";

    /// <summary>Rendered at save.</summary>
    public string Html { get; init; } = "";

    public DateTimeOffset At { get; init; }

    /// <summary>Announces in a run, which shows the newest on each of its pages.</summary>
    public static Announcement In(Run run, Course course, Guid id, Guid authorId, string title, string markdown, DateTimeOffset now)
    {
        (run.AnnouncementId, run.AnnouncementTitle, run.AnnouncedAt) = (id, title, now);
        var html = MarkdownRenderer.Render(markdown, CourseMarkup.Options(course.Id, course.Language) with { For = MarkupFor.Post }).Html;
        return new() { Id = id, RunId = run.Id, AuthorId = authorId, Title = title, Markdown = markdown, Html = html, At = now };
    }

    public AnnouncementText AsText() => new(Id, RunId, Title, Markdown, At);
}
