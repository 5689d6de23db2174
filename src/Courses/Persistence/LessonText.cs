using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Features.Resources;
using MoocPlatform.Markup;

namespace MoocPlatform.Courses.Persistence;

/// <summary>A lesson ready to be shown.</summary>
/// <param name="Credit">Who made it and what one may do with it.</param>
/// <param name="Files">The same of the files in it that say so themselves, in the order of the text.</param>
/// <param name="Html">Safe; files carry the first letters of their hash as <c>?v=</c>, so that browsers may keep them for ever.</param>
internal sealed partial record LessonText(string Html, IReadOnlyList<Heading> Headings, Credit Credit, IReadOnlyList<Credit> Files)
{
    /// <summary>There are formulas in it.</summary>
    public bool HasMaths { get; } = Html.Contains(" class=\"maths\"", StringComparison.Ordinal);

    /// <summary>What its author asks for the diary, as plain text.</summary>
    public IReadOnlyList<string> Prompts { get; } =
        [.. Prompt().Matches(Html).Select(m => Plain(m.Groups["asked"].Value)).Where(p => p.Length > 0).Distinct(StringComparer.Ordinal)];

    // The ends of paragraphs part words; marks inside of them do not.
    private static string Plain(string html) =>
        string.Join(' ', WebUtility.HtmlDecode(Tag().Replace(BlockEnd().Replace(html, " "), "")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public static LessonText Of(Book book, Item row)
    {
        if (row.RenderedBy != MarkdownRenderer.Version)
            CourseMarkup.Render(row, book.Course); // the renderer has learned since; what we show is as new as it

        var prefix = CourseMarkup.AssetBase(row.CourseId);
        var files = new List<Asset>();
        var html = FileAddress().Replace(row.Html, match =>
        {
            if (!match.Value.StartsWith(prefix, StringComparison.Ordinal) || book.Assets.GetValueOrDefault(Uri.UnescapeDataString(match.Value[prefix.Length..])) is not { } asset)
                return match.Value;
            files.Add(asset);
            return $"{match.Value}?v={asset.Hash[..12]}";
        });
        foreach (var gone in book.Gone)
            html = Marked(html, gone, book.Course);
        return new(
            html, JsonSerializer.Deserialize<List<Heading>>(row.Headings)!, Credit.Of(book.Course, row),
            [.. files.Distinct().Where(a => a.Facts.IsCredited).Select(a => Credit.Of(book.Course, a))]);
    }

    // A card whose address is gone says so, in the language of the course, and leads to the text that was kept.
    private static string Marked(string html, Resource gone, Course course)
    {
        var address = $"href=\"{gone.Url.Replace("&", "&amp;", StringComparison.Ordinal)}\""; // as the renderer escapes it
        for (var at = html.IndexOf(address, StringComparison.Ordinal); at >= 0; at = html.IndexOf(address, at + address.Length, StringComparison.Ordinal))
        {
            var end = html.IndexOf("</figure>", at, StringComparison.Ordinal);
            if (end < 0 || html.LastIndexOf("<figure class=\"callout\">", at, StringComparison.Ordinal) < html.LastIndexOf("</figure>", at, StringComparison.Ordinal))
                continue; // a link in a sentence: the text around it would be torn
            var culture = CourseMarkup.Culture(course.Language);
            var said = WebUtility.HtmlEncode(CourseMarkup.Say(course.Language, "This address has not answered since {0}.", gone.FailingSince!.Value.UtcDateTime.ToString("d MMMM yyyy", culture)));
            var kept = gone is { SnapshotAt: { } when, IsOpen: true }
                ? $" <a href=\"{ResourceWords.Snapshot(course.Slug, gone.Id)}\">{WebUtility.HtmlEncode(CourseMarkup.Say(course.Language, "Its text as it was on {0}", when.UtcDateTime.ToString("d MMMM yyyy", culture)))}</a>"
                : "";
            html = html.Insert(end, $"<p class=\"small\">{said}{kept}</p>");
        }

        return html;
    }

    [GeneratedRegex("<aside class=\"callout prompt\"[^>]*>.*?</strong>(?<asked>.*?)</aside>", RegexOptions.CultureInvariant | RegexOptions.Singleline, 1000)]
    private static partial Regex Prompt();

    [GeneratedRegex("</(?:p|li|h[2-6]|div|pre|td|th)>|<br[^>]*>", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex BlockEnd();

    [GeneratedRegex("<[^>]+>", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex("(?<=(?:src|href)=\")/assets/[^\"?#]+(?=\")", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex FileAddress();
}
