using System.Globalization;
using System.Text;

namespace MoocPlatform.Quizzes.Grading;

/// <summary>
/// Grades answers to one version of a question by another. An answer names things by their place in the version that was asked, and a new
/// version may have moved them: a changed key of an ordering, or of a matching, does nothing else.
/// </summary>
internal static class Fitting
{
    /// <summary>
    /// The new version with everything in the places of the version that was asked: it grades and shows the answers to that one. Things are
    /// known again by what they say; what says something else must stand where it stood, as a text that was mended. Null: the answers speak of
    /// other things than the new version has.
    /// </summary>
    public static QuestionBody? As(this QuestionBody now, QuestionBody asked) => (asked, now) switch
    {
        _ when asked.GetType() != now.GetType() => null,
        (Choice before, Choice after) => Same(before.Options, after.Options, o => o.Html) is { } places ? after with { Options = [.. places.Select(p => after.Options[p])] } : null,
        (Matching before, Matching after) => As(before, after),
        (Ordering before, Ordering after) => Same(before.Items, after.Items, i => i.Html) is { } places
            ? after with { Items = [.. places.Select(p => after.Items[p])], Sequence = [.. Enumerable.Range(0, places.Length).Select(p => Array.IndexOf(places, p))] }
            : null,
        (Cloze before, Cloze after) => As(before, after),
        (Formula before, Formula after) => before.Variables.Select(v => v.Name).SequenceEqual(after.Variables.Select(v => v.Name)) ? after : null,
        _ => now,
    };

    private static Matching? As(Matching before, Matching after)
    {
        if (Same(before.Pairs, after.Pairs, p => p.Html) is not { } pairs)
            return null;
        var moved = pairs.Select(p => after.Pairs[p]);
        if (Same(before.Answers, after.Answers, a => a) is { } answers)
            return after with { Answers = [.. answers.Select(a => after.Answers[a])], Pairs = [.. moved.Select(p => p with { Answer = Array.IndexOf(answers, p.Answer) })] };

        // An answer that belongs to nothing any more is wrong wherever it was chosen.
        var known = before.Answers.ToList();
        return after.Answers.All(known.Contains) ? after with { Answers = known, Pairs = [.. moved.Select(p => p with { Answer = known.IndexOf(after.Answers[p.Answer]) })] } : null;
    }

    private static Cloze? As(Cloze before, Cloze after)
    {
        if (Same(before.Gaps, after.Gaps, g => g.Name) is not { } places)
            return null;
        var gaps = new List<Gap>();
        foreach (var (gap, place) in before.Gaps.Zip(places))
        {
            if (after.Gaps[place].Body.As(gap.Body) is not { } body)
                return null;
            gaps.Add(after.Gaps[place] with { Body = body });
        }

        var prompt = new StringBuilder(after.Prompt.Length);
        foreach (var (text, place) in Formula.Places(after.Prompt))
        {
            prompt.Append(text);
            if (place >= 0 && place < places.Length)
                prompt.Append(CultureInfo.InvariantCulture, $"{Cloze.Open}{Array.IndexOf(places, place)}{Cloze.Close}");
        }

        return after with { Prompt = prompt.ToString(), Gaps = gaps };
    }

    // For each thing before, its place after. Null: something came, went, or cannot be known again.
    private static int[]? Same<T>(IReadOnlyList<T> before, IReadOnlyList<T> after, Func<T, string> says)
    {
        if (before.Count != after.Count)
            return null;
        var places = Enumerable.Repeat(-1, before.Count).ToArray();
        var free = Enumerable.Range(0, after.Count).ToHashSet();
        // First what stands where it stood, so that of two that say the same each stays itself.
        for (var i = 0; i < before.Count; i++)
        {
            if (says(before[i]) == says(after[i]) && free.Remove(i))
                places[i] = i;
        }

        for (var i = 0; i < before.Count; i++)
        {
            if (places[i] < 0 && free.Order().FirstOrDefault(f => says(after[f]) == says(before[i]), -1) is >= 0 and var place && free.Remove(place))
                places[i] = place;
        }

        for (var i = 0; i < before.Count; i++)
        {
            if (places[i] < 0 && !free.Remove(places[i] = i))
                return null;
        }

        return places;
    }
}
