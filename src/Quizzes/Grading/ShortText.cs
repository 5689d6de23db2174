using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace MoocPlatform.Quizzes.Grading;

/// <summary>A pattern of an accepted text. <c>*</c> stands for anything, <c>\*</c> for an asterisk.</summary>
internal sealed record TextKey(string Pattern, decimal Fraction, string? Feedback = null);

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
        return Keys.FirstOrDefault(k => Fits(Same(k.Pattern), plain)) is { } key
            ? new(key.Fraction, key.Feedback is { } said ? [said] : [])
            : Mark.Nothing;
    }

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
            var escaped = p + 1 < pattern.Length && pattern[p] == '\\' && (pattern[p + 1] is '*' or '\\');
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

    private bool Equal(char a, char b) => a == b || (!CaseSensitive && char.ToUpperInvariant(a) == char.ToUpperInvariant(b));
}
