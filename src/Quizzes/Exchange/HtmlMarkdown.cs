using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace MoocPlatform.Quizzes.Exchange;

/// <summary>
/// HTML as Markdown, block by block. Only what Markdown can say comes through: words, emphasis, code, lists, quotations, simple tables and
/// links to the web. Nothing is fetched, and no mark-up of the source reaches a page: what comes out goes through the renderer like all text.
/// </summary>
internal sealed partial class HtmlMarkdown
{
    private const int Deepest = 100;

    // More than a question needs; a parser's work can grow with the square of it.
    private const int Longest = 200_000;
    private const int MostTags = 3000;
    private const int MostOpen = 50;

    private readonly HashSet<string> lost = new(StringComparer.Ordinal);
    private readonly StringBuilder line = new();
    private readonly List<string> blocks = [];

    /// <param name="lost">Gets the names of what could not be said: pictures, sound, scripts.</param>
    public static string Of(string html, ISet<string> lost)
    {
        if (!html.AsSpan().ContainsAny('<', '&'))
            return PlainMarkdown.Of(html.Replace('\n', ' ').Replace('\r', ' '));
        if (html.Length > Longest || html.AsSpan().Count('<') > MostTags || Opened().Count(html) - Closed().Count(html) > MostOpen)
        {
            lost.Add("mark-up");
            return PlainMarkdown.Of(WebUtility.HtmlDecode(Regex.Replace(html, "<[^>]*>", " ", RegexOptions.NonBacktracking)));
        }

        var writer = new HtmlMarkdown();
        var body = new HtmlParser().ParseDocument("<body>" + html).Body!;
        var markdown = writer.Block(body, 0);
        lost.UnionWith(writer.lost);
        return markdown;
    }

    private string Block(INode parent, int depth)
    {
        var inner = new HtmlMarkdown();
        inner.Children(parent, depth);
        inner.End();
        lost.UnionWith(inner.lost);
        return string.Join("\n\n", inner.blocks);
    }

    private void Children(INode parent, int depth)
    {
        foreach (var node in parent.ChildNodes)
        {
            if (depth > Deepest)
                line.Append(PlainMarkdown.Escape(Spaces(node.TextContent)));
            else if (node is IText text)
                line.Append(PlainMarkdown.Escape(Spaces(text.Data)));
            else if (node is IElement element)
                Element(element, depth + 1);
        }
    }

    private void Element(IElement element, int depth)
    {
        switch (element.LocalName)
        {
            case "script" or "style" or "template" or "head" or "title" or "meta" or "link":
                if (element.LocalName == "script")
                    lost.Add("script");
                break;
            case "br":
                line.Append("\\\n");
                break;
            case "b" or "strong":
                Around(element, "**", depth);
                break;
            case "i" or "em" or "cite" or "var" or "dfn":
                Around(element, "*", depth);
                break;
            case "del" or "s" or "strike":
                Around(element, "~~", depth);
                break;
            case "code" or "kbd" or "samp" or "tt":
                line.Append(Code(element.TextContent));
                break;
            case "sub" or "sup":
                line.Append(Raised(Spaces(element.TextContent).Trim(), element.LocalName == "sup"));
                break;
            case "a":
                Link(element, depth);
                break;
            case "img" or "audio" or "video" or "object" or "iframe" or "embed" or "svg" or "canvas":
                lost.Add(element.LocalName is "img" or "svg" or "canvas" ? "picture" : element.LocalName);
                if (element.GetAttribute("alt") is { Length: > 0 } alt)
                    line.Append(PlainMarkdown.Escape(Spaces(alt)));
                break;
            case "input" or "select" or "textarea" or "button" or "form":
                lost.Add("form");
                Children(element, depth);
                break;
            case "p" or "div" or "section" or "article" or "header" or "footer" or "figure" or "figcaption" or "dl" or "dt" or "dd" or "center" or "address" or "body":
                End();
                Children(element, depth);
                End();
                break;
            case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                End();
                Children(element, depth);
                var heading = Flow().Replace("\\\n", " ", StringComparison.Ordinal);
                if (heading.Length > 0)
                    blocks.Add("### " + heading);
                break;
            case "hr":
                End();
                blocks.Add("* * *");
                break;
            case "pre":
                End();
                Fenced(element.TextContent);
                break;
            case "blockquote":
                End();
                Add(Indented(Block(element, depth), "> ", "> "));
                break;
            case "ul" or "ol":
                End();
                List(element, depth);
                break;
            case "table":
                End();
                Table(element, depth);
                break;
            default:
                Children(element, depth);
                break;
        }
    }

    // Figures have characters of their own; Markdown has no mark for the rest.
    private static string Raised(string words, bool up)
    {
        var (plain, small) = up ? ("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ") : ("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎");
        if (words.All(c => plain.Contains(c, StringComparison.Ordinal)))
            return string.Concat(words.Select(c => small[plain.IndexOf(c, StringComparison.Ordinal)]));
        return (up ? "^(" : "\\_(") + PlainMarkdown.Escape(words) + ")";
    }

    // Emphasis stands close to its words.
    private void Around(IElement element, string mark, int depth)
    {
        if (HasBlocks(element))
        {
            Children(element, depth);
            return;
        }

        var outer = line.ToString();
        line.Clear();
        Children(element, depth);
        var words = line.ToString();
        line.Clear().Append(outer);
        var inside = words.Trim();
        if (inside.Length == 0 || inside.Contains("\\\n", StringComparison.Ordinal))
            line.Append(words);
        else
            line.Append(words[..(words.Length - words.TrimStart().Length)]).Append(mark).Append(inside).Append(mark).Append(words[words.TrimEnd().Length..]);
    }

    private void Link(IElement element, int depth)
    {
        var address = element.GetAttribute("href")?.Trim() ?? "";
        var open = !HasBlocks(element) && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto" && !address.AsSpan().ContainsAny("<>() \\\n\"");
        if (open)
            line.Append('[');
        Children(element, depth);
        if (open)
            line.Append("](").Append(address).Append(')');
        else if (address.Length > 0)
            lost.Add("link");
    }

    private static bool HasBlocks(IElement element) => element.QuerySelector("p,div,ul,ol,table,pre,blockquote,h1,h2,h3,h4,h5,h6,hr,section,article,dl,figure") is not null;

    private static string Code(string code)
    {
        code = Spaces(code).Trim();
        if (code.Length == 0)
            return "";
        var ticks = code.Contains('`', StringComparison.Ordinal) ? "``" : "`";
        return code.Contains("``", StringComparison.Ordinal) ? PlainMarkdown.Escape(code) : $"{ticks}{(ticks.Length > 1 ? " " : "")}{code}{(ticks.Length > 1 ? " " : "")}{ticks}";
    }

    private void Fenced(string code)
    {
        code = code.ReplaceLineEndings("\n").Trim('\n');
        var fence = "```";
        while (code.Contains(fence, StringComparison.Ordinal))
            fence += "`";
        if (code.Trim().Length > 0)
            blocks.Add($"{fence}\n{code}\n{fence}");
    }

    private void List(IElement list, int depth)
    {
        var items = list.Children.Where(c => c.LocalName == "li").Select(item => Block(item, depth)).Where(b => b.Length > 0).ToList();
        var number = 1;
        Add(string.Join('\n', items.Select(item => list.LocalName == "ol" ? Indented(item, $"{number++}. ", "   ") : Indented(item, "- ", "  "))));
    }

    private void Table(IElement table, int depth)
    {
        // Of this table, not of those in its cells: they are written with the cell.
        var parts = table.Children.Where(c => c.LocalName is "thead" or "tbody" or "tfoot").Prepend(table);
        var rows = parts.SelectMany(p => p.Children).Where(c => c.LocalName == "tr").Select(row => row.Children.Where(c => c.LocalName is "td" or "th").Select(c => Cell(c, depth)).ToList()).Where(r => r.Count > 0).ToList();
        if (rows.Count == 0)
            return;
        var width = Math.Min(rows.Max(r => r.Count), 50);
        var lines = rows.Select(r => "| " + string.Join(" | ", Enumerable.Range(0, width).Select(i => i < r.Count ? r[i] : "")) + " |").ToList();
        lines.Insert(1, "|" + string.Concat(Enumerable.Repeat("---|", width)));
        Add(string.Join('\n', lines));
    }

    private string Cell(IElement cell, int depth) => Block(cell, depth).Replace("\\\n", " ", StringComparison.Ordinal).Replace('\n', ' ');

    private static string Indented(string block, string first, string rest) =>
        string.Join('\n', block.Split('\n').Select((l, i) => i == 0 ? first + l : l.Length == 0 ? rest.TrimEnd() : rest + l));

    private void Add(string block)
    {
        if (block.Trim().Length > 0)
            blocks.Add(block);
    }

    private void End()
    {
        var flow = Flow();
        if (flow.Length > 0)
            blocks.Add(string.Join('\n', flow.Split('\n').Select(PlainMarkdown.Start)));
    }

    // The words gathered so far, without spaces around their lines.
    private string Flow()
    {
        var flow = line.ToString();
        line.Clear();
        flow = string.Join('\n', flow.Split('\n').Select(l => l.Trim(' ')));
        while (flow.EndsWith("\\\n", StringComparison.Ordinal))
            flow = flow[..^2].TrimEnd(' ');
        while (flow.StartsWith("\\\n", StringComparison.Ordinal))
            flow = flow[2..].TrimStart(' ');
        return flow.Replace("\\\n\\\n", "\n\n", StringComparison.Ordinal).Trim();
    }

    private static string Spaces(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is not (' ' or '\t' or '\n' or '\r' or '\f' or '\u00A0'))
                plain.Append(c);
            else if (plain.Length == 0 || plain[^1] != ' ')
                plain.Append(' ');
        }

        return plain.ToString();
    }

    // Marks that a parser opens again in each paragraph until they are closed.
    [GeneratedRegex("<(a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)\\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Opened();

    [GeneratedRegex("</(a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)\\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Closed();
}
