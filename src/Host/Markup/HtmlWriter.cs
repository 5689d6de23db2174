using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Markdig.Extensions.DefinitionLists;
using Markdig.Extensions.Footnotes;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Extensions.TaskLists;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace MoocPlatform.Markup;

/// <summary>
/// Writes one text, walking the tree that Markdig has read. Markdig's own HTML renderers are not used: every tag that can come out stands
/// in these three files (blocks here, Inlines, Cards) or, within code, in <see cref="CodeWriter"/>, and every value passes the escaping of <see cref="HtmlText"/>.
/// </summary>
internal sealed partial class HtmlWriter(string source, MarkupOptions options)
{
    private const string IdPrefix = "user-content-";
    private const int MaxProblems = 100;

    // The wordiest honest text, a line of footnote references, grows forty-fold.
    private readonly HtmlText _html = new(Math.Min(10_000 + (60 * source.Length), 20 * MarkdownRenderer.MaxLength));
    private readonly List<Heading> _headings = [];
    private readonly List<MarkupProblem> _problems = [];
    private readonly List<string> _links = [];
    private readonly List<string> _assets = [];
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _tables = new(StringComparer.Ordinal);
    private readonly string _idPrefix = PrefixFor(source, options);
    private List<int>? _lineStarts;
    private int _demotion;
    private int _depth;
    private bool _hasMaths;

    /// <summary>What has been written, before <see cref="AllowList"/>: for the tests, which hold it to the same rules.</summary>
    public string Written => _html.ToString();

    public Rendered Write(MarkdownDocument document)
    {
        _demotion = Demotion(document);
        WriteChildren(document);

        var plain = PlainText.Of(document);
        return new Rendered(
            AllowList.Apply(Written, options.AssetBase),
            _headings,
            _hasMaths,
            PlainText.CountWords(plain),
            plain,
            [.. _problems.OrderBy(p => p.Line).ThenBy(p => p.Column).Take(MaxProblems)],
            [.. _links.Distinct(StringComparer.Ordinal)],
            [.. _assets.Distinct(StringComparer.Ordinal)]);
    }

    public string WriteInline(MarkdownDocument document)
    {
        _demotion = Demotion(document);
        var blocks = document.Where(block => block is not LinkReferenceDefinitionGroup).ToList();
        if (blocks is [ParagraphBlock paragraph]) WriteChildren(paragraph.Inline);
        else if (blocks.Count > 0) WriteChildren(document);
        else _html.AddText(source); // "[1]: page" is a definition; as the title of something it is meant to be seen

        return AllowList.Apply(Written, options.AssetBase);
    }

    // A page shows one lesson but many posts and questions: their ids are kept apart by what the text is.
    private static string PrefixFor(string source, MarkupOptions options) =>
        options.For == MarkupFor.Lesson
            ? IdPrefix
            : IdPrefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)).AsSpan(0, 4)) + "-";

    private int Demotion(MarkdownDocument document)
    {
        if (options.For != MarkupFor.Post) return 0;
        var highest = document.Descendants<HeadingBlock>().Select(heading => heading.Level).DefaultIfEmpty(3).Min();
        return Math.Max(0, 3 - highest);
    }

    private void WriteChildren(ContainerBlock blocks)
    {
        foreach (var block in blocks) Write(block);
    }

    private void Write(Block block)
    {
        if (++_depth > Dialect.MaxDepth) throw new TooTangled();
        switch (block)
        {
            case LinkReferenceDefinitionGroup or BlankLineBlock or CalloutTitle: break;
            case HeadingBlock heading: WriteHeading(heading); break;
            case ParagraphBlock paragraph: WriteParagraph(paragraph); break;
            case Callout callout: WriteCallout(callout); break;
            case QuoteBlock quote: WriteQuote(quote); break;
            case ListBlock list: WriteList(list); break;
            case MathBlock formula: WriteFormula(formula); break;
            case CodeBlock code: WriteCode(code); break;
            case Table table: WriteTable(table); break;
            case DefinitionList list: WriteDefinitions(list); break;
            case FootnoteGroup notes: WriteFootnotes(notes); break;
            case Directive directive: WriteDirective(directive); break;
            case ThematicBreakBlock: _html.Add($"<hr>\n"); break;
            case ContainerBlock other: WriteChildren(other); break;
        }

        _depth--;
    }

    private void WriteHeading(HeadingBlock heading)
    {
        if (heading.Level == 1 && options.For == MarkupFor.Lesson) Report(heading, Wording.HeadingOne);

        var text = PlainText.Of(heading.Inline);
        if (text.Length == 0) return; // a heading without words is only noise in the outline

        var highest = options.For == MarkupFor.Post ? 3 : 2;
        var level = Math.Clamp(heading.Level + _demotion, highest, 6);
        var id = UniqueId(Slug(text));
        _headings.Add(new Heading(id, text, level));

        _html.Add($"<h{level} id=\"{id}\">");
        WriteChildren(heading.Inline);
        _html.Add($"</h{level}>\n");
    }

    private string UniqueId(string slug)
    {
        var id = slug;
        while (!_ids.TryAdd(id, 1)) id = slug + "-" + (++_ids[slug]).ToString(CultureInfo.InvariantCulture);
        return _idPrefix + id;
    }

    /// <summary>"Ce învățăm?" becomes <c>ce-invatam</c>; letters of other scripts stay.</summary>
    private static string Slug(string text)
    {
        var slug = new StringBuilder();
        foreach (var rune in text.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (slug.Length >= 60) break;
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark) continue;
            if (Rune.IsLetterOrDigit(rune)) slug.Append(Rune.ToLowerInvariant(rune));
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }

        var trimmed = slug.ToString().Trim('-');
        return trimmed.Length == 0 ? "section" : trimmed;
    }

    private void WriteParagraph(ParagraphBlock paragraph)
    {
        if (Only<LinkInline>(paragraph) is { IsImage: true } image && AddressOf(image).Kind == AddressKind.Asset)
        {
            WriteFigure(image);
        }
        else if (Only<MathInline>(paragraph) is { DelimiterCount: 2 } formula)
        {
            _hasMaths = true;
            _html.Add($"<div class=\"maths\" data-display data-line=\"{LineOf(formula)}\">{formula.Content.AsSpan()}</div>\n");
        }
        else
        {
            _html.Add($"<p>");
            WriteChildren(paragraph.Inline);
            _html.Add($"</p>\n");
        }
    }

    private static T? Only<T>(ParagraphBlock paragraph)
        where T : Inline => paragraph.Inline?.FirstChild is T { NextSibling: null } only ? only : null;

    private void WriteFigure(LinkInline image)
    {
        _html.Add($"<figure>");
        WriteImage(image, withTitle: false);
        if (!string.IsNullOrWhiteSpace(image.Title)) _html.Add($"<figcaption>{Characters.Clean(image.Title)}</figcaption>");
        _html.Add($"</figure>\n");
    }

    private void WriteCallout(Callout callout)
    {
        var (name, tone, icon) = callout.Kind.ToUpperInvariant() switch
        {
            "NOTE" => (Wording.Note, "accent", "info"),
            "TIP" => (Wording.Tip, "accent", "idea"),
            "IMPORTANT" => (Wording.Important, "accent", "flag"),
            "WARNING" => (Wording.Warning, "caution", "warning"),
            "CAUTION" => (Wording.Caution, "critical", "warning"),
            "DIARY" => (Wording.Diary, "accent", "edit"),
            _ => ("", "", ""),
        };
        if (name.Length == 0)
        {
            Report(callout, Wording.UnknownCallout, callout.Kind);
            _html.Add($"<blockquote>\n<p>[!{callout.Kind}] ");
            WriteChildren(callout.Title?.Inline);
            _html.Add($"</p>\n");
            WriteChildren(callout);
            _html.Add($"</blockquote>\n");
            return;
        }

        _html.Add($"<aside class=\"{(icon == "edit" ? "callout prompt" : "callout")}\" data-tone=\"{tone}\">");
        WriteIcon(icon);
        _html.Add($"<strong>");
        if (callout.Title is null) _html.AddText(Say(name));
        else WriteChildren(callout.Title.Inline);
        _html.Add($"</strong>");
        WriteChildren(callout);
        _html.Add($"</aside>\n");
    }

    private void WriteQuote(QuoteBlock quote)
    {
        _html.Add($"<blockquote>\n");
        WriteChildren(quote);
        _html.Add($"</blockquote>\n");
    }

    private void WriteList(ListBlock list)
    {
        var hasTicks = list.Any(item => item is ListItemBlock { Count: > 0 } and [ParagraphBlock { Inline.FirstChild: TaskList }, ..]);
        if (list.IsOrdered)
        {
            _html.Add($"<ol");
            var hasStart = int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var start) && start != 1;
            if (hasStart) _html.Add($" start=\"{start}\"");
        }
        else
        {
            _html.Add($"<ul");
        }

        if (hasTicks) _html.Add($" class=\"tasks\"");
        _html.Add($">\n");
        foreach (var item in list.Cast<ListItemBlock>())
        {
            _html.Add($"<li>");
            if (list.IsLoose) WriteChildren(item);
            else WriteTight(item);
            _html.Add($"</li>\n");
        }

        if (list.IsOrdered) _html.Add($"</ol>\n");
        else _html.Add($"</ul>\n");
    }

    /// <summary>Paragraphs without their tags.</summary>
    private void WriteTight(ContainerBlock item)
    {
        foreach (var block in item)
        {
            if (block is ParagraphBlock paragraph) WriteChildren(paragraph.Inline);
            else Write(block);
            if (block != item.LastChild) _html.Add($"\n");
        }
    }

    private void WriteFormula(MathBlock formula)
    {
        if (formula.ClosingFencedCharCount == 0) Report(formula, Wording.OpenFormulaBlock);

        _hasMaths = true;
        var line = LineOf(formula) + 1; // where the TeX begins
        _html.Add($"<div class=\"maths\" data-display data-line=\"{line}\">{formula.Lines.ToString()}</div>\n");
    }

    private void WriteCode(CodeBlock code)
    {
        var language = "";
        if (code is FencedCodeBlock fence)
        {
            if (fence.ClosingFencedCharCount == 0) Report(code, Wording.OpenFence, new string(fence.FencedChar, fence.OpeningFencedCharCount));
            language = Language(fence.Info);
        }

        _html.Add($"<pre tabindex=\"0\"><code");
        if (language.Length > 0) _html.Add($" class=\"language-{language}\"");
        _html.Add($">");
        var text = new StringBuilder();
        foreach (var line in code.Lines.Lines.AsSpan(0, code.Lines.Count)) text.Append(line.Slice.AsSpan()).Append('\n');
        CodeWriter.Write(text.ToString(), language, _html);
        _html.Add($"</code></pre>\n");
    }

    private static string Language(string? info)
    {
        var name = (info ?? "").ToLowerInvariant();
        return name.Length < 20 && name.AsSpan().IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789-+#") < 0 ? name : "";
    }

    private void WriteTable(Table table)
    {
        _html.Add($"<div class=\"scroll\" role=\"region\" aria-label=\"{TableName(table)}\" tabindex=\"0\"><table>");
        var rows = table.Cast<TableRow>().ToLookup(row => row.IsHeader);
        if (rows[true].Any())
        {
            _html.Add($"<thead>");
            foreach (var row in rows[true]) WriteRow(table, row);
            _html.Add($"</thead>");
        }

        if (rows[false].Any())
        {
            _html.Add($"<tbody>\n");
            foreach (var row in rows[false]) WriteRow(table, row);
            _html.Add($"</tbody>");
        }

        _html.Add($"</table></div>\n");
    }

    /// <summary>A table that scrolls is a region and needs a name: the heading over it, or its own column titles.</summary>
    private string TableName(Table table)
    {
        var name = _headings.Count > 0
            ? _headings[^1].Text
            : string.Join(", ", ((TableRow)table[0]).Select(PlainText.Of).Where(title => title.Length > 0));
        if (name.Length == 0) name = Say(Wording.Table);
        if (name.Length > 100) name = Characters.Clean(name[..100]) + "…";

        return _tables.TryAdd(name, 1) ? name : Say(Wording.TableAgain, name, (++_tables[name]).ToString(CultureInfo.InvariantCulture));
    }

    private void WriteRow(Table table, TableRow row)
    {
        _html.Add($"<tr>");
        for (var i = 0; i < row.Count; i++)
        {
            var cell = (TableCell)row[i];
            var isTitle = row.IsHeader && PlainText.Of(cell).Length > 0; // an empty title names nothing
            if (isTitle) _html.Add($"<th scope=\"col\"");
            else _html.Add($"<td");

            var alignment = i < table.ColumnDefinitions.Count ? table.ColumnDefinitions[i].Alignment : null;
            if (alignment == TableColumnAlign.Right) _html.Add($" class=\"num\"");
            if (alignment == TableColumnAlign.Center) _html.Add($" class=\"center\"");

            _html.Add($">");
            WriteTight(cell);
            if (isTitle) _html.Add($"</th>");
            else _html.Add($"</td>");
        }

        _html.Add($"</tr>\n");
    }

    private void WriteDefinitions(DefinitionList list)
    {
        _html.Add($"<dl>\n");
        foreach (var item in list.Cast<DefinitionItem>())
        {
            foreach (var term in item.OfType<DefinitionTerm>())
            {
                _html.Add($"<dt>");
                WriteChildren(term.Inline);
                _html.Add($"</dt>\n");
            }

            var meaning = item.Where(block => block is not (DefinitionTerm or BlankLineBlock)).ToList();
            _html.Add($"<dd>");
            if (meaning is [ParagraphBlock paragraph]) WriteChildren(paragraph.Inline);
            else meaning.ForEach(Write);
            _html.Add($"</dd>\n");
        }

        _html.Add($"</dl>\n");
    }

    private void WriteFootnotes(FootnoteGroup notes)
    {
        foreach (var note in notes.Cast<Footnote>())
        {
            var number = note.Order;
            if (note is [ParagraphBlock only])
            {
                _html.Add($"<p class=\"small\" id=\"{FootnoteId(number)}\">{number}. ");
                WriteChildren(only.Inline);
                _html.Add($"</p>\n");
                continue;
            }

            _html.Add($"<div class=\"small\" id=\"{FootnoteId(number)}\"><p>{number}. ");
            var first = note.FirstOrDefault() as ParagraphBlock;
            WriteChildren(first?.Inline);
            _html.Add($"</p>\n");
            foreach (var block in note.Where(block => block != first)) Write(block);
            _html.Add($"</div>\n");
        }
    }

    // An underscore cannot stand in a heading's id: the two never meet.
    private string FootnoteId(int number) => $"{_idPrefix}fn_{number}";

    private string ReferenceId(int index) => $"{_idPrefix}fnref_{index}";

    private void WriteIcon(string name) =>
        _html.Add($"<svg class=\"icon\" aria-hidden=\"true\"><use href=\"/icons.svg#{name}\"/></svg>");

    private string Say(string phrase, params ReadOnlySpan<string> values)
    {
        var said = options.Say?.Invoke(phrase) ?? phrase;
        for (var i = 0; i < values.Length; i++) said = said.Replace($"{{{i}}}", values[i]);
        return said;
    }

    private void Report(MarkdownObject at, string message, params object[] arguments)
    {
        var starts = _lineStarts ??= LineStarts(source);
        var position = Math.Clamp(at.Span.Start, 0, source.Length);
        var line = LineAt(starts, position);
        _problems.Add(new MarkupProblem(line, position - starts[line - 1] + 1, message, arguments));
    }

    private int LineOf(MarkdownObject at) => LineAt(_lineStarts ??= LineStarts(source), Math.Clamp(at.Span.Start, 0, source.Length));

    private static int LineAt(List<int> starts, int position)
    {
        var found = starts.BinarySearch(position);
        return found >= 0 ? found + 1 : ~found;
    }

    private static List<int> LineStarts(string text)
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n'))) starts.Add(i + 1);
        }

        return starts;
    }
}
