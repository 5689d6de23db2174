using System.Globalization;
using System.Text;

namespace MoocPlatform.Kernel;

/// <summary>Words of others that stand in one line beside ours, such as a title in a list or mail: nothing in them reaches out of their place.</summary>
public static class Label
{
    /// <summary>More marks on one letter than any language writes only cover the lines around it.</summary>
    private const int MostMarks = 6;

    /// <summary>
    /// Single spaces, without control characters, without those that turn the direction of what follows (marks that only say their own stay), and
    /// without what XML cannot hold.
    /// </summary>
    public static string Of(string? text)
    {
        var kept = new StringBuilder();
        var marks = 0;
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            marks = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            if (Rune.IsWhiteSpace(rune))
                kept.Append(' ');
            else if (marks <= MostMarks && category != UnicodeCategory.Control && rune.Value is not (>= 0x202A and <= 0x202E or >= 0x2066 and <= 0x2069 or 0xFFFE or 0xFFFF))
                kept.Append(rune);
        }

        return string.Join(' ', kept.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
