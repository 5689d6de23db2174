using System.Text;
using Markdig.Extensions.DefinitionLists;
using Markdig.Extensions.Footnotes;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Helpers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace MoocPlatform.Markup;

/// <summary>The words of a text without its markup: one block a line, cells and terms apart, no addresses, no footnote numbers.</summary>
internal sealed class PlainText
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public static string Of(Block block)
    {
        var plain = new PlainText();
        plain.Add(block);
        return plain._text.ToString().Trim();
    }

    public static string Of(ContainerInline? inlines)
    {
        var plain = new PlainText();
        if (inlines is not null) plain.AddChildren(inlines);
        return plain._text.ToString().Trim();
    }

    public static int CountWords(string text)
    {
        var words = 0;
        foreach (var range in text.AsSpan().SplitAny(" \t\r\n\u00a0"))
        {
            foreach (var c in text.AsSpan(range))
            {
                if (!char.IsLetterOrDigit(c)) continue;
                words++;
                break;
            }
        }

        return words;
    }

    private void Add(Block block)
    {
        if (++_depth > Dialect.MaxDepth) throw new TooTangled();
        switch (block)
        {
            case LinkReferenceDefinitionGroup:
                break;
            case Directive directive:
                _text.Append(DirectiveLine.Read(directive).Title).Append('\n');
                break;
            case CodeBlock code:
                foreach (var line in code.Lines.Lines.AsSpan(0, code.Lines.Count)) _text.Append(line.Slice.AsSpan()).Append('\n');
                break;
            case TableRow row:
                foreach (var cell in row)
                {
                    Add(cell);
                    _text.Length = Math.Max(0, _text.Length - 1);
                    _text.Append(' ');
                }

                _text.Append('\n');
                break;
            case ContainerBlock container:
                foreach (var child in container) Add(child);
                break;
            case LeafBlock { Inline: { } inlines }:
                AddChildren(inlines);
                _text.Append('\n');
                break;
        }

        _depth--;
    }

    private void AddChildren(ContainerInline parent)
    {
        if (++_depth > Dialect.MaxDepth) throw new TooTangled();
        for (var inline = parent.FirstChild; inline is not null; inline = inline.NextSibling)
        {
            switch (inline)
            {
                case LiteralInline literal:
                    _text.Append(literal.Content.AsSpan());
                    break;
                case LineBreakInline:
                    _text.Append(' ');
                    break;
                case CodeInline code:
                    _text.Append(code.Content);
                    break;
                case MathInline formula:
                    _text.Append(formula.Content.AsSpan());
                    break;
                case HtmlEntityInline entity:
                    _text.Append(Characters.Clean(entity.Transcoded.ToString()));
                    break;
                case AutolinkInline link:
                    _text.Append(link.Url);
                    break;
                case DelimiterInline delimiter:
                    _text.Append(delimiter.ToLiteral());
                    AddChildren(delimiter);
                    break;
                case ContainerInline container:
                    AddChildren(container);
                    break;
            }
        }

        _depth--;
    }
}
