using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Quizzes.Contracts;
using Xunit;

namespace MoocPlatform.Enrollment.Tests;

/// <summary>The grade as a function: laws that hold for whatever plan and results, drawn anew from fixed seeds.</summary>
public sealed class GradingTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 200)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_grade_lies_between_the_lowest_and_the_highest_result(int seed)
    {
        var (plan, marks) = Drawn(seed);
        foreach (var missing in (Ratio?[])[0m, null])
        {
            var counted = marks.Where(m => plan.CategoryOf(m.ItemId) is { Weight: > 0 }).Select(m => m.Percent ?? missing).OfType<Ratio>().ToList();
            var grade = Grading.Of(plan, marks, missing).Percent;
            Assert.Equal(counted.Count == 0, grade is null);
            if (grade is { } percent)
                Assert.True(percent >= counted.Min() && percent <= counted.Max() && percent >= 0m && percent <= 100m);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_better_result_never_makes_a_worse_grade(int seed)
    {
        var (plan, marks) = Drawn(seed);
        var random = new Random(seed);
        var at = random.Next(marks.Count);
        var better = marks.ToList();
        better[at] = better[at] with { Percent = (better[at].Percent ?? 0m) + ((Ratio)(decimal)random.Next(1, 100) * (100m + ((better[at].Percent ?? 0m) * -1m)) / 100m) };
        var (before, after) = (Grading.Of(plan, marks, 0m).Percent, Grading.Of(plan, better, 0m).Percent);
        Assert.True(before is null ? after is null : after >= before);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_order_of_results_and_of_categories_does_not_matter(int seed)
    {
        var (plan, marks) = Drawn(seed);
        var random = new Random(seed);
        var shuffled = marks.ToArray();
        random.Shuffle(shuffled);
        var turned = plan with { Categories = [plan.Categories[0], .. plan.Categories.Skip(1).Reverse()] };
        foreach (var missing in (Ratio?[])[0m, null])
        {
            Assert.Equal(Grading.Of(plan, marks, missing).Percent, Grading.Of(plan, shuffled, missing).Percent);
            Assert.Equal(Grading.Of(plan, marks, missing).Percent, Grading.Of(turned, marks, missing).Percent);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_result_is_told_with_what_became_of_it(int seed)
    {
        var (plan, marks) = Drawn(seed);
        var grade = Grading.Of(plan, marks, null);
        var told = grade.Categories.SelectMany(c => c.Marks).Concat(grade.LeftOut).ToList();
        Assert.Equal(marks.OrderBy(m => m.ItemId), told.Select(t => t.Mark).OrderBy(m => m.ItemId));
        Assert.All(told, t => Assert.Equal(t.Mark.Percent is null && t.Use != MarkUse.LeftOut, t.Use == MarkUse.NotYet));
        Assert.All(grade.Categories.Where(c => c.Percent is not null), c =>
        {
            var dropped = c.Marks.Where(m => m.Use == MarkUse.Dropped).ToList();
            Assert.True(dropped.Count <= c.Category.DropLowest);
            Assert.All(dropped, d => Assert.True(d.Mark.Percent <= c.Marks.Where(m => m.Use == MarkUse.Counts).Min(m => m.Mark.Percent)));
        });
    }

    [Fact]
    public void Three_thirds_are_a_whole_and_a_mark_that_is_reached_is_reached()
    {
        var third = Grading.Percent(1, 3)!.Value;
        Assert.Equal(100m, third + third + third);
        var grade = Grading.Of(Plan(new GradeCategory("", 100, 0, [])), [Mark(1, third), Mark(2, third), Mark(3, (Ratio)1100m / 15m), Mark(4, 100m)], 0m).Percent!.Value;
        Assert.Equal(60m, grade);
        Assert.Equal(6000, Grade.Kept(grade));
        Assert.Equal(3333, Grade.Kept(third));
        Assert.Equal(6666, Grade.Kept(third + third)); // cut off: nobody reads a mark that was not reached
    }

    [Fact]
    public void Weights_and_dropped_results_make_the_grade()
    {
        var plan = Plan(new GradeCategory("Quizzes", 40, 1, [Id(1), Id(2), Id(3)]), new GradeCategory("Exam", 60, 0, [Id(4)])) with { LeftOut = [Id(5)] };
        var grade = Grading.Of(plan, [Mark(1, 100m), Mark(2, 50m), Mark(3, null), Mark(4, 80m), Mark(5, 10m)], 0m);
        Assert.Equal((Ratio)((40 * 75m) + (60 * 80m)) / 100m, grade.Percent);
        Assert.Equal(Id(3), Assert.Single(grade.Categories[0].Marks, m => m.Use == MarkUse.Dropped).Mark.ItemId);
        Assert.Equal(Id(5), Assert.Single(grade.LeftOut).Mark.ItemId);
        Assert.Equal(80m, Grading.Of(plan, [Mark(4, 80m), Mark(1, null)], null).Percent); // an empty category takes its weight away
    }

    [Theory]
    [InlineData(CountedAttempt.Best, 90)]
    [InlineData(CountedAttempt.First, 30)]
    [InlineData(CountedAttempt.Last, 60)]
    [InlineData(CountedAttempt.Average, 60)]
    public void The_quiz_says_which_attempt_counts_and_an_unknown_score_does_not(CountedAttempt rule, int percent) =>
        Assert.Equal((decimal)percent, AttemptScore.Counted([Attempt(3, 6), Attempt(1, 3), Attempt(4, 10, shown: false), Attempt(2, 9)], rule));

    [Fact]
    public void Of_changes_out_of_order_the_highest_counts()
    {
        var score = new AttemptScore { AttemptId = Id(1) };
        score.Hear(Changed(2, 8));
        score.Hear(Changed(1, 2));
        score.Hear(new AttemptGraded(Id(1), Id(2), Id(3), Id(4), 7, 1, 10, false, DateTimeOffset.UnixEpoch));
        Assert.Equal((7, 80m), (score.Number, score.Percent!.Value.Cut(2)));

        static AttemptRegraded Changed(int change, decimal points) => new(Id(change), change, Id(1), Id(2), Id(3), Id(4), null, points, 10, true, null, DateTimeOffset.UnixEpoch);
    }

    private static AttemptScore Attempt(int number, decimal score, bool shown = true)
    {
        var attempt = new AttemptScore { AttemptId = Id(number) };
        attempt.Hear(new AttemptGraded(Id(number), Id(0), Id(0), Id(0), number, score, 10, false, DateTimeOffset.UnixEpoch) { ScoreShown = shown });
        return attempt;
    }

    private static (GradePlan Plan, List<QuizMark> Marks) Drawn(int seed)
    {
        var random = new Random(seed);
        var items = Enumerable.Range(1, random.Next(1, 15)).Select(Id).ToList();
        var categories = Enumerable.Range(0, random.Next(1, 5))
            .Select(i => new GradeCategory($"c{i}", random.Next(0, 5) * 12.5m, random.Next(0, 4), [.. items.Where(_ => random.Next(4) == 0)])).ToList();
        var plan = new GradePlan(Distinct(categories), [.. items.Where(_ => random.Next(10) == 0)], 60, 100, false);
        return (plan, [.. items.Select(i => new QuizMark(i, random.Next(5) == 0 ? null : (Ratio)random.Next(0, 31) * 100m / 30m))]);
    }

    // A quiz stands in one category.
    private static List<GradeCategory> Distinct(List<GradeCategory> categories)
    {
        var known = new HashSet<Guid>();
        return [.. categories.Select(c => c with { Items = [.. c.Items.Where(known.Add)] })];
    }

    private static GradePlan Plan(params GradeCategory[] categories) => new(categories, [], 60, 100, NeedsMark: false);

    private static QuizMark Mark(int item, Ratio? percent) => new(Id(item), percent);

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);
}
