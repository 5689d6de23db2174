using MoocPlatform.Quizzes.Grading;

namespace MoocPlatform.Quizzes.Features.Regrading;

/// <summary>Whether an answer to one version of a question can be graded by another.</summary>
internal static class Fitting
{
    /// <summary>
    /// An answer names what was chosen by its place in the question. Texts may have been mended, but nothing added, taken out or moved.
    /// </summary>
    public static bool CanBeGradedAs(this QuestionBody asked, QuestionBody now)
    {
        if (asked.GetType() != now.GetType() || asked.Shuffled != now.Shuffled)
            return false;
        if (asked is not Choice before || now is not Choice after)
            return true;
        var places = before.Options.Select((o, i) => (o.Html, i)).DistinctBy(o => o.Html).ToDictionary(o => o.Html, o => o.i, StringComparer.Ordinal);
        return before.Options.Count == after.Options.Count
            && after.Options.Select((o, i) => !places.TryGetValue(o.Html, out var place) || place == i || before.Options[i].Html == o.Html).All(stays => stays);
    }
}
