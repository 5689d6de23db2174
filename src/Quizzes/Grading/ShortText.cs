using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace MoocPlatform.Quizzes.Grading;

/// <summary>An accepted text.</summary>
/// <param name="Pattern"><c>*</c> stands for anything, <c>\*</c> for an asterisk. With <paramref name="Regex"/> a regular expression that must fit the whole text.</param>
/// <param name="Near">How many letters may be wrong, missing, too many or swapped, 0 to 5. Only without wildcard.</param>
internal sealed record TextKey(string Pattern, decimal Fraction, string? Feedback = null, bool Regex = false, int Near = 0);

/// <summary>A few words. The first key that fits counts.</summary>
internal sealed record ShortText : QuestionBody
{
    public required IReadOnlyList<TextKey> Keys { get; init; }

    public bool CaseSensitive { get; init; }

    [JsonIgnore]
    public override bool PartlyRightCounts => Keys.Any(k => k.Fraction is > 0 and < 1);

    public override Answer? Read(IReadOnlyList<string> fields, IReadOnlyList<int> order, CultureInfo culture) =>
        Typed(fields) is { } text ? new Answer { Text = text } : null;

    public override Mark Grade(Answer answer)
    {
        if (answer.Text is not { Length: > 0 } text)
            return Mark.Nothing;
        var plain = Same(text);
        return Keys.FirstOrDefault(k => Fits(k, plain)) is { } key
            ? new(key.Fraction, key.Feedback is { } said ? [said] : [])
            : Mark.Nothing;
    }

    private bool Fits(TextKey key, string text) => key switch
    {
        { Regex: true } => Expressions.Fits(key.Pattern, text, CaseSensitive),
        { Near: > 0 } => Near(Unescaped(Same(key.Pattern)), text, key.Near),
        _ => Fits(Same(key.Pattern), text),
    };

    /// <summary>
    /// What nobody can see does not count: composed and decomposed letters (NFC), the number and kind of spaces, typographic
    /// apostrophes, and the Romanian letters with cedilla that old keyboards give for those with comma.
    /// </summary>
    private static string Same(string text)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // half of a surrogate pair becomes U+FFFD: normalising would throw
            whole.Append(rune.ToString());

        var same = new StringBuilder(text.Length);
        foreach (var c in whole.ToString().Normalize(NormalizationForm.FormC))
        {
            if (!char.IsWhiteSpace(c))
                same.Append(Plain(c));
            else if (same.Length > 0 && same[^1] != ' ')
                same.Append(' ');
        }

        return same.ToString().TrimEnd(' ');
    }

    private static char Plain(char c) => c switch
    {
        '\u2018' or '\u2019' or '\u02BC' => '\'',
        '\u015F' => '\u0219',
        '\u015E' => '\u0218',
        '\u0163' => '\u021B',
        '\u0162' => '\u021A',
        _ => c,
    };

    // Greedy with one way back to the last star: O(length of pattern × length of text) at worst, no recursion.
    private bool Fits(string pattern, string text)
    {
        var (p, t, star, mark) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            var escaped = p + 1 < pattern.Length && pattern[p] == '\\' && Escaped(pattern[p + 1]);
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, mark) = (p++, t);
            }
            else if (p < pattern.Length && Equal(pattern[escaped ? p + 1 : p], text[t]))
            {
                p += escaped ? 2 : 1;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++mark;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
            p++;
        return p == pattern.Length;
    }

    /// <summary>What a backslash takes its meaning from.</summary>
    private static bool Escaped(char c) => c is '*' or '\\' or '/' or '~';

    private static string Unescaped(string pattern)
    {
        var text = new StringBuilder(pattern.Length);
        for (var i = 0; i < pattern.Length; i++)
            text.Append(pattern[i] == '\\' && i + 1 < pattern.Length && Escaped(pattern[i + 1]) ? pattern[++i] : pattern[i]);
        return text.ToString();
    }

    /// <summary>
    /// Whether the optimal string alignment distance (insert, delete, replace, swap neighbours) is at most <paramref name="most"/>.
    /// Only the band around the diagonal is filled: O(length × most).
    /// </summary>
    private bool Near(string key, string text, int most)
    {
        if (Math.Abs(key.Length - text.Length) > most)
            return false;
        var far = most + 1;
        var (before, last, row) = (new int[text.Length + 1], new int[text.Length + 1], new int[text.Length + 1]);
        for (var j = 0; j <= text.Length; j++)
            last[j] = Math.Min(j, far);
        for (var i = 1; i <= key.Length; i++)
        {
            Array.Fill(row, far);
            row[0] = Math.Min(i, far);
            for (var j = Math.Max(1, i - most); j <= Math.Min(text.Length, i + most); j++)
            {
                var least = Math.Min(last[j - 1] + (Equal(key[i - 1], text[j - 1]) ? 0 : 1), Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && Equal(key[i - 1], text[j - 2]) && Equal(key[i - 2], text[j - 1]))
                    least = Math.Min(least, before[j - 2] + 1);
                row[j] = Math.Min(least, far);
            }

            (before, last, row) = (last, row, before);
        }

        return last[text.Length] <= most;
    }

    private bool Equal(char a, char b) => a == b || (!CaseSensitive && char.ToUpperInvariant(a) == char.ToUpperInvariant(b));
}
