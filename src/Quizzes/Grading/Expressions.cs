using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace MoocPlatform.Quizzes.Grading;

/// <summary>
/// Regular expressions of authors, on the engine that never goes back: time linear in the text, whatever the expression. It knows no
/// look-around, back-reference or atomic group. The same in every culture.
/// </summary>
internal static class Expressions
{
    /// <summary>Longest expression, in UTF-16 units.</summary>
    public const int Longest = 200;

    // The automaton grows with the product of the repetitions that stand within each other.
    private const int MostRepetitions = 1000;

    private const int MostKept = 1000;

    private static readonly ConcurrentDictionary<(string, bool), Regex> Kept = new();

    /// <summary>What is wrong with an expression, in the words of the engine; null: nothing.</summary>
    public static string? Wrong(string expression)
    {
        if (expression.Length > Longest || Repetitions(expression) > MostRepetitions)
            return "too long";
        try
        {
            Of(expression, caseSensitive: false);
            return null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return e.Message;
        }
    }

    /// <summary>Whether the whole text fits.</summary>
    public static bool Fits(string expression, string text, bool caseSensitive)
    {
        if (Kept.Count > MostKept)
            Kept.Clear();
        return Kept.GetOrAdd((expression, caseSensitive), key => Of(key.Item1, key.Item2)).IsMatch(text);
    }

    private static Regex Of(string expression, bool caseSensitive) => new(
        $@"\A(?:{expression})\z",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | (caseSensitive ? RegexOptions.None : RegexOptions.IgnoreCase),
        Regex.InfiniteMatchTimeout);

    // An upper bound: every number in braces is taken as a repetition within the others.
    private static long Repetitions(string expression)
    {
        var product = 1L;
        for (var at = expression.IndexOf('{', StringComparison.Ordinal); at >= 0; at = expression.IndexOf('{', at + 1))
        {
            var end = expression.IndexOf('}', at);
            var most = end < 0 ? 0 : expression[(at + 1)..end].Split(',').Max(n => int.TryParse(n, out var times) ? times : 0);
            product = Math.Min(product * Math.Max(1, most), int.MaxValue);
        }

        return product;
    }
}
