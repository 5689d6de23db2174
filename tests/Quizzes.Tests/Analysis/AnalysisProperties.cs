using FsCheck;
using FsCheck.Fluent;
using MoocPlatform.Quizzes.Analysis;
using MoocPlatform.Quizzes.Grading;
using Xunit;

namespace MoocPlatform.Quizzes.Tests.Analysis;

/// <summary>What holds for the statistics of every class.</summary>
public sealed class AnalysisProperties
{
    // Marks of learners in quarters of a point: rows × questions.
    private static readonly Arbitrary<int[][]> Classes = Arb.From(
        from questions in Gen.Choose(1, 5)
        from learners in Gen.Choose(0, 12)
        from marks in Gen.ArrayOf(Gen.ArrayOf(Gen.Choose(0, 4), questions), learners)
        select marks);

    [Fact]
    public void Every_figure_is_in_its_range_or_undefined() => Properties.Hold(Prop.ForAll(Classes, marks =>
    {
        var quiz = Analyst.Analyse(Book(marks));
        return quiz.Questions.All(q => In(q.Facility, 0, 100) && In(q.Discrimination, -100, 100) && In(q.IntendedWeight, 0, 100) && In(q.EffectiveWeight, 0, 100.0001)
                && In(q.Efficiency, double.MinValue, 100))
            && In(quiz.Consistency, double.MinValue, 100) && In(quiz.Mean, 0, quiz.Points) && In(quiz.Median, 0, quiz.Points) && In(quiz.StandardError, 0, double.MaxValue)
            && In(quiz.Skewness, double.MinValue, double.MaxValue) && In(quiz.Kurtosis, double.MinValue, double.MaxValue);
    }));

    [Fact]
    public void Questions_that_rise_alike_are_wholly_consistent()
    {
        var quiz = Analyst.Analyse(Book([[2, 1, 0], [3, 2, 1]]));
        Assert.Equal(100, quiz.Consistency);
        Assert.Equal(0, quiz.StandardError);
    }

    [Fact]
    public void The_order_of_learners_does_not_count() => Properties.Hold(Prop.ForAll(Classes, ArbMap.Default.ArbFor<int>(), (marks, seed) =>
    {
        var mixed = marks.ToArray();
        new Random(seed).Shuffle(mixed);
        var (one, other) = (Analyst.Analyse(Book(marks)), Analyst.Analyse(Book(mixed)));
        return Same(Figures(one), Figures(other));
    }));

    [Fact]
    public void The_unit_of_points_does_not_count() => Properties.Hold(Prop.ForAll(Classes, marks =>
    {
        var (one, other) = (Analyst.Analyse(Book(marks)), Analyst.Analyse(Book(marks, points: 8)));
        return Same(one.Consistency, other.Consistency) && Same(one.Skewness, other.Skewness) && Same(one.Mean * 8, other.Mean)
            && one.Questions.Zip(other.Questions).All(q => Same(q.First.Facility, q.Second.Facility) && Same(q.First.Discrimination, q.Second.Discrimination)
                && Same(q.First.Efficiency, q.Second.Efficiency) && Same(q.First.EffectiveWeight, q.Second.EffectiveWeight));
    }));

    [Fact]
    public void Everybody_stands_in_one_quarter_and_one_bar() => Properties.Hold(Prop.ForAll(Classes, marks =>
    {
        var quiz = Analyst.Analyse(Book(marks));
        return quiz.Histogram.Sum() == marks.Length
            && quiz.Questions.All(q => q.Quarters.Sum() == marks.Length && q.Quarters.Max() - q.Quarters.Min() <= 1 && q.Responses.Sum(r => r.Count) == marks.Length);
    }));

    [Fact]
    public void Weights_add_up_to_a_hundred() => Properties.Hold(Prop.ForAll(Classes, marks =>
    {
        var quiz = Analyst.Analyse(Book(marks));
        return quiz.Questions.Count == 0
            || (Same(quiz.Questions.Sum(q => q.IntendedWeight), 100) && (quiz.StandardDeviation is not > 0 || Same(quiz.Questions.Sum(q => q.EffectiveWeight ?? 0), 100)));
    }));

    [Fact]
    public void A_bad_key_makes_its_question_discriminate_the_other_way() => Properties.Hold(Prop.ForAll(Classes, marks =>
    {
        // Two questions: turning one round turns the sign of its covariance with the other.
        var two = marks.Select(m => new[] { m[0], m[^1] }).ToArray();
        var turned = two.Select(m => new[] { 4 - m[0], m[1] }).ToArray();
        var (one, other) = (Analyst.Analyse(Book(two)), Analyst.Analyse(Book(turned)));
        return one.Questions.Count == 0 || Same(one.Questions[0].Discrimination, -other.Questions[0].Discrimination);
    }));

    internal static ClassBook Book(int[][] quarters, decimal points = 1)
    {
        var book = new ClassBook();
        var body = new ShortText { Prompt = "", Points = points, Keys = [new TextKey("yes", 1)] };
        foreach (var row in quarters)
            book.Add([.. row.Select((m, i) => new BookEntry(null, Id(i), Id(100 + i), body, new Answer { Text = m == 4 ? "yes" : "no" }, m / 4m))]);
        return book;
    }

    private static Guid Id(int number) => new(number + 1, 0, 0, new byte[8]);

    private static IEnumerable<double?> Figures(QuizAnalysis quiz) =>
    [
        quiz.Mean, quiz.Median, quiz.StandardDeviation, quiz.Skewness, quiz.Kurtosis, quiz.Consistency, quiz.ErrorRatio, quiz.StandardError,
        .. quiz.Questions.SelectMany(q => new[] { q.Facility, q.StandardDeviation, q.IntendedWeight, q.EffectiveWeight, q.Discrimination, q.Efficiency }),
    ];

    private static bool Same(IEnumerable<double?> one, IEnumerable<double?> other) => one.Zip(other).All(p => Same(p.First, p.Second));

    private static bool Same(double? one, double? other) =>
        one is null ? other is null : other is not null && Math.Abs(one.Value - other.Value) <= 1e-6 * Math.Max(1, Math.Abs(one.Value));

    private static bool In(double? figure, double least, double most) => figure is null || (figure >= least && figure <= most);
}
