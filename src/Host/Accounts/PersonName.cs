using System.Globalization;
using System.Text;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Accounts;

/// <summary>The name that others see: tidied, and never made to look like somebody who runs the site.</summary>
internal static class PersonName
{
    public const int Shortest = 2;

    private static readonly HashSet<string> Reserved = new(
        ["admin", "administrator", "administration", "moderator", "support", "helpdesk", "staff", "root", "system", "webmaster", "postmaster", "moocplatform", "siteadmin", "teacher", "instructor", "anonymous", "deleteduser"],
        StringComparer.Ordinal);

    // Letters of other scripts and signs that look like a Latin one (after Unicode TR 39, the ones that occur in Latin words).
    private static readonly Dictionary<char, char> Alike = Pairs(
        "аa вb сc ԁd еe ғf ԍg һh нh іi ӏl јj кk мm пn оo рp ԛq гr ѕs тt џu уy ѵv ԝw хx αa βb εe ηn ιi κk νv οo ρp τt υu χx ωw ιi ɑa ɡg ɩi ʟl օo 0o 1l !i |l 3e 4a 5s 7t 8b $s @a ıi łl øo đd ħh ŧt");

    /// <summary>The name as it is kept: NFKC, single spaces.</summary>
    public static string Tidy(string? name) =>
        string.Join(' ', (name ?? "").Normalize(NormalizationForm.FormKC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>What is wrong with a tidied name; null: nothing.</summary>
    /// <param name="staff">Names of those who run courses or the site.</param>
    public static Refused? Problem(string name, IEnumerable<string> staff) => Fault(name, staff) switch
    {
        NameFault.Length => Refusals.NoName(),
        NameFault.Characters => Refusals.NameOfOddCharacters(),
        NameFault.Pretends => Refusals.NameOfStaff(),
        _ => null,
    };

    /// <summary>Which rule stands against a tidied name; null: none.</summary>
    /// <param name="others">Names that it may not look like.</param>
    public static NameFault? Fault(string name, IEnumerable<string> others)
    {
        if (name.Length is < Shortest or > Account.LongestName)
            return NameFault.Length;
        if (!name.Any(char.IsLetter) || !name.EnumerateRunes().All(Allowed) || name.Split(' ', '-').Any(MixesScripts))
            return NameFault.Characters;
        var skeleton = Skeleton(name);
        return Reserved.Contains(skeleton) || others.Any(s => Skeleton(s) == skeleton) ? NameFault.Pretends : null;
    }

    /// <summary>What is left of a name for the eye: two names with one skeleton look alike.</summary>
    internal static string Skeleton(string name)
    {
        var kept = new StringBuilder(name.Length);
        foreach (var c in name.Normalize(NormalizationForm.FormKD).ToLowerInvariant())
        {
            var seen = Alike.GetValueOrDefault(c, c);
            if (char.IsLetterOrDigit(seen))
                kept.Append(seen == 'l' ? 'i' : seen); // a capital I and a small l are one stroke
        }

        return kept.ToString().Replace("rn", "m", StringComparison.Ordinal).Replace("vv", "w", StringComparison.Ordinal);
    }

    private static bool Allowed(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
        or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber
        || rune.Value is ' ' or '-' or '.' or '\'' or '’' or '·' or ',';

    private static bool MixesScripts(string word) => word.Where(char.IsLetter).Select(Script).Where(s => s != 0).Distinct().Count() > 1;

    // Latin, Greek and Cyrillic are the ones that pass for each other.
    private static int Script(char c) => c switch
    {
        <= '\u024F' or >= '\u1E00' and <= '\u1EFF' => 1,
        >= '\u0370' and <= '\u03FF' or >= '\u1F00' and <= '\u1FFF' => 2,
        >= '\u0400' and <= '\u052F' => 3,
        _ => 0,
    };

    private static Dictionary<char, char> Pairs(string pairs)
    {
        var map = new Dictionary<char, char>();
        foreach (var pair in pairs.Split(' '))
            map[pair[0]] = pair[1];
        return map;
    }
}
