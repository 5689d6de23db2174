using MoocPlatform.Quizzes.Grading;

namespace MoocPlatform.Quizzes.Analysis;

/// <summary>The part of the points that answering by chance gives on average, as Moodle estimates it. Null: not estimated for this type.</summary>
internal static class Guess
{
    public static decimal? Of(QuestionBody body) => body switch
    {
        SingleChoice { Options.Count: > 0 } single => single.Options.Average(o => o.Right ? 1m : 0m),
        Numeric => 0,
        ShortText text => text.Keys.FirstOrDefault(k => k.Pattern == "*")?.Fraction ?? 0,
        _ => null,
    };
}
