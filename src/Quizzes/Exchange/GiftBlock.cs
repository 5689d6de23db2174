using System.Text.RegularExpressions;

namespace MoocPlatform.Quizzes.Exchange;

/// <summary>A question of a GIFT file before its answers are understood: lines up to the next empty one.</summary>
/// <param name="Line">Of the file, from 1.</param>
/// <param name="Text">With escaped characters replaced by placeholders, so that what is left means something.</param>
/// <param name="Tags">From comments such as <c>// [tag:cells]</c>, and the category.</param>
internal sealed record GiftBlock(int Line, string Text, IReadOnlyList<string> Tags);

/// <summary>Cuts a GIFT file into its questions, as Moodle 5.1 does (question/format/gift/format.php).</summary>
internal static partial class GiftBlocks
{
    /// <summary>An arrow in the words of a question that is no matching: the format has no escape for it, Markdown shows the same.</summary>
    public const string Arrow = "-&gt;";

    private const string Escapable = ":#={}~n";
    private const char FirstPlaceholder = '\uE010';

    public static IEnumerable<GiftBlock> Of(string file)
    {
        var lines = file.ReplaceLineEndings("\n").Split('\n');
        var (text, tags, from) = (new List<string>(), new List<string>(), 0);
        string? category = null;
        for (var i = 0; i <= lines.Length; i++)
        {
            var trimmed = i < lines.Length ? lines[i].Trim() : "";
            if (trimmed.StartsWith("//", StringComparison.Ordinal))
            {
                tags.AddRange(Tag().Matches(trimmed).Select(m => m.Groups[1].Value.Replace("\\]", "]", StringComparison.Ordinal)));
            }
            else if (trimmed.StartsWith("$CATEGORY:", StringComparison.Ordinal))
            {
                category = Exchange.Category.Tag(trimmed["$CATEGORY:".Length..].Trim());
            }
            else if (trimmed.Length > 0)
            {
                if (text.Count == 0)
                    from = i + 1;
                text.Add(lines[i]);
            }
            else if (text.Count > 0)
            {
                yield return new GiftBlock(from, Hide(string.Join('\n', text)).Trim(), category is null ? [.. tags] : [.. tags.Append(category)]);
                text.Clear();
                tags.Clear();
            }
        }
    }

    /// <summary>Gives the escaped characters back.</summary>
    public static string Show(string text)
    {
        for (var i = 0; i < Escapable.Length; i++)
            text = text.Replace((char)(FirstPlaceholder + i), Escapable[i] == 'n' ? '\n' : Escapable[i]);
        return text.Replace((char)(FirstPlaceholder + Escapable.Length), '\\');
    }

    /// <summary>Escapes words for a file; the opposite of reading them.</summary>
    public static string Escape(string words)
    {
        var text = words.ReplaceLineEndings("\n").Replace("\\", "\\\\", StringComparison.Ordinal);
        foreach (var c in Escapable[..^1])
            text = text.Replace(c.ToString(), "\\" + c, StringComparison.Ordinal);
        return text.Replace("\n", "\\n", StringComparison.Ordinal);
    }

    private static string Hide(string text)
    {
        var hidden = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var place = c == '\\' && i + 1 < text.Length ? (Escapable + "\\").IndexOf(text[i + 1], StringComparison.Ordinal) : -1;
            hidden.Append(place >= 0 ? (char)(FirstPlaceholder + place) : c is >= FirstPlaceholder and <= '\uE03F' ? '\uFFFD' : c);
            if (place >= 0)
                i++;
        }

        return hidden.ToString();
    }

    [GeneratedRegex(@"\[tag:(?<tag>(\\\]|[^\]<>`]){1,200})\]", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Tag();
}
