using System.Text.Json;
using System.Text.RegularExpressions;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Markup;

namespace MoocPlatform.Courses.Persistence;

/// <summary>A lesson ready to be shown.</summary>
/// <param name="Html">Safe; files carry the first letters of their hash as <c>?v=</c>, so that browsers may keep them for ever.</param>
internal sealed partial record LessonText(string Html, IReadOnlyList<Heading> Headings)
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
        return new(html, JsonSerializer.Deserialize<List<Heading>>(row.Headings)!);
    }

    [GeneratedRegex("(?<=(?:src|href)=\")/assets/[^\"?#]+(?=\")", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex FileAddress();
}
