using System.Text.RegularExpressions;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>What became of a line.</summary>
internal enum LineFate
{
    Kept,
    Removed,
    Added,
}

/// <summary>A piece of a line; <paramref name="Changed"/> when just these words are what was removed or added.</summary>
internal sealed record DiffPiece(string Text, bool Changed);

/// <summary>A line of one text or both.</summary>
/// <param name="Before">Its number in the text before, from 1; null: it was added.</param>
/// <param name="After">Its number in the text after, from 1; null: it was removed.</param>
internal sealed record DiffLine(LineFate Fate, int? Before, int? After, IReadOnlyList<DiffPiece> Pieces);

/// <summary>
/// What was changed from one text to another: first by lines, then, where lines were put in the place of others, by words.
/// Both by the greedy algorithm of E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica 1 (1986): the fewest
/// lines removed and added, in O((n + m) · d) for d differences. Beyond <see cref="MostLines"/> differing lines (or <see cref="MostWords"/>
/// words) it stops looking: everything between the common beginning and end then counts as replaced.
/// </summary>
internal static partial class TextDiff
{
    public const int MostLines = 1500;
    public const int MostWords = 600;

    // Two passages that have less than this in common are two passages, not one that was changed.
    private const double Alike = 0.3;

    public static IReadOnlyList<DiffLine> Of(string before, string after)
    {
        var (a, b) = (Lines(before), Lines(after));
        var kept = Kept(a, b, MostLines);
        var lines = new List<DiffLine>();
        for (int i = 0, j = 0; i < a.Count || j < b.Count;)
        {
            if (i < a.Count && kept[i] == j)
            {
                lines.Add(new(LineFate.Kept, ++i, ++j, [new(a[i - 1], false)]));
                continue;
            }

            var (removed, added) = (i, j);
            while (i < a.Count && kept[i] < 0)
                i++;
            while (j < (i < a.Count ? kept[i] : b.Count))
                j++;
            lines.AddRange(Changed(a, removed, i, b, added, j));
        }

        return lines;
    }

    private static IEnumerable<DiffLine> Changed(List<string> a, int removed, int i, List<string> b, int added, int j)
    {
        var (gone, came) = Words(string.Join('\n', a[removed..i]), string.Join('\n', b[added..j]));
        for (var n = removed; n < i; n++)
            yield return new(LineFate.Removed, n + 1, null, gone?[n - removed] ?? [new(a[n], false)]);
        for (var n = added; n < j; n++)
            yield return new(LineFate.Added, null, n + 1, came?[n - added] ?? [new(b[n], false)]);
    }

    // Null: they have too little in common, or are too long.
    private static (List<List<DiffPiece>>? Before, List<List<DiffPiece>>? After) Words(string before, string after)
    {
        if (before.Length == 0 || after.Length == 0)
            return default;
        var a = Word().Matches(before).Select(m => m.Value).ToList();
        var b = Word().Matches(after).Select(m => m.Value).ToList();
        var kept = Kept(a, b, MostWords);
        var common = kept.Index().Where(k => k.Item >= 0).Sum(k => string.IsNullOrWhiteSpace(a[k.Index]) ? 0 : a[k.Index].Length);
        if (common < Alike * Math.Max(before.Length, after.Length))
            return default;
        var there = kept.Where(k => k >= 0).ToHashSet();
        return (Pieces(a, n => kept[n] < 0), Pieces(b, n => !there.Contains(n)));
    }

    private static List<List<DiffPiece>> Pieces(List<string> words, Func<int, bool> changed)
    {
        var lines = new List<List<DiffPiece>> { new() };
        foreach (var (n, word) in words.Index())
        {
            if (word == "\n")
                lines.Add([]);
            else if (lines[^1] is [.., var last] && last.Changed == changed(n))
                lines[^1][^1] = last with { Text = last.Text + word };
            else
                lines[^1].Add(new(word, changed(n)));
        }

        return lines;
    }

    /// <summary>For each of <paramref name="a"/> its place in <paramref name="b"/>, rising; -1 for what is not in it.</summary>
    private static int[] Kept(List<string> a, List<string> b, int most)
    {
        var kept = Enumerable.Repeat(-1, a.Count).ToArray();
        var start = 0;
        for (; start < a.Count && start < b.Count && a[start] == b[start]; start++)
            kept[start] = start;
        var (n, m) = (a.Count, b.Count);
        for (; n > start && m > start && a[n - 1] == b[m - 1]; n--, m--)
            kept[n - 1] = m - 1;
        foreach (var (x, y) in Common(a[start..n], b[start..m], most))
            kept[start + x] = start + y;
        return kept;
    }

    // reach[k] is how far along a one comes on diagonal k (x - y) with d differences; the steps are kept to be walked back.
    private static IEnumerable<(int X, int Y)> Common(List<string> a, List<string> b, int most)
    {
        var longest = Math.Min(a.Count + b.Count, most);
        var reach = new int[(2 * longest) + 3];
        int At(int k) => k + longest + 1;
        var steps = new List<int[]>();
        for (var d = 0; d <= longest; d++)
        {
            for (var k = -d; k <= d; k += 2)
            {
                var x = k == -d || (k != d && reach[At(k - 1)] < reach[At(k + 1)]) ? reach[At(k + 1)] : reach[At(k - 1)] + 1;
                while (x < a.Count && x - k < b.Count && x >= 0 && x - k >= 0 && a[x] == b[x - k])
                    x++;
                reach[At(k)] = x;
                if (x >= a.Count && x - k >= b.Count)
                    return Back(a.Count, b.Count, steps);
            }

            steps.Add(reach[At(-d)..(At(d) + 1)]);
        }

        return [];
    }

    private static List<(int X, int Y)> Back(int x, int y, List<int[]> steps)
    {
        var common = new List<(int, int)>();
        for (var d = steps.Count; d > 0; d--)
        {
            var before = steps[d - 1];
            int Reach(int diagonal) => Math.Abs(diagonal) <= d - 1 ? before[diagonal + d - 1] : -1;
            var k = x - y;
            var down = k == -d || (k != d && Reach(k - 1) < Reach(k + 1));
            var (fromX, from) = down ? (Reach(k + 1), k + 1) : (Reach(k - 1), k - 1);
            for (var (startX, startY) = down ? (fromX, fromX - from + 1) : (fromX + 1, fromX - from); x > startX && y > startY;)
                common.Add((--x, --y));
            (x, y) = (fromX, fromX - from);
        }

        while (x > 0 && y > 0)
            common.Add((--x, --y));
        return common;
    }

    // The line feed that ends the last line begins no other.
    private static List<string> Lines(string text) => text.Length == 0 ? [] : [.. (text.EndsWith('\n') ? text[..^1] : text).Split('\n')];

    [GeneratedRegex(@"\w+|\n|[^\S\n]+|[^\w\s]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word();
}
