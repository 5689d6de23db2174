using MoocPlatform.Discussions.Persistence;

namespace MoocPlatform.Discussions.Features.Searching;

/// <summary>A piece of plain text; whether it is a word that was asked for.</summary>
internal sealed record Fragment(string Text, bool IsHit);

/// <summary>Shows where in a text the words stand.</summary>
internal static class Excerpts
{
    private const int Before = 80;
    private const int Length = 300;

    /// <summary>The text around the first word that was asked for.</summary>
    /// <param name="asked">Words as <see cref="TalkWords.Asked"/> gives them.</param>
    public static IReadOnlyList<Fragment> Around(string text, IReadOnlyList<string> asked)
    {
        var first = Words(text).FirstOrDefault(w => IsAsked(text[w], asked));
        var from = Math.Max(0, first.Start.Value - Before);
        if (from > 0 && text.IndexOf(' ', from) is var space && space >= 0 && space < first.Start.Value)
            from = space + 1;
        var to = Math.Min(text.Length, from + Length);
        if (to < text.Length && text.LastIndexOf(' ', to) is var end && end > from)
            to = end;
        return [.. from > 0 ? [new Fragment("… ", false)] : Array.Empty<Fragment>(), .. Mark(text[from..to], asked), .. to < text.Length ? [new Fragment(" …", false)] : Array.Empty<Fragment>()];
    }

    /// <summary>The whole text in pieces.</summary>
    public static IReadOnlyList<Fragment> Mark(string text, IReadOnlyList<string> asked)
    {
        var pieces = new List<Fragment>();
        var done = 0;
        foreach (var word in Words(text).Where(w => IsAsked(text[w], asked)))
        {
            if (word.Start.Value > done)
                pieces.Add(new(text[done..word.Start.Value], false));
            pieces.Add(new(text[word], true));
            done = word.End.Value;
        }

        if (done < text.Length)
            pieces.Add(new(text[done..], false));
        return pieces;
    }

    private static bool IsAsked(string word, IReadOnlyList<string> asked)
    {
        var folded = TalkWords.Fold(word).Trim();
        return asked.Any(a => folded.StartsWith(a, StringComparison.Ordinal));
    }

    private static IEnumerable<Range> Words(string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var inside = i < text.Length && (char.IsLetterOrDigit(text[i]) || char.GetUnicodeCategory(text[i]) == System.Globalization.UnicodeCategory.NonSpacingMark);
            if (inside && start < 0)
                start = i;
            if (inside || start < 0)
                continue;
            yield return start..i;
            start = -1;
        }
    }
}
