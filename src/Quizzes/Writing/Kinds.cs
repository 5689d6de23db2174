using System.Globalization;

namespace MoocPlatform.Quizzes.Writing;

/// <summary>The words of the types, and which settings belong to which.</summary>
internal static class Kinds
{
    public const string Single = "single";
    public const string Multiple = "multiple";
    public const string TrueFalse = "truefalse";
    public const string Numeric = "numeric";
    public const string Short = "short";
    public const string Matching = "matching";
    public const string Ordering = "ordering";
    public const string Cloze = "cloze";
    public const string Formula = "formula";
    public const string Draw = "draw";

    public static readonly IReadOnlyList<string> All = [Single, Multiple, TrueFalse, Numeric, Short, Matching, Ordering, Cloze, Formula, Draw];

    /// <summary>What asks something itself: every type but the one that draws others.</summary>
    public static readonly IReadOnlyList<string> Asking = [.. All.Where(k => k != Draw)];

    /// <summary>What a gap may be.</summary>
    public static readonly IReadOnlyList<string> Gaps = [Single, Multiple, Numeric, Short];

    /// <summary>Settings that not every question has. What is not named belongs to all.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Settings = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
    {
        ["grading"] = [Multiple, Matching, Ordering],
        ["shuffle"] = [Single, Multiple, Matching],
        ["unit"] = [Numeric, Formula],
        ["units"] = [Numeric, Formula],
        ["unitpenalty"] = [Numeric, Formula],
        ["case"] = [Short],
        ["tags"] = Asking,
        ["pool"] = Asking,
        ["origin"] = Asking,
        ["tag"] = [Draw],
        ["count"] = [Draw],
    };

    /// <summary>The values of <c>grading</c>, the one that holds when nothing is said coming first.</summary>
    public static IReadOnlyList<string> Gradings(string kind) => kind switch
    {
        Multiple => ["partial", "all", "penalty"],
        Matching => ["partial", "all"],
        Ordering => ["partial", "all", "next", "longest"],
        _ => [],
    };

    public static bool HasOptions(string kind) => kind is Single or Multiple;

    public static bool HasKeys(string kind) => kind is TrueFalse or Numeric or Short or Formula;
}

/// <summary>Parts of the points as people write them: percent, thirds and sevenths cut off somewhere.</summary>
internal static class Percent
{
    private static readonly int[] Endless = [3, 6, 7, 9, 11, 12, 13, 14, 15];

    /// <summary>
    /// "50" → 0.5. With three or more places behind the point a third, sixth, seventh, … is meant where it is one: "33.333" → 1/3, so that
    /// three of them are a whole. Null: no number.
    /// </summary>
    public static decimal? Read(ReadOnlySpan<char> text)
    {
        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;
        if (text.Length > 12 || !decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var percent) || Math.Abs(percent) > 100)
            return null;
        percent = Math.Round(percent, 5);
        if (percent.Scale >= 3)
        {
            foreach (var parts in Endless)
            {
                var count = Math.Round(percent * parts / 100);
                if (Math.Abs(percent - (count * 100 / parts)) < 0.0006m)
                    return count / parts;
            }
        }

        return percent / 100;
    }

    /// <summary>Reads as itself: 1/3 → "33.33333".</summary>
    public static string Write(decimal part) => Math.Round(part * 100, 5).ToString("0.#####", CultureInfo.InvariantCulture);
}
