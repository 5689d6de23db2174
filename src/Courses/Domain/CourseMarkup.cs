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

    public static MarkupOptions Options(Guid courseId, string language) => new(MarkupFor.Lesson, AssetBase(courseId), phrase => Phrase(language, phrase));

    /// <summary>A sentence in the language of a course, whoever writes it: everyone in the course reads it.</summary>
    /// <param name="text">English format string, the key of its translations.</param>
    public static string Say(string language, string text, params object[] arguments) => string.Format(CultureInfo.InvariantCulture, Phrase(language, text), arguments);

    /// <summary>The culture of what <see cref="Say"/> says: English for a course in a language that the site does not speak.</summary>
    public static CultureInfo Culture(string language) => CultureInfo.GetCultureInfo(language.Split('-')[0] is ("ro" or "it") and var two ? two : "en");

    private static string Phrase(string language, string text)
    {
        var two = language.Split('-')[0];
        var texts = two is "ro" or "it" ? ByLanguage.GetOrAdd(two, l => Texts.GetResourceSet(CultureInfo.GetCultureInfo(l), true, false)) : null;
        return texts?.GetString(text) ?? text;
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
