namespace MoocPlatform.Enrollment.Domain;

/// <summary>A learner's result at a quiz.</summary>
/// <param name="Percent">0 to 100; null: no score is known.</param>
internal readonly record struct QuizMark(Guid ItemId, Ratio? Percent);

/// <summary>What became of a result.</summary>
internal enum MarkUse
{
    Counts,

    /// <summary>One of the lowest of its category.</summary>
    Dropped,

    /// <summary>No score is known, and it does not count as 0 yet.</summary>
    NotYet,

    /// <summary>Its category has no weight, or the team has left the quiz out.</summary>
    LeftOut,
}

/// <summary>A result with what became of it.</summary>
internal readonly record struct UsedMark(QuizMark Mark, MarkUse Use);

/// <summary>A category with its results.</summary>
/// <param name="Percent">Null: nothing counts yet.</param>
internal sealed record CategoryGrade(GradeCategory Category, Ratio? Percent, IReadOnlyList<UsedMark> Marks);

/// <summary>A grade and how it came about.</summary>
/// <param name="Percent">0 to 100; null: nothing counts yet.</param>
/// <param name="LeftOut">Results that count nowhere.</param>
internal sealed record Grade(Ratio? Percent, IReadOnlyList<CategoryGrade> Categories, IReadOnlyList<UsedMark> LeftOut)
{
    /// <summary>What the table of grades keeps: hundredths of a per cent, cut off so that nobody reads a mark that was not reached; −1: none.</summary>
    public static int Kept(Ratio? percent) => percent is { } known ? (int)(known * 100m).Cut(0) : -1;

    /// <summary>What <see cref="Kept"/> has kept, in per cent.</summary>
    public static decimal? Of(int kept) => kept < 0 ? null : kept / 100m;
}

/// <summary>
/// The grade as a pure function of plan and results: the mean of what counts in a category, and the mean of the categories by weight; a
/// category in which nothing counts is left out with its weight. Reckoned in exact numbers, so that the order of the results does not
/// matter, a better result never makes a worse grade, and a mark that is reached is reached.
/// </summary>
internal static class Grading
{
    /// <summary>Reckons a grade; O(n log n).</summary>
    /// <param name="missing">What a result without a score is worth: 0 when nothing more can come, or to tell what is certain; null to leave it out.</param>
    public static Grade Of(GradePlan plan, IEnumerable<QuizMark> marks, Ratio? missing)
    {
        var byCategory = marks.ToLookup(m => plan.CategoryOf(m.ItemId));
        var categories = plan.Categories.Select(c => Of(c, byCategory[c], missing)).ToList();
        var counted = categories.Where(c => c.Percent is not null).ToList();
        var percent = counted.Count == 0
            ? (Ratio?)null
            : Ratio.Sum(counted.Select(c => c.Percent!.Value * c.Category.Weight)) / counted.Sum(c => c.Category.Weight);
        return new Grade(percent, categories, [.. byCategory[null].OrderBy(m => m.ItemId).Select(m => new UsedMark(m, MarkUse.LeftOut))]);
    }

    /// <summary>Points as per cent, within 0 and 100; null where no points can be had.</summary>
    public static Ratio? Percent(decimal score, decimal points) => points > 0 ? (Ratio)Math.Clamp(score, 0, points) * 100m / points : null;

    /// <summary>The mean of some numbers.</summary>
    public static Ratio Mean(IReadOnlyCollection<Ratio> numbers) => Ratio.Sum(numbers) / (decimal)numbers.Count;

    private static CategoryGrade Of(GradeCategory category, IEnumerable<QuizMark> marks, Ratio? missing)
    {
        var ordered = marks.OrderBy(m => m.Percent ?? missing).ThenBy(m => m.ItemId).ToList();
        if (category.Weight == 0)
            return new(category, null, [.. ordered.Select(m => new UsedMark(m, MarkUse.LeftOut))]);

        var graded = ordered.Where(m => (m.Percent ?? missing) is not null).ToList();
        var dropped = Math.Min(category.DropLowest, Math.Max(0, graded.Count - 1));
        var counting = graded.Skip(dropped).Select(m => (m.Percent ?? missing)!.Value).ToList();
        return new(
            category,
            counting.Count == 0 ? null : Mean(counting),
            [
                .. graded.Select((m, i) => new UsedMark(m, i < dropped ? MarkUse.Dropped : MarkUse.Counts)),
                .. ordered.Where(m => (m.Percent ?? missing) is null).Select(m => new UsedMark(m, MarkUse.NotYet)),
            ]);
    }
}
