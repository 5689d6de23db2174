using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;

namespace MoocPlatform.Markup;

/// <summary><c>> [!TIP] Title</c> and the quoted lines after it. The kind may be one that does not exist: the writer says so.</summary>
internal sealed class Callout(BlockParser parser) : QuoteBlock(parser)
{
    public required string Kind { get; init; }

    public CalloutTitle? Title { get; init; }
}

internal sealed class CalloutTitle : LeafBlock
{
    public CalloutTitle() : base(null) => ProcessInlines = true;
}

/// <summary>Block quotations, and call-outs among them. Markdig's own alerts have no titles.</summary>
internal sealed class CalloutParser : QuoteBlockParser
{
    public override BlockState TryOpen(BlockProcessor processor)
    {
        var state = base.TryOpen(processor);
        if (state == BlockState.None || !FindMarker(processor.Line, out var kind, out var title)) return state;

        var quote = (QuoteBlock)processor.NewBlocks.Pop();
        var leaf = title.IsEmpty ? null : new CalloutTitle { Line = processor.LineIndex, Span = new SourceSpan(title.Start, title.End) };
        var column = processor.Column + title.Start - processor.Start;
        leaf?.AppendLine(ref title, column, processor.LineIndex, processor.CurrentLineStartPosition, trackTrivia: false);

        var callout = new Callout(this) { Kind = kind, Title = leaf, QuoteChar = quote.QuoteChar, Column = quote.Column, Span = quote.Span };
        if (leaf is not null) callout.Add(leaf);
        processor.NewBlocks.Push(callout);
        return BlockState.ContinueDiscard;
    }

    private static bool FindMarker(StringSlice line, out string kind, out StringSlice title)
    {
        (kind, title) = ("", StringSlice.Empty);
        var text = line.AsSpan();
        var indent = text.Length - text.TrimStart(' ').Length;
        var marker = text[indent..];
        if (indent > 3 || !marker.StartsWith("[!")) return false;

        var letters = marker[2..].IndexOfAnyExcept(AsciiLetters);
        var after = letters + 3;
        if (letters < 1 || marker[letters + 2] != ']' || (after < marker.Length && marker[after] is not (' ' or '\t'))) return false;

        kind = marker[2..(letters + 2)].ToString();
        title = new StringSlice(line.Text, line.Start + indent + after, line.End);
        title.Trim();
        return true;
    }

    private static readonly System.Buffers.SearchValues<char> AsciiLetters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
}
