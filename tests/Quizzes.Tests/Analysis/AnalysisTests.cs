using MoocPlatform.Quizzes.Analysis;
using MoocPlatform.Quizzes.Grading;
using Xunit;

namespace MoocPlatform.Quizzes.Tests.Analysis;

/// <summary>Statistics worked out by hand, and what is said about them.</summary>
public sealed class AnalysisTests
{
    // Three questions of one point, six learners; marks in quarters of a point.
    private static readonly int[][] Class = [[4, 4, 4], [4, 4, 0], [4, 0, 4], [4, 4, 0], [0, 0, 0], [4, 0, 0]];

    [Fact]
    public void A_quiz_worked_out_by_hand()
    {
        var quiz = Analyst.Analyse(AnalysisProperties.Book(Class));

        // Scores 3 2 2 2 0 1: mean 10/6, sum of squares about it 16/3, variance 16/15.
        Assert.Equal(10d / 6, quiz.Mean!.Value, 10);
        Assert.Equal(2, quiz.Median);
        Assert.Equal(Math.Sqrt(16d / 15), quiz.StandardDeviation!.Value, 10);

        // Variances of the questions: 1/6, 3/10, 4/15; alpha = 3/2 (1 − (11/15)/(16/15)).
        Assert.Equal(100 * 1.5 * (1 - (11d / 16)), quiz.Consistency!.Value, 10);
        Assert.Equal(100 * Math.Sqrt(1 - (quiz.Consistency.Value / 100)), quiz.ErrorRatio!.Value, 10);
        Assert.Equal(quiz.ErrorRatio.Value * quiz.StandardDeviation.Value / 100, quiz.StandardError!.Value, 10);

        // Deviations 4/3 1/3 1/3 1/3 −5/3 −2/3, cubed and added: −66/27; k3 = 6 · (−66/27) / (5 · 4).
        Assert.Equal(6 * (-66d / 27) / 20 / Math.Pow(16d / 15, 1.5), quiz.Skewness!.Value, 10);
        Assert.Equal([1, 0, 0, 1, 0, 0, 3, 0, 0, 1], quiz.Histogram);
    }

    [Fact]
    public void A_question_worked_out_by_hand()
    {
        var second = Analyst.Analyse(AnalysisProperties.Book(Class)).Questions[1];

        // Marks 1 1 0 1 0 0, rest 2 1 2 1 0 1: covariance 1/10, variances 3/10 and 17/30.
        Assert.Equal(50, second.Facility);
        Assert.Equal(100 * Math.Sqrt(0.3), second.StandardDeviation!.Value, 10);
        Assert.Equal(100 * 0.1 / Math.Sqrt(0.3 * (17d / 30)), second.Discrimination!.Value, 10);

        // Sorted: 0 0 0 1 1 1 with 0 1 1 1 2 2: covariance 3/10.
        Assert.Equal(100d / 3, second.Efficiency!.Value, 10);
        Assert.Equal(100d / 3, second.IntendedWeight!.Value, 10);
    }

    [Fact]
    public void What_cannot_be_computed_is_undefined()
    {
        var none = Analyst.Analyse(new ClassBook());
        Assert.Equal([null, null, null, null], new[] { none.Mean, none.Median, none.StandardDeviation, none.Consistency });

        var alike = Analyst.Analyse(AnalysisProperties.Book([[4, 0], [4, 0], [4, 0], [4, 0]]));
        Assert.Null(alike.Skewness);
        Assert.Null(alike.Kurtosis);
        Assert.Null(alike.Consistency);
        Assert.All(alike.Questions, q => Assert.Null(q.Discrimination));
        Assert.All(alike.Questions, q => Assert.Null(q.Efficiency));
        Assert.Equal(100, alike.Questions[0].Facility);
    }

    [Fact]
    public void A_key_that_the_best_do_not_choose_is_said_to_look_wrong()
    {
        // 40 learners; the best choose B at the question whose key is A.
        var quiz = Analyst.Analyse(Choosing(learner => learner < 14 ? 1 : learner % 2));
        var advice = Assert.Single(Advisor.Of(quiz), a => a.Tone == AdviceTone.Wrong);
        Assert.Equal("“{0}” was chosen by {1} % of the best quarter: the key may be wrong.", advice.Words);
        Assert.Equal(["Bee", 100], advice.Arguments);
    }

    [Fact]
    public void A_distractor_that_nobody_takes_is_named()
    {
        var quiz = Analyst.Analyse(Choosing(learner => learner < 20 ? 0 : 1));
        var advice = Assert.Single(Advisor.Of(quiz), a => a.Words.StartsWith("Nobody chose", StringComparison.Ordinal));
        Assert.Equal(["Cat"], advice.Arguments);
        Assert.DoesNotContain(Advisor.Of(quiz), a => a.Slot == 1 && a.Words.Contains("separates", StringComparison.Ordinal));
    }

    [Fact]
    public void A_question_that_separates_nobody_is_said_to()
    {
        var quiz = Analyst.Analyse(Choosing(learner => learner % 2));
        Assert.Contains(Advisor.Of(quiz), a => a.Words.StartsWith("This question separates nobody", StringComparison.Ordinal));
        var easy = Analyst.Analyse(Choosing(_ => 0));
        Assert.Contains(Advisor.Of(easy), a => a.Words.StartsWith("Nearly everybody", StringComparison.Ordinal));
    }

    [Fact]
    public void Few_attempts_are_no_reason_for_advice() =>
        Assert.Empty(Advisor.Of(Analyst.Analyse(Choosing(_ => 1, Advisor.Least - 1))));

    [Fact]
    public void Options_of_two_versions_are_counted_by_their_words()
    {
        var book = new ClassBook();
        var (old, now) = (new Guid(1, 0, 0, new byte[8]), new Guid(2, 0, 0, new byte[8]));
        book.Add([new BookEntry(null, old, old, Single("Ant", "Bee"), new Answer { Picks = [1] }, 0)]);
        book.Add([new BookEntry(null, old, now, Single("Bee", "Ant"), new Answer { Picks = [0] }, 1)]);
        var question = Assert.Single(Analyst.Analyse(book).Questions);
        Assert.Equal(now, question.Version);
        Assert.Equal(2, question.Responses.Single(r => r.Words == "Bee").Count);
        Assert.Equal(1, question.Responses.Single(r => r.Words == "Bee").Worth);
    }

    [Fact]
    public void What_guessing_gives_is_estimated_as_Moodle_does()
    {
        var trueFalse = new TrueFalse { Prompt = "", Points = 1, Right = true };
        var matching = new Matching { Prompt = "", Points = 1, Answers = ["a", "b", "c", "d"], Pairs = [new Pair("x", 0), new Pair("y", 1)] };
        Assert.Equal(0.5m, Guess.Of(trueFalse));
        Assert.Equal(0.25m, Guess.Of(matching));
        Assert.Equal(1m / 3, Guess.Of(Single("a", "b", "c")));
        Assert.Equal(0m, Guess.Of(new ShortText { Prompt = "", Points = 1, Keys = [new TextKey("yes", 1)] }));
        Assert.Equal(0.2m, Guess.Of(new ShortText { Prompt = "", Points = 1, Keys = [new TextKey("yes", 1), new TextKey("*", 0.2m)] }));
        Assert.Null(Guess.Of(new MultipleChoice { Prompt = "", Points = 1, Options = [new Option("a", true), new Option("b", false)] }));
        Assert.Equal(0.125m, Guess.Of(new Cloze { Prompt = "", Points = 1, Gaps = [new Gap(new ShortText { Prompt = "", Points = 1, Keys = [new TextKey("yes", 1)] }, 3), new Gap(Single("a", "b"))] }));
    }

    // Learner 0 is the best: besides the question with options A (right), B, C there are ten that learner n gets right as n is small.
    private static ClassBook Choosing(Func<int, int> choice, int learners = 40)
    {
        var book = new ClassBook();
        var other = new ShortText { Prompt = "", Points = 1, Keys = [new TextKey("yes", 1)] };
        for (var learner = 0; learner < learners; learner++)
        {
            var picked = choice(learner);
            book.Add(
            [
                new BookEntry(null, Guid.Empty, Guid.Empty, Single("Ant", "Bee", "Cat"), new Answer { Picks = [picked] }, picked == 0 ? 1 : 0),
                .. Enumerable.Range(1, 10).Select(q => new BookEntry(null, new Guid(q, 0, 0, new byte[8]), new Guid(q, 0, 0, new byte[8]), other, null, learner < q * 4 ? 1 : 0)),
            ]);
        }

        return book;
    }

    private static SingleChoice Single(params string[] options) =>
        new() { Prompt = "", Points = 1, Options = [.. options.Select((o, i) => new Option($"<em>{o}</em>", i == 0))] };
}
