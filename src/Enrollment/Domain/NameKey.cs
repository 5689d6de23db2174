using System.Globalization;
using System.Text;

namespace MoocPlatform.Enrollment.Domain;

/// <summary>A name as it is sorted and looked for: small letters without accents, so that "Șerban" stands with the S and is found by "serb".</summary>
internal static class NameKey
{
    /// <summary>Characters kept.</summary>
    public const int Longest = 100;

    /// <summary>The highest character there is: what begins with a text is not above the text followed by it.</summary>
    public const string Highest = "\U0010FFFF";

    public static string Of(string name)
    {
        var key = new StringBuilder(name.Length);
        foreach (var rune in name.Trim().Normalize(NormalizationForm.FormKD).EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Control) && key.Length < Longest - 1)
                key.Append(Rune.ToLowerInvariant(rune));
        return key.ToString();
    }
}
