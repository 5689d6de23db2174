using System.Globalization;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;

namespace MoocPlatform.Markup;

/// <summary>A line <c>::video</c>, <c>::audio</c> or <c>::resource</c>; or one that was meant to be.</summary>
internal sealed class Directive(BlockParser parser) : LeafBlock(parser)
{
    public required string Name { get; init; }

    /// <summary>What follows the name.</summary>
    public required string Rest { get; init; }
}

internal sealed class DirectiveParser : BlockParser
{
    public DirectiveParser() => OpeningCharacters = [':'];

    public override BlockState TryOpen(BlockProcessor processor)
    {
        var line = processor.Line.AsSpan();
        if (processor.IsCodeIndent || !line.StartsWith("::")) return BlockState.None;

        var end = line.IndexOfAny(' ', '\t');
        var name = line[2..(end < 0 ? line.Length : end)];
        var rest = end < 0 ? [] : line[end..].Trim();
        if (!(DirectiveLine.Knows(name) || LooksMistyped(name, rest))) return BlockState.None;

        processor.NewBlocks.Push(new Directive(this)
        {
            Name = name.ToString(),
            Rest = rest.ToString(),
            Column = processor.Column,
            Span = new SourceSpan(processor.Start, processor.Line.End),
        });
        return BlockState.BreakDiscard;
    }

    // "::vidoe https://…" deserves a word to the author; "::before is a pseudo-element" is just text.
    private static bool LooksMistyped(ReadOnlySpan<char> name, ReadOnlySpan<char> rest) =>
        name.Length is > 0 and < 20 && !name.ContainsAnyExceptInRange('a', 'z') && (rest.StartsWith("http") || rest.StartsWith("assets/"));
}

/// <summary>What a directive says: <c>URL "Title" setting=value setting="longer value"</c>.</summary>
internal sealed class DirectiveLine
{
    private static readonly string[] OfMedia = ["minutes", "captions", "transcript"];
    private static readonly string[] OfResource = ["source", "licence"];
    private readonly Dictionary<string, string> _settings = new(StringComparer.Ordinal);

    public string Url { get; private set; } = "";
    public string Title { get; private set; } = "";
    public int? Minutes { get; private set; }
    public List<(string Message, object[] Arguments)> Problems { get; } = [];

    public string? this[string setting] => _settings.GetValueOrDefault(setting);

    public static bool Knows(ReadOnlySpan<char> name) => name is "video" or "audio" or "resource";

    public static DirectiveLine Read(Directive directive)
    {
        var line = new DirectiveLine();
        var rest = directive.Rest.AsSpan();
        if (!rest.StartsWith("\"")) line.Url = Word(ref rest).ToString();

        while (!(rest = rest.TrimStart()).IsEmpty)
        {
            if (rest[0] == '"') line.Title = line.Quoted(ref rest, directive.Name);
            else line.Setting(ref rest, directive.Name);
        }

        if (line.Title.Length == 0 && line.Url.Length > 0) line.Problems.Add((Wording.DirectiveTitle, [directive.Name]));
        return line;
    }

    private static ReadOnlySpan<char> Word(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAny(' ', '\t');
        var word = end < 0 ? rest : rest[..end];
        rest = rest[word.Length..];
        return word;
    }

    private string Quoted(ref ReadOnlySpan<char> rest, string name)
    {
        var value = rest[1..];
        var end = value.IndexOf('"');
        if (end < 0)
        {
            Problems.Add((Wording.DirectiveQuote, [name]));
            end = value.Length;
        }

        rest = end < value.Length ? value[(end + 1)..] : [];
        return value[..end].Trim().ToString();
    }

    private void Setting(ref ReadOnlySpan<char> rest, string name)
    {
        var word = rest[..(rest.IndexOfAny(' ', '\t') is var space and >= 0 ? space : rest.Length)];
        var equals = word.IndexOf('=');
        var setting = (equals < 0 ? word : word[..equals]).ToString();
        rest = rest[(equals < 0 ? word.Length : equals + 1)..];
        var value = equals < 0 ? "" : rest.StartsWith("\"") ? Quoted(ref rest, name) : Word(ref rest).ToString();

        var known = name is "resource" ? OfResource : OfMedia;
        if (equals < 0 || !known.Contains(setting, StringComparer.Ordinal)) Problems.Add((Wording.DirectiveSetting, [name, setting]));
        else if (setting != "minutes") _settings[setting] = value;
        else if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1000) Minutes = number;
        else Problems.Add((Wording.DirectiveMinutes, [value]));
    }
}
