using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace MoocPlatform.Markup;

/// <summary>Something that looks like HTML. It is text like any other; it has a type of its own only so that the author can be told.</summary>
internal sealed class RawTag : LiteralInline;

/// <summary>
/// Markdig's reading of HTML is switched off, so this parser has no say in what is safe. It takes from the sign to the next angle bracket,
/// which is less exact than CommonMark and, unlike Markdig's, never takes the square of the length.
/// </summary>
internal sealed class RawTagParser : InlineParser
{
    public RawTagParser() => OpeningCharacters = ['<'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var text = slice.AsSpan();
        var name = text.StartsWith("</") ? 2 : 1;
        if (name >= text.Length || !(char.IsAsciiLetter(text[name]) || text[name] is '!' or '?')) return false;

        var end = text[1..].IndexOfAny('<', '>') + 1;
        if (end == 0 || text[end] != '>') return false;

        var from = processor.GetSourcePosition(slice.Start, out var line, out var column);
        processor.Inline = new RawTag
        {
            Content = new StringSlice(slice.Text, slice.Start, slice.Start + end),
            Span = new SourceSpan(from, processor.GetSourcePosition(slice.Start + end)),
            Line = line,
            Column = column,
        };
        slice.Start += end + 1;
        return true;
    }
}
