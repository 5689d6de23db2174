using System.Globalization;
using MoocPlatform.Quizzes.Grading;
using Xunit;

namespace MoocPlatform.Quizzes.Tests.Grading;

/// <summary>The grading rules that Moodle's quizzes follow, on questions of our own.</summary>
public sealed class MoodleRuleTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    [Theory]
    [InlineData("0", "0.5")]
    [InlineData("0,1", "1")]
    [InlineData("0,1,2", "0.5")]
    [InlineData("2", "0")]
    [InlineData("0,2", "0")]
    [InlineData("0,1,3", "1")]
    [InlineData("3", "0.9")]
    public void A_multiple_choice_is_the_sum_of_what_is_ticked_between_nothing_and_all(string picks, string fraction)
    {
        var question = new MultipleChoice
        {
            Prompt = "",
            Points = 1,
            Rule = TickRule.Sum,
            Options = [new("a", true, Part: 0.5m), new("b", true, Part: 0.5m), new("c", false, Part: -0.5m), new("d", true, Part: 0.9m)],
        };
        Assert.Equal(Decimal(fraction), Grader.Grade(question, new Answer { Picks = [.. picks.Split(',').Select(int.Parse)] }).Fraction);
    }

    [Theory]
    [InlineData(0, "1")]
    [InlineData(1, "0.5")]
    [InlineData(2, "0")]
    public void A_single_choice_is_worth_its_own_part(int pick, string fraction)
    {
        var question = new SingleChoice { Prompt = "", Points = 1, Options = [new("a", true), new("b", true, Part: 0.5m), new("c", false, Part: -0.25m)] };
        Assert.Equal(Decimal(fraction), Grader.Grade(question, new Answer { Picks = [pick] }).Fraction);
    }

    [Theory]
    [InlineData("0,1,2,0", "1")]
    [InlineData("0,1,-1,-1", "0.5")]
    [InlineData("1,0,0,1", "0")]
    [InlineData("0", "0.25")]
    public void A_matching_is_right_pairs_of_all(string places, string fraction)
    {
        var question = new Matching { Prompt = "", Points = 1, Answers = ["a", "b", "c"], Pairs = [new("1", 0), new("2", 1), new("3", 2), new("4", 0)] };
        Assert.Equal(Decimal(fraction), Grader.Grade(question, new Answer { Places = [.. places.Split(',').Select(int.Parse)] }).Fraction);
    }

    [Fact]
    public void A_cloze_is_the_weighted_mean_of_its_gaps()
    {
        var question = new Cloze
        {
            Prompt = "",
            Points = 1,
            Gaps = [new(new ShortText { Prompt = "", Points = 1, Keys = [new("frog", 1), new("toad", 0.5m)] }, 1), new(GradingTests.Single(), 3)],
        };
        Assert.Equal(0.125m, Grader.Grade(question, new Answer { Gaps = [new() { Text = "toad" }, null] }).Fraction);
        Assert.Equal(0.875m, Grader.Grade(question, new Answer { Gaps = [new() { Text = "toad" }, new() { Picks = [1] }] }).Fraction);
        Assert.Equal(1, Grader.Grade(question, new Answer { Gaps = [new() { Text = "frog" }, new() { Picks = [1] }] }).Fraction);
    }

    [Theory]
    [InlineData("3.14", "1")]
    [InlineData("3.1", "0.5")]
    [InlineData("99", "0.1")]
    [InlineData("about three", "0.1")]
    public void Of_several_numeric_keys_the_first_that_holds_counts_and_a_star_holds_everything(string typed, string fraction)
    {
        var question = new Numeric { Prompt = "", Points = 1, Keys = [new(3.135m, 3.145m, 3.14m, 1), new(3, 3.2m, 3.1m, 0.5m), new(0, 0, null, 0.1m, Anything: true)] };
        Assert.Equal(Decimal(fraction), Grader.Grade(question, question.Read([typed], [], English)).Fraction);
    }

    [Fact]
    public void Three_options_of_a_third_are_a_whole()
    {
        var question = new MultipleChoice { Prompt = "", Points = 1, Rule = TickRule.Sum, Options = [.. Enumerable.Repeat(new Option("a", true, Part: 1m / 3), 3)] };
        Assert.Equal(1, Grader.Grade(question, new Answer { Picks = [0, 1, 2] }).Fraction);
    }

    [Theory]
    [InlineData("3.14", 1)]
    [InlineData("3.142", 1)]
    [InlineData("3.135", 1)]
    [InlineData("3.145", 0)]
    [InlineData("3.1", 0)]
    public void With_significant_figures_what_rounds_to_the_same_is_right(string typed, int fraction)
    {
        var question = new Numeric { Prompt = "", Points = 1, Keys = [new(0, 0, 3.14159m, 1, Figures: 3)] };
        Assert.Equal(fraction, Grader.Grade(question, question.Read([typed], [], English)).Fraction);
    }

    [Theory]
    [InlineData("314159", 2, "310000")]
    [InlineData("0.00098765", 3, "0.000988")]
    [InlineData("-99.95", 3, "-100")]
    [InlineData("0", 3, "0")]
    public void Figures_are_counted_from_the_first_that_is_not_nought(string number, int figures, string rounded) =>
        Assert.Equal(Decimal(rounded), NumericKey.Rounded(Decimal(number), figures));

    [Theory]
    [InlineData("3145", "1", "3145")]
    [InlineData("3145 MB", "1", "3145")]
    [InlineData("3.145 GB", "1", "3145")]
    [InlineData("3145000 kB", "1", "3145")]
    [InlineData("3.145 gb", "1", "3145")]
    [InlineData("3145 GB", "0", "3145000")]
    [InlineData("3145 TB", "0", null)]
    public void Other_units_are_reckoned_in(string typed, string fraction, string? read)
    {
        var question = new Numeric { Prompt = "", Points = 1, Unit = "MB", Units = new("MB", [new("GB", 1000), new("kB", 0.001m)]), Keys = [new(3145, 3145, 3145, 1)] };
        var answer = question.Read([typed], [], English)!;
        Assert.Equal(read, answer.Number?.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(Decimal(fraction), Grader.Grade(question, answer).Fraction);
    }

    [Fact]
    public void A_unit_that_must_be_written_costs_its_part_when_it_is_missing_and_capitals_tell_units_apart()
    {
        var question = new Numeric { Prompt = "", Points = 1, Unit = "MW", Units = new("MW", [new("mW", 0.000000001m)], 0.25m), Keys = [new(5, 5, 5, 1)] };
        Assert.Equal(1, Grade("5 MW"));
        Assert.Equal(0.75m, Grade("5"));
        Assert.Equal(0, Grade("5 mW"));
        Assert.Null(question.Measures.Printed);

        decimal Grade(string typed) => Grader.Grade(question, question.Read([typed], [], English)).Fraction;
    }

    [Theory]
    [InlineData("licence", "licence", 1)]
    [InlineData("licence", "license", 1)]
    [InlineData("licence", "lisense", 1)]
    [InlineData("licence", "ilcence", 1)]
    [InlineData("licence", "lisenses", 0)]
    [InlineData("licence", "LICENSE", 1)]
    public void A_word_with_few_wrong_letters_is_near(string key, string typed, int fraction) =>
        Assert.Equal(fraction, Grader.Grade(new ShortText { Prompt = "", Points = 1, Keys = [new(key, 1, Near: 2)] }, new Answer { Text = typed }).Fraction);

    [Theory]
    [InlineData("colou?r", "Color", 1)]
    [InlineData("colou?r", "the colour", 0)]
    [InlineData("a|b", "ab", 0)]
    [InlineData("(a+)+b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", 0)]
    public void A_regular_expression_fits_the_whole_text_in_linear_time(string expression, string typed, int fraction) =>
        Assert.Equal(fraction, Grader.Grade(new ShortText { Prompt = "", Points = 1, Keys = [new(expression, 1, Regex: true)] }, new Answer { Text = typed }).Fraction);

    [Theory]
    [InlineData("(")]
    [InlineData("(a)\\1")]
    [InlineData("(?=a)b")]
    [InlineData("((a{100}){100}){100}")]
    public void An_expression_that_the_engine_cannot_run_is_told(string expression) => Assert.NotNull(Expressions.Wrong(expression));

    [Theory]
    [InlineData("0,1,2,3", "1", "1", "1", "1")]
    [InlineData("1,0,2,3", "0.5", "0", "1/3", "0.75")]
    [InlineData("3,0,1,2", "0", "0", "2/3", "0.75")]
    [InlineData("3,2,1,0", "0", "0", "0", "0")]
    [InlineData("0,-1,-1,-1", "0.25", "0", "0", "0")]
    public void An_order_is_graded_by_its_rule(string positions, string position, string all, string next, string longest)
    {
        Assert.Equal(Round(position), Fraction(OrderRule.Position));
        Assert.Equal(Round(all), Fraction(OrderRule.All));
        Assert.Equal(Round(next), Fraction(OrderRule.Next));
        Assert.Equal(Round(longest), Fraction(OrderRule.Longest));

        decimal Fraction(OrderRule rule) => Math.Round(
            Grader.Grade(new Ordering { Prompt = "", Points = 1, Rule = rule, Items = [new("a"), new("b"), new("c"), new("d")] }, new Answer { Places = [.. positions.Split(',').Select(int.Parse)] }).Fraction, 10);
        static decimal Round(string fraction) => Math.Round(fraction.Split('/').Select(Decimal).Aggregate((a, b) => a / b), 10);
    }

    [Theory]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("-2^2", "-4")]
    [InlineData("2^-1", "0.5")]
    [InlineData("2^3^2", "512")]
    [InlineData("0.1 + 0.2", "0.3")]
    [InlineData("round(10 / 3, 2)", "3.33")]
    [InlineData("sqrt(a) + max(1, b, 2)", "7")]
    [InlineData("1.5e3 / 2e-1", "7500")]
    [InlineData("1 / 0", null)]
    [InlineData("sqrt(-1)", null)]
    [InlineData("10^30", null)]
    public void Formulas_are_computed(string expression, string? value) => Assert.Equal(
        value, Arithmetic.Value(expression, new Dictionary<string, decimal> { ["a"] = 9, ["b"] = 4 })?.ToString(CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("", 0)]
    [InlineData("1 +", 3)]
    [InlineData("c * 2", 0)]
    [InlineData("2 3", 2)]
    [InlineData("(1", 2)]
    [InlineData("sqrt(1, 2)", 0)]
    [InlineData("1.2.3", 0)]
    public void What_cannot_be_computed_is_told_with_its_place(string expression, int at) => Assert.Equal(
        at.ToString(CultureInfo.InvariantCulture), Assert.Throws<FormatException>(() => Arithmetic.Value(expression, new Dictionary<string, decimal>())).Message);

    [Fact]
    public void A_thousand_parentheses_do_no_harm() =>
        Assert.Throws<FormatException>(() => Arithmetic.Value(new string('(', 1000) + "1" + new string(')', 1000), new Dictionary<string, decimal>()));

    [Fact]
    public void A_formula_becomes_a_number_with_the_values_of_the_attempt()
    {
        var question = new Formula
        {
            Prompt = $"<p>{Cloze.Open}0{Cloze.Close} times {Cloze.Open}1{Cloze.Close}?</p>",
            Points = 2,
            Variables = [new("a", [2, 3]), new("b", [], 5, 6, 0.5m), new("c", [], Is: "a * b")],
            Keys = [new("c", 0.01m, true, null, 1), new("c / 10", 0, false, null, 0.5m)],
        };
        var drawn = question.Draw(new Random(7));
        Assert.Equal(drawn[0] * drawn[1], drawn[2]);
        Assert.Equal(drawn, question.Draw(new Random(7)));
        var asked = Assert.IsType<Numeric>(question.Drawn([2, 5.5m, 11]));
        Assert.Equal(("<p>2 times 5.5?</p>", 2m), (asked.Prompt.Replace(',', '.'), asked.Points));
        Assert.Equal(1, Grader.Grade(asked, new Answer { Text = "11.1", Number = 11.1m }).Fraction);
        Assert.Equal(0.5m, Grader.Grade(asked, new Answer { Text = "1.1", Number = 1.1m }).Fraction);
        Assert.Equal(0, Grader.Grade(asked, new Answer { Text = "11.2", Number = 11.2m }).Fraction);
    }

    private static decimal Decimal(string number) => decimal.Parse(number, CultureInfo.InvariantCulture);
}
