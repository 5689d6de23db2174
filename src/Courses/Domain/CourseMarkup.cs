using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;
using System.Text.Json;
using MoocPlatform.Markup;

namespace MoocPlatform.Courses.Domain;

/// <summary>The texts of a course as HTML, rendered when they are saved, in the words of the course's own language.</summary>
internal static class CourseMarkup
{
    private static readonly ResourceManager Texts = new("MoocPlatform.Courses.Resources.Text", typeof(CourseMarkup).Assembly);
    private static readonly ConcurrentDictionary<string, ResourceSet?> ByLanguage = new(StringComparer.Ordinal);

    /// <summary>Where the files of a course are served.</summary>
    public static string AssetBase(Guid courseId) => $"/assets/{courseId:N}/";

    public static MarkupOptions Options(Guid courseId, string language)
    {
        var two = language.Split('-')[0];
        var texts = two is "ro" or "it" ? ByLanguage.GetOrAdd(two, l => Texts.GetResourceSet(CultureInfo.GetCultureInfo(l), true, false)) : null;
        return new(MarkupFor.Lesson, AssetBase(courseId), phrase => texts?.GetString(phrase) ?? phrase);
    }

    /// <summary>Renders a lesson's Markdown into the item. A quiz's text is rendered by Quizzes.</summary>
    public static Rendered Render(Item lesson, Course course)
    {
        var rendered = MarkdownRenderer.Render(lesson.Markdown, Options(course.Id, course.Language));
        (lesson.Html, lesson.RenderedBy) = (rendered.Html, MarkdownRenderer.Version);
        lesson.Headings = JsonSerializer.Serialize(rendered.Headings);
        return rendered;
    }

    /// <summary>Renders the longer texts of the course page.</summary>
    public static void Render(Course course)
    {
        var options = Options(course.Id, course.Language) with { For = MarkupFor.Post };
        course.DescriptionHtml = MarkdownRenderer.Render(course.Description, options).Html;
        course.AudienceHtml = MarkdownRenderer.Render(course.Audience, options).Html;
    }
}
