using System.Text;
using System.Text.RegularExpressions;

namespace MoocPlatform.Quizzes.Exchange;

/// <summary>Words as Markdown that shows exactly these words.</summary>
internal static partial class PlainMarkdown
{
    /// <param name="text">Line ends begin a new line, empty lines a paragraph.</param>
    public static string Of(string text)
    {
        var markdown = new StringBuilder(text.Length + 16);
        var lines = text.ReplaceLineEndings("\n").Trim('\n').Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = Start(Escape(lines[i].Trim()));
            markdown.Append(line);
            if (i < lines.Length - 1)
                markdown.Append(line.Length > 0 && lines[i + 1].Trim().Length > 0 ? "\\\n" : "\n");
        }

        return markdown.ToString();
    }

    /// <summary>Takes their meaning from the characters that have one within a line. A formula in <c>\( \)</c> or <c>$$ $$</c> becomes one of ours.</summary>
    public static string Escape(string words)
    {
        var text = new StringBuilder(words.Length + 8);
        var from = 0;
        foreach (Match formula in Formula().Matches(words))
        {
            Words(text, words[from..formula.Index]);
            var inside = formula.Groups[1].Success ? formula.Groups[1].Value : formula.Groups[2].Success ? formula.Groups[2].Value : formula.Groups[3].Value;
            if (inside.Trim().Length > 0 && !inside.Contains('$', StringComparison.Ordinal))
                text.Append('$').Append(inside.Trim()).Append('$');
            else
                Words(text, formula.Value);
            from = formula.Index + formula.Length;
        }

        return Words(text, words[from..]).ToString();
    }

    /// <summary>Takes the meaning from what a line begins with.</summary>
    public static string Start(string line) => Beginning().Match(line) is { Success: true } match ? line[..match.Length] + "\\" + line[match.Length..] : line;

    private static StringBuilder Words(StringBuilder text, string words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var c = words[i];
            var next = i + 1 < words.Length ? words[i + 1] : ' ';
            var means = c is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '$' or '|' or '~'
                || (c == '{' && next == '{') || (c == '&' && (char.IsAsciiLetter(next) || next == '#')) || (c == '!' && next == '[')
                || (c == ':' && next == ':') || (c == '-' && next == '>');
            if (means)
                text.Append('\\');
            text.Append(c);
        }

        return text;
    }

    // Headings, lists, rules, quotations, definitions, our own marks; numbers of a list have the backslash before the dot.
    [GeneratedRegex(@"^(\s*[0-9]{1,9})(?=[.)](\s|$))|^(\s*)(?=#{1,6}(\s|$)|[-+=](\s|$)|>|!>|:(\s|:)|---|===)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Beginning();

    [GeneratedRegex(@"\\\((?<a>.{1,2000}?)\\\)|\$\$(?<b>.{1,2000}?)\$\$|\\\[(?<c>.{1,2000}?)\\\]", RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Formula();
}
