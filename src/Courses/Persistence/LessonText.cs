using System.Text.Json;
using System.Text.RegularExpressions;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Markup;

namespace MoocPlatform.Courses.Persistence;

/// <summary>A lesson ready to be shown.</summary>
/// <param name="Html">Safe; files carry the first letters of their hash as <c>?v=</c>, so that browsers may keep them for ever.</param>
/// <param name="HasMaths">The page needs the formula script.</param>
/// <param name="HasCode">The page needs the highlighter.</param>
internal sealed partial record LessonText(string Html, IReadOnlyList<Heading> Headings, bool HasMaths, bool HasCode)
{
    public static LessonText Of(Book book, Item row)
    {
        if (row.RenderedBy != MarkdownRenderer.Version)
            CourseMarkup.Render(row, book.Course); // the renderer has learned since; what we show is as new as it

        var prefix = CourseMarkup.AssetBase(row.CourseId);
        var html = FileAddress().Replace(row.Html, match =>
            match.Value.StartsWith(prefix, StringComparison.Ordinal) && book.Assets.GetValueOrDefault(Uri.UnescapeDataString(match.Value[prefix.Length..])) is { } asset
                ? $"{match.Value}?v={asset.Hash[..12]}"
                : match.Value);
        var headings = JsonSerializer.Deserialize<List<Heading>>(row.Headings)!;
        return new(html, headings, html.Contains("class=\"maths\"", StringComparison.Ordinal), html.Contains("class=\"language-", StringComparison.Ordinal));
    }

    [GeneratedRegex("(?<=(?:src|href)=\")/assets/[^\"?#]+(?=\")", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex FileAddress();
}
