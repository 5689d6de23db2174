using Markdig.Extensions.Mathematics;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace MoocPlatform.Markup;

/// <summary>One or two dollar signs that were meant to begin a formula which then does not close.</summary>
internal sealed class OpenFormula : LiteralInline
{
    public bool IsBlock { get; init; }
}

/// <summary>
/// <c>$…$</c> within a paragraph. As in Pandoc: the first sign touches what follows, the last one touches what stands before it and is not
/// followed by a letter or digit, so that prices stay prices. There is no bare dollar sign inside a formula.
/// </summary>
internal sealed class FormulaParser : InlineParser
{
    public FormulaParser() => OpeningCharacters = ['$'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var text = slice.Text;
        var start = slice.Start;
        if (char.IsLetterOrDigit(slice.PeekCharExtra(-1))) return false;

        var signs = 0;
        while (slice.CurrentChar == '$')
        {
            slice.SkipChar();
            signs++;
        }

        if (signs > 2) return AsText(processor, ref slice, start, signs);

        var end = Close(text, slice.Start, slice.End, signs);
        if (end < 0) return AsText(processor, ref slice, start, signs);

        processor.Inline = new MathInline
        {
            Delimiter = '$',
            DelimiterCount = signs,
            Content = new StringSlice(text, slice.Start, end - 1),
            Span = new SourceSpan(processor.GetSourcePosition(start, out var line, out var column), processor.GetSourcePosition(end + signs - 1)),
            Line = line,
            Column = column,
        };
        slice.Start = end + signs;
        return true;
    }

    /// <summary>The place of the closing sign, or -1.</summary>
    private static int Close(string text, int start, int last, int signs)
    {
        if (start > last || char.IsWhiteSpace(text[start])) return -1;

        for (var i = start; i <= last; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '$')
            {
                var after = i + signs;
                var closes = i > start
                    && !char.IsWhiteSpace(text[i - 1])
                    && (signs == 1 || (i < last && text[i + 1] == '$'))
                    && (after > last || !(char.IsLetterOrDigit(text[after]) || text[after] == '$'));

                // A formula may run over the end of a line, but not over the end of a table row.
                var inside = text.AsSpan(start, i - start);
                return closes && !(inside.Contains('\n') && inside.Contains('|')) ? i : -1;
            }
        }

        return -1;
    }

    private static bool AsText(InlineProcessor processor, ref StringSlice slice, int start, int signs)
    {
        var meant = signs switch
        {
            1 => LooksLikeTex(Rest(slice)),
            2 => Rest(slice) is var rest && (rest.IsWhiteSpace() ? StartsLine(slice.Text, start) : LooksLikeTex(rest)),
            _ => false,
        };
        var content = new StringSlice(slice.Text, start, slice.Start - 1);
        var span = new SourceSpan(processor.GetSourcePosition(start, out var line, out var column), processor.GetSourcePosition(slice.Start - 1));
        processor.Inline = meant
            ? new OpenFormula { IsBlock = signs == 2, Content = content, Span = span, Line = line, Column = column }
            : new LiteralInline { Content = content, Span = span, Line = line, Column = column };
        return true;
    }

    /// <summary>What follows on the same line, up to the next dollar sign.</summary>
    private static ReadOnlySpan<char> Rest(StringSlice slice)
    {
        var rest = slice.AsSpan();
        var end = rest.IndexOfAny('\n', '\r', '$');
        return end < 0 ? rest : rest[..end];
    }

    private static bool StartsLine(string text, int start)
    {
        var before = text.AsSpan(0, start).TrimEnd(" \t>");
        return before.IsEmpty || before[^1] is '\n' or '\r';
    }

    // "$s = 0.4c" and "$x is" are meant as formulas, "$5", "$1,200 a year" and "$HOME" are not.
    private static bool LooksLikeTex(ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty || char.IsWhiteSpace(rest[0])) return false;
        if (rest.IndexOfAny("\\^_{=") >= 0) return true;

        var single = char.IsAsciiLetter(rest[0]) && (rest.Length == 1 || !char.IsLetterOrDigit(rest[1]));
        return single || (char.IsAsciiLetter(rest[0]) && rest.IndexOfAny("+<>") >= 0);
    }
}

/// <summary>
/// <c>$$</c> on a line of its own, TeX, <c>$$</c> on a line of its own. Opens only when the second line is there before the next empty line:
/// otherwise the rest of the lesson would be swallowed by a formula that was not closed.
/// </summary>
internal sealed class FormulaBlockParser : MathBlockParser
{
    public override BlockState TryOpen(BlockProcessor processor) =>
        processor.Line.AsSpan().Trim() is "$$" && Closes(processor.Line.Text, processor.Line.End + 1)
            ? base.TryOpen(processor)
            : BlockState.None;

    private static bool Closes(string text, int from)
    {
        var first = true;
        foreach (var line in text.AsSpan(Math.Min(from, text.Length)).EnumerateLines())
        {
            var bare = line.Trim(" \t>");
            if (bare is "$$") return true;
            if (bare.IsEmpty && !first) return false;
            first = false; // what is left of the opening line
        }

        return false;
    }
}
