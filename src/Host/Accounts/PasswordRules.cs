using System.Globalization;
using System.Text;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Accounts;

/// <summary>
/// Long, and not one of those that are tried first (after NIST SP 800-63B-4, 3.1.1.2: no rules of composition). The list is our own:
/// words that people build common passwords from; a word with figures or signs around it, or repeated, counts as the word.
/// </summary>
internal static class PasswordRules
{
    public const int Shortest = 12;
    public const int Longest = 256;

    private const string Rows = "1234567890qwertyuiopasdfghjklzxcvbnm1234567890qwertzuiopasdfghjklyxcvbnm1234567890abcdefghijklmnopqrstuvwxyzabcdefghijkl";
    private const int ShortestRun = 8;

    private static readonly HashSet<string> Common = Read();
    private static readonly string Backwards = new([.. Rows.Reverse()]);

    /// <summary>What is wrong with a password; null: nothing.</summary>
    public static Refused? Problem(string? password, string? name, string? mail)
    {
        if (password is null || new StringInfo(password).LengthInTextElements < Shortest)
            return Refusals.PasswordTooShort();
        if (password.Length > Longest)
            return Refusals.PasswordTooLong();
        if (IsCommon(password))
            return Refusals.PasswordTooCommon();
        return TellsWho(password, name, mail) ? Refusals.PasswordTellsWho() : null;
    }

    internal static bool IsCommon(string password)
    {
        var text = password.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        var unit = Unit(text);
        if (unit.Length <= 3 || IsRun(text) || IsRun(unit))
            return true;
        var core = text.Trim([.. text.Where(c => !char.IsLetter(c))]);
        return IsCommonPhrase(text) || IsCommonPhrase(Disguised(core)) || IsCommonPhrase(unit);
    }

    // Common words alone, with anything but letters between them; short ones between them do not count: "i.love.you-2024".
    private static bool IsCommonPhrase(string text)
    {
        var words = text.Split([.. text.Where(c => !char.IsLetter(c)).Distinct()], StringSplitOptions.RemoveEmptyEntries);
        return words.All(w => w.Length <= 2 || IsCommonWord(w)) || IsCommonWord(string.Concat(words));
    }

    private static bool IsCommonWord(string letters) =>
        Common.Contains(letters) || Enumerable.Range(3, Math.Max(0, letters.Length - 5)).Any(i => Common.Contains(letters[..i]) && Common.Contains(letters[i..]));

    // The usual disguises: "p@ssw0rd".
    private static string Disguised(string text) =>
        text.Replace('@', 'a').Replace('$', 's').Replace('0', 'o').Replace('3', 'e').Replace('1', 'i').Replace('!', 'i').Replace('5', 's');

    private static bool TellsWho(string password, string? name, string? mail)
    {
        var rest = Letters(password);
        var longest = rest.Length;
        foreach (var word in $"{name} {mail}".Split([' ', '.', '@', '-', '_', '+'], StringSplitOptions.RemoveEmptyEntries).Where(w => w.Length >= 3))
            rest = rest.Replace(Letters(word), "", StringComparison.Ordinal);
        return longest > 0 && rest.Length < longest && rest.Length <= 3;
    }

    private static string Letters(string text) => string.Concat(text.ToLowerInvariant().Where(char.IsLetter));

    /// <summary>The shortest piece that makes the text when it is repeated.</summary>
    private static string Unit(string text)
    {
        for (var size = 1; size <= text.Length / 2; size++)
            if (text[size..].StartsWith(text[..size], StringComparison.Ordinal) && Enumerable.Range(0, text.Length).All(i => text[i] == text[i % size]))
                return text[..size];
        return text;
    }

    private static bool IsRun(string text)
    {
        var signs = string.Concat(text.Where(char.IsLetterOrDigit));
        return signs.Length >= 4 && (Rows.Contains(signs, StringComparison.Ordinal) || Backwards.Contains(signs, StringComparison.Ordinal) || RunsOnly(signs));
    }

    // "1234qwerasdf": pieces of rows, each four or longer.
    private static bool RunsOnly(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var size = Math.Min(text.Length - at, ShortestRun * 2);
            while (size >= 4 && !Rows.Contains(text.Substring(at, size), StringComparison.Ordinal) && !Backwards.Contains(text.Substring(at, size), StringComparison.Ordinal))
                size--;
            if (size < 4)
                return false;
            at += size;
        }

        return true;
    }

    private static HashSet<string> Read()
    {
        using var file = typeof(PasswordRules).Assembly.GetManifestResourceStream("common-passwords.txt")!;
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(l => l[0] != '#').ToHashSet(StringComparer.Ordinal);
    }
}
