using System.Collections.Frozen;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace MoocPlatform.Markup;

/// <summary>
/// The second lock. The writer can only write what is listed here; this pass reads its HTML as a browser would and copies only that,
/// so that a mistake in the writer or in Markdig loses a word and not an account.
/// </summary>
internal static class AllowList
{
    private const string HtmlSpace = "http://www.w3.org/1999/xhtml";
    private const string SvgSpace = "http://www.w3.org/2000/svg";

    private static readonly FrozenDictionary<string, string[]> Tags = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["a"] = ["href", "id", "class", "rel", "title", "aria-label", "data-video", "data-audio"],
        ["aside"] = ["class", "data-tone"],
        ["blockquote"] = [],
        ["br"] = [],
        ["code"] = ["class"],
        ["dd"] = [],
        ["del"] = [],
        ["div"] = ["class", "id", "role", "aria-label", "tabindex", "data-display", "data-line"],
        ["dl"] = [],
        ["dt"] = [],
        ["em"] = [],
        ["figcaption"] = [],
        ["figure"] = ["class"],
        ["h2"] = ["id"],
        ["h3"] = ["id"],
        ["h4"] = ["id"],
        ["h5"] = ["id"],
        ["h6"] = ["id"],
        ["hr"] = [],
        ["img"] = ["alt", "title", "loading", "decoding", "src"],
        ["input"] = ["type", "disabled", "checked", "aria-label"],
        ["li"] = [],
        ["ol"] = ["start", "class"],
        ["p"] = ["class", "id"],
        ["pre"] = ["tabindex"],
        ["span"] = ["class", "data-line"],
        ["strong"] = [],
        ["sup"] = [],
        ["svg"] = ["class", "aria-hidden", "data-hue"],
        ["table"] = [],
        ["tbody"] = [],
        ["td"] = ["class"],
        ["th"] = ["class", "scope"],
        ["thead"] = [],
        ["tr"] = [],
        ["ul"] = ["class"],
        ["use"] = ["href"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Classes = FrozenSet.Create(
        StringComparer.Ordinal,
        "callout", "center", "cover", "icon", "links", "maths", "num", "play", "prompt", "scroll", "small", "soft", "tasks", "video-card", "visually-hidden");

    // What CodeWriter marks.
    private static readonly FrozenSet<string> CodeMarks = FrozenSet.Create(StringComparer.Ordinal, "k", "s", "c", "n", "v");

    private static readonly FrozenSet<string> Tones = FrozenSet.Create(StringComparer.Ordinal, "accent", "positive", "caution", "critical");

    // What may stand in a paragraph, without attributes.
    private static readonly string[] Bare = ["em", "strong", "code", "del"];

    public static string Apply(string html, string assetBase) => IsPlain(html) ? html.Trim() : Read(html, assetBase);

    /// <summary>
    /// Whether there is nothing but words, in paragraphs or not, with a few tags that have no attributes and close in order: reading it as a
    /// browser would and writing it again gives the same. Most texts of a quiz are so, and a document for each option would be dear.
    /// </summary>
    internal static bool IsPlain(ReadOnlySpan<char> html)
    {
        var open = new Stack<string>();
        var inParagraph = false;
        while (html.IndexOfAny('<', '&', '\r') is >= 0 and var at)
        {
            var rest = html[(at + 1)..];
            if (html[at] == '\r')
                return false;
            if (html[at] == '&')
            {
                if (!rest.StartsWith("amp;") && !rest.StartsWith("lt;") && !rest.StartsWith("gt;") && !rest.StartsWith("quot;"))
                    return false;
            }
            else if (!inParagraph && open.Count == 0 && rest.StartsWith("p>"))
            {
                inParagraph = true;
            }
            else if (inParagraph && open.Count == 0 && rest.StartsWith("/p>"))
            {
                inParagraph = false;
            }
            else if (open.Count > 0 && rest.StartsWith("/") && rest[1..].StartsWith(open.Peek()) && rest[(1 + open.Peek().Length)..].StartsWith(">"))
            {
                open.Pop();
            }
            else if (open.Count < 3 && Opened(rest) is { } tag)
            {
                open.Push(tag);
            }
            else
            {
                return false;
            }

            html = rest;
        }

        return !inParagraph && open.Count == 0;

        static string? Opened(ReadOnlySpan<char> rest)
        {
            foreach (var tag in Bare)
            {
                if (rest.StartsWith(tag) && rest[tag.Length..].StartsWith(">"))
                    return tag;
            }

            return null;
        }
    }

    internal static string Read(string html, string assetBase)
    {
        var kept = new HtmlText(2 * html.Length);
        KeepChildren(new HtmlParser().ParseDocument("<!doctype html><body>" + html).Body!, kept, assetBase);
        return kept.ToString().Trim();
    }

    private static void KeepChildren(INode parent, HtmlText kept, string assetBase)
    {
        foreach (var node in parent.ChildNodes)
        {
            if (node is IText text) kept.AddText(text.Data);
            else if (node is IElement element && IsAllowed(element)) Keep(element, kept, assetBase);
            else if (node is IElement refused) kept.AddText(refused.TextContent);
        }
    }

    // Written anew rather than by AngleSharp, whose InnerHtml takes the square of the number of neighbours.
    private static void Keep(IElement element, HtmlText kept, string assetBase)
    {
        var tag = element.LocalName;
        kept.Add($"<{tag}");
        foreach (var attribute in element.Attributes)
        {
            if (!IsAllowed(element, attribute, assetBase)) continue;
            if (attribute.Value.Length == 0 && attribute.LocalName != "alt") kept.Add($" {attribute.LocalName}");
            else kept.Add($" {attribute.LocalName}=\"{attribute.Value}\"");
        }

        if (tag == "use")
        {
            kept.Add($"/>");
            return;
        }

        kept.Add($">");
        if (tag is "br" or "hr" or "img" or "input") return;
        KeepChildren(element, kept, assetBase);
        kept.Add($"</{tag}>");
    }

    private static bool IsAllowed(IElement element) =>
        Tags.ContainsKey(element.LocalName)
        && element.NamespaceUri == (element.LocalName is "svg" or "use" ? SvgSpace : HtmlSpace)
        && (element.LocalName != "input" || (element.GetAttribute("type") == "checkbox" && element.HasAttribute("disabled")));

    private static bool IsAllowed(IElement element, IAttr attribute, string assetBase) =>
        attribute.NamespaceUri is null
        && Tags[element.LocalName].Contains(attribute.LocalName, StringComparer.Ordinal)
        && IsAllowed(element, attribute.LocalName, attribute.Value, assetBase);

    private static bool IsAllowed(IElement element, string name, string value, string assetBase) => name switch
    {
        "alt" or "title" or "aria-label" => true, // words
        "class" when element.LocalName == "span" && CodeMarks.Contains(value) => element.ParentElement?.LocalName == "code",
        "class" => value.Split(' ').All(c => Classes.Contains(c) || IsLanguage(c)),
        "id" => value.StartsWith("user-content-", StringComparison.Ordinal),
        "href" when element.LocalName == "use" =>
            value.StartsWith("/icons.svg#", StringComparison.Ordinal) && value.AsSpan(11).IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz-") < 0,
        "href" => value.StartsWith('#') ? value.StartsWith("#user-content-", StringComparison.Ordinal) : IsAddress(value, assetBase),
        "src" => IsFile(value, assetBase),
        "rel" => value is "noopener" or "nofollow ugc noopener",
        "role" => value == "region",
        "scope" => value == "col",
        "type" => value == "checkbox",
        "tabindex" => value == "0",
        "loading" => value == "lazy",
        "decoding" => value == "async",
        "aria-hidden" => value == "true",
        "data-tone" => Tones.Contains(value),
        "data-hue" => value == "sea",
        "start" or "data-line" => value.Length is > 0 and < 10 && !value.AsSpan().ContainsAnyExceptInRange('0', '9'),
        "disabled" or "checked" or "data-display" or "data-video" or "data-audio" => value.Length == 0,
        _ => false,
    };

    private static bool IsLanguage(string name) =>
        name.StartsWith("language-", StringComparison.Ordinal)
        && name.Length is > 9 and < 32
        && name.AsSpan(9).IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789-+#") < 0;

    private static bool IsAddress(string href, string assetBase) =>
        IsFile(href, assetBase) || Address.Of(href).Kind is AddressKind.Web or AddressKind.Mail or AddressKind.Page;

    // The asset base is the host's own word and may be a whole address on another host.
    private static bool IsFile(string href, string assetBase) =>
        href.StartsWith(assetBase.Length == 0 ? "assets/" : assetBase.TrimEnd('/') + "/", StringComparison.Ordinal);
}
