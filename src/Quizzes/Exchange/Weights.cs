using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Exchange;

/// <summary>Parts of the points as other platforms know them, one for each option, and as our gradings give them.</summary>
internal static class Weights
{
    private const decimal Near = 0.0006m;

    /// <summary>What each option is worth when several may be ticked. Null: no sum of parts does the same.</summary>
    public static IReadOnlyList<decimal>? Of(QuestionText question)
    {
        var (right, wrong) = (question.Options.Count(o => o.Right), question.Options.Count(o => !o.Right));
        return question.Grading switch
        {
            _ when question.Options.Any(o => o.Part is not null) => [.. question.Options.Select(o => o.Part ?? (o.Right ? 1 : 0))],
            "all" => null,
            "penalty" => [.. question.Options.Select(o => o.Right ? 1m / right : -1m / wrong)],
            _ => [.. question.Options.Select(o => o.Right ? 1m / right : -1m / right)],
        };
    }

    /// <summary>The grading whose parts these are; null: none, they are written with the options.</summary>
    public static string? Grading(IReadOnlyList<decimal> worth)
    {
        var (right, wrong) = (worth.Count(w => w > 0), worth.Count(w => w <= 0));
        if (right == 0 || !worth.Where(w => w > 0).All(w => Is(w, 1m / right)))
            return null;
        if (worth.Where(w => w <= 0).All(w => Is(w, -1m / right)))
            return "partial";
        return wrong > 0 && worth.Where(w => w <= 0).All(w => Is(w, -1m / wrong)) ? "penalty" : null;
    }

    private static bool Is(decimal worth, decimal wanted) => Math.Abs(worth - wanted) < Near;
}
