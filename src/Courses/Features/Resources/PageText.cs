using System.Collections.Frozen;
using System.Net;
using System.Text;

namespace MoocPlatform.Courses.Features.Resources;

/// <summary>The words of a page elsewhere: one pass over it, so that no page is dear, and nothing of its markup is kept.</summary>
internal static class PageText
{
    public const int Longest = 100_000;

    private static readonly FrozenSet<string> Skipped = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "script", "style", "noscript", "template", "svg", "nav", "header", "footer", "aside", "form", "iframe", "object", "select", "button", "head");

    private static readonly FrozenSet<string> Inline = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "i", "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr", "font", "img");

    /// <summary>Plain text, a paragraph a line.</summary>
    public static string Of(string page, bool isHtml) => Lines(isHtml ? WebUtility.HtmlDecode(WithoutTags(page)) : page);

    private static string WithoutTags(string html)
    {
        var text = new StringBuilder(Math.Min(html.Length, 4 * Longest));
        for (var at = 0; at < html.Length && text.Length < 4 * Longest;)
        {
            var open = html.IndexOf('<', at);
            if (open < 0)
            {
                text.Append(html, at, html.Length - at);
                break;
            }

            foreach (var c in html.AsSpan(at, open - at))
                text.Append(c is '\n' or '\r' or '\t' ? ' ' : c); // only tags make paragraphs
            if (html.AsSpan(open).StartsWith("<!--"))
            {
                at = html.IndexOf("-->", open, StringComparison.Ordinal) is >= 0 and var over ? over + 3 : html.Length;
                continue;
            }

            var close = html.IndexOf('>', open);
            if (close < 0)
                break;
            var name = NameOf(html.AsSpan(open + 1, close - open - 1));
            at = close + 1;
            if (Skipped.Contains(name) && html[open + 1] != '/')
                at = html.IndexOf("</" + name, at, StringComparison.OrdinalIgnoreCase) is >= 0 and var end ? end : html.Length;
            if (!Inline.Contains(name))
                text.Append('\n');
        }

        return text.ToString();
    }

    private static string NameOf(ReadOnlySpan<char> tag)
    {
        tag = tag.TrimStart('/');
        var end = 0;
        while (end < tag.Length && end < 20 && char.IsAsciiLetterOrDigit(tag[end]))
            end++;
        return tag[..end].ToString();
    }

    private static string Lines(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(l => string.Join(' ', l.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).Where(l => l.Length > 0);
        var kept = new StringBuilder();
        foreach (var line in lines)
        {
            if (kept.Length + line.Length > Longest)
                break;
            kept.Append(new string([.. line.Where(c => !char.IsControl(c) && !char.IsSurrogate(c))])).Append('\n');
        }

        return kept.ToString().TrimEnd('\n');
    }
}
