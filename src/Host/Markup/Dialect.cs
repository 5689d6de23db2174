using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Extensions.Tables;
using Markdig.Parsers;
using Markdig.Parsers.Inlines;
using Markdig.Syntax;

namespace MoocPlatform.Markup;

/// <summary>Thrown inside this project only, when showing a text would cost out of all proportion to its length.</summary>
internal sealed class TooTangled : Exception;

/// <summary>Our Markdown: CommonMark and what docs/course-format.md adds, each extension chosen one by one.</summary>
internal static class Dialect
{
    /// <summary>Blocks and inlines within each other. A person stops at six or seven.</summary>
    public const int MaxDepth = 60;

    private static readonly MarkdownPipeline WholeText = BuildWholeText();
    private static readonly MarkdownPipeline OneLine = BuildOneLine();

    public static MarkdownDocument Parse(string text)
    {
        CheckCost(text);
        return Markdown.Parse(text, WholeText);
    }

    /// <summary>Nothing at the start of a line has a meaning: the answer "1984." is no list, and "> 5 kg" no quotation.</summary>
    public static MarkdownDocument ParseLine(string text)
    {
        CheckCost(text);
        return Markdown.Parse(text, OneLine);
    }

    // Three shapes cost Markdig the square of their length, up to 20 s for 200,000 characters. They are measured before it sees them:
    // "[](" without a space (each address is searched to the next space), a table (each row gets all columns), and "- - - a" (each list is
    // first searched for a thematic break).
    private static void CheckCost(string text)
    {
        const long MostSteps = 20_000_000;
        const long MostCells = 50_000;
        const int MostBullets = 400;
        long steps = 0, cells = 0;
        int run = 0, linksInRun = 0, lines = 0, pipes = 0, mostPipes = 0, inked = 0, bullets = 0;

        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : '\n';
            if (c is ' ' or '\t' or '\r' or '\n')
            {
                steps += (long)run * linksInRun;
                run = linksInRun = 0;
            }
            else
            {
                run++;
                inked++;
                if (c is '-' or '*' or '+') bullets++;
                else if (bullets > MostBullets) throw new TooTangled();
                else bullets = 0;
                if (c == '|') pipes++;
                if (c == '(' && i > 0 && text[i - 1] == ']') linksInRun++;
            }

            var endsLine = c == '\n' || (c == '\r' && (i + 1 == text.Length || text[i + 1] != '\n'));
            if (!endsLine) continue;
            lines++;
            mostPipes = Math.Max(mostPipes, pipes);
            if (inked == 0 || i >= text.Length)
            {
                cells += (long)lines * mostPipes;
                lines = mostPipes = 0;
            }

            inked = pipes = bullets = 0;
        }

        if (steps > MostSteps || cells > MostCells) throw new TooTangled();
    }

    private static MarkdownPipeline BuildWholeText()
    {
        var builder = new MarkdownPipelineBuilder { PreciseSourceLocation = true, MaximumNestingDepth = MaxDepth };
        builder.UsePipeTables(new PipeTableOptions { UseHeaderForColumnCount = true })
            .UseFootnotes()
            .UseDefinitionLists()
            .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough)
            .DisableHtml();
        builder.BlockParsers.Replace<QuoteBlockParser>(new CalloutParser());
        builder.BlockParsers.Insert(0, new DirectiveParser());
        builder.BlockParsers.Insert(0, new FormulaBlockParser());
        builder.InlineParsers.Insert(0, new FormulaParser());
        builder.InlineParsers.InsertBefore<LinkInlineParser>(new TickBoxParser());
        builder.InlineParsers.InsertAfter<AutolinkInlineParser>(new RawTagParser());
        return builder.Build();
    }

    private static MarkdownPipeline BuildOneLine()
    {
        var builder = new MarkdownPipelineBuilder { PreciseSourceLocation = true, MaximumNestingDepth = MaxDepth };
        builder.UseEmphasisExtras(EmphasisExtraOptions.Strikethrough).DisableHtml();
        builder.BlockParsers.Clear();
        builder.BlockParsers.Add(new ParagraphBlockParser());
        builder.InlineParsers.Insert(0, new FormulaParser());
        builder.InlineParsers.InsertAfter<AutolinkInlineParser>(new RawTagParser());
        return builder.Build();
    }
}
