using MoocPlatform.Quizzes.Grading;

namespace MoocPlatform.Quizzes.Analysis;

/// <summary>The part of the points that answering by chance gives on average, as Moodle estimates it. Null: not estimated for this type.</summary>
internal static class Guess
{
    public static decimal? Of(QuestionBody body) => body switch
    {
        SingleChoice { Options.Count: > 0 } single => Math.Max(0, single.Options.Average(o => o.Worth)),
        TrueFalse => 0.5m,
        Matching { Answers.Count: > 0 } matching => 1m / matching.Answers.Count,
        Cloze { Gaps.Count: > 0 } cloze => cloze.Gaps.Sum(g => g.Weight * (Of(g.Body) ?? 0)) / cloze.Gaps.Sum(g => g.Weight),
        Numeric numeric => numeric.Keys.FirstOrDefault(k => k.Anything)?.Fraction ?? 0,
        ShortText text => text.Keys.FirstOrDefault(k => k is { Pattern: "*", Regex: false })?.Fraction ?? 0,
        _ => null,
    };
}
