using System.Globalization;
using MoocPlatform.Quizzes.Grading;
using Xunit;

namespace MoocPlatform.Quizzes.Tests.Grading;

public sealed class GradingTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
    private static readonly CultureInfo Romanian = CultureInfo.GetCultureInfo("ro");
    private static readonly CultureInfo Italian = CultureInfo.GetCultureInfo("it");

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    [InlineData(7, 0)]
    [InlineData(-1, 0)]
    public void A_single_choice_is_right_or_wrong(int pick, int fraction) =>
        Assert.Equal(fraction, Grader.Grade(Single(), new Answer { Picks = [pick] }).Fraction);

    [Fact]
    public void Two_ticks_in_a_single_choice_are_worth_nothing() =>
        Assert.Equal(0, Grader.Grade(Single(), new Answer { Picks = [0, 1] }).Fraction);

    [Fact]
    public void No_answer_is_worth_nothing_and_says_nothing() => Assert.Equal(Mark.Nothing, Grader.Grade(Single(), null));

    [Fact]
    public void Feedback_is_that_of_what_was_chosen()
    {
        Assert.Equal(["yes"], Grader.Grade(Single(), new Answer { Picks = [1] }).Feedback);
        Assert.Equal([], Grader.Grade(Single(), new Answer { Picks = [2] }).Feedback);
    }

    // Right are 0, 1 and 2; wrong are 3 and 4.
    [Theory]
    [InlineData("", "0", "0", "0")]
    [InlineData("0", "0", "1/3", "1/3")]
    [InlineData("0,1", "0", "2/3", "2/3")]
    [InlineData("0,1,2", "1", "1", "1")]
    [InlineData("0,1,2,3", "0", "2/3", "1/2")]
    [InlineData("0,1,2,3,4", "0", "1/3", "0")]
    [InlineData("0,3", "0", "0", "0")]
    [InlineData("0,1,3", "0", "1/3", "1/6")]
    [InlineData("3,4", "0", "0", "0")]
    public void A_multiple_choice_is_graded_by_its_rule(string picks, string all, string partial, string penalty)
    {
        Assert.Equal(Exact(all), Fraction(TickRule.All));
        Assert.Equal(Exact(partial), Fraction(TickRule.Partial));
        Assert.Equal(Exact(penalty), Fraction(TickRule.Penalty));

        decimal Fraction(TickRule rule) => Math.Round(
            Grader.Grade(Multiple(rule), new Answer { Picks = [.. picks.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)] }).Fraction, 20);

        static decimal Exact(string fraction)
        {
            var parts = fraction.Split('/').Select(decimal.Parse).ToArray();
            return Math.Round(parts.Length == 1 ? parts[0] : parts[0] / parts[1], 20);
        }
    }

    [Theory]
    [InlineData("3145", 1)]
    [InlineData("3144.5", 1)]
    [InlineData("3145.5", 1)]
    [InlineData("3145.5000001", 0.5)]
    [InlineData("3144.4999999", 0.5)]
    [InlineData("3000", 0.5)]
    [InlineData("2699.9", 0)]
    [InlineData("15", 0.25)]
    public void A_number_is_worth_what_the_first_key_that_holds_it_says(string number, double fraction) =>
        Assert.Equal((decimal)fraction, Grader.Grade(Number(), Read(Number(), number, English)).Fraction);

    [Theory]
    [InlineData("public domain", 1)]
    [InlineData("  Public \u00A0 DOMAIN ", 1)]
    [InlineData("the domain", 0.5)]
    [InlineData("domain", 0.5)]
    [InlineData("domains", 0)]
    [InlineData("don\u2019t*", 1)]
    [InlineData("don't know", 0)]
    [InlineData("\u0219coal\u0103", 1)]
    [InlineData("\u015Fcoala\u0306", 1)]
    [InlineData("\uD800", 0)]
    public void A_short_text_is_compared_by_what_can_be_seen(string text, double fraction) =>
        Assert.Equal((decimal)fraction, Grader.Grade(Short(), Read(Short(), text, English)).Fraction);

    [Fact]
    public void Case_counts_when_the_author_says_so()
    {
        var question = Short() with { CaseSensitive = true };
        Assert.Equal(1, Grader.Grade(question, new Answer { Text = "public domain" }).Fraction);
        Assert.Equal(0, Grader.Grade(question, new Answer { Text = "Public Domain" }).Fraction);
    }

    [Theory]
    [InlineData("en", "3145", "3145")]
    [InlineData("en", "3,145", "3145")]
    [InlineData("en", "3.145", "3.145")]
    [InlineData("ro", "3.145", "3145")]
    [InlineData("ro", "3,145", "3.145")]
    [InlineData("it", "3.145,50", "3145.5")]
    [InlineData("en", "3,145.50", "3145.5")]
    [InlineData("ro", "3,145.50", "3145.5")]
    [InlineData("en", "3.145,50", "3145.5")]
    [InlineData("ro", "12.58", "12.58")]
    [InlineData("en", "12,58", "12.58")]
    [InlineData("ro", "0.125", "0.125")]
    [InlineData("en", "1,234,567", "1234567")]
    [InlineData("ro", "1.234.567", "1234567")]
    [InlineData("en", "1 234 567.5", "1234567.5")]
    [InlineData("it", "1\u00A0234,5", "1234.5")]
    [InlineData("it", "1'234'567", "1234567")]
    [InlineData("en", "\u22125", "-5")]
    [InlineData("en", "+5", "5")]
    [InlineData("en", ".5", "0.5")]
    [InlineData("ro", ",5", "0.5")]
    [InlineData("en", "5.", "5")]
    [InlineData("en", "1.5e3", "1500")]
    [InlineData("ro", "1,5E-3", "0.0015")]
    [InlineData("en", "3145 MB", "3145")]
    [InlineData("en", "3145mb", "3145")]
    [InlineData("en", "0.10", "0.1")]
    [InlineData("en", "", null)]
    [InlineData("en", "MB", null)]
    [InlineData("en", "three", null)]
    [InlineData("en", "1,23,4", null)]
    [InlineData("en", "1.2.3,4,5", null)]
    [InlineData("en", "12 34", null)]
    [InlineData("en", "1-2", null)]
    [InlineData("en", "--1", null)]
    [InlineData("en", ".", null)]
    [InlineData("en", "1e", null)]
    [InlineData("en", "1e99", null)]
    [InlineData("en", "9999999999999999999999999999", null)]
    [InlineData("en", "\u0663", null)]
    public void Numbers_are_read_as_people_of_a_culture_type_them(string culture, string typed, string? number) =>
        Assert.Equal(number, NumberReading.Read(typed, CultureInfo.GetCultureInfo(culture), "MB")?.ToString(CultureInfo.InvariantCulture));

    [Fact]
    public void What_was_read_is_shown_back_in_the_same_culture()
    {
        Assert.Equal("3,145.5", NumberReading.Show(3145.5m, English));
        Assert.Equal("3.145,5", NumberReading.Show(3145.5m, Romanian));
        Assert.Equal("3.145,5", NumberReading.Show(3145.50m, Italian));
    }

    [Fact]
    public void Three_thirds_are_a_whole()
    {
        var third = Grader.Grade(Multiple(TickRule.Partial), new Answer { Picks = [0] }).Fraction;
        Assert.Equal(1, Grader.Score([(Multiple(TickRule.Partial), third), (Multiple(TickRule.Partial), third), (Multiple(TickRule.Partial), third)]));
    }

    [Fact]
    public void A_place_on_the_page_is_the_option_that_was_shown_there()
    {
        Assert.Equal(new Answer { Picks = [2] }, Single().Read(["0"], [2, 0, 1], English));
        Assert.Equal(new Answer { Picks = [0, 2] }, Multiple(TickRule.All).Read(["0", "1", "0", "99", "-1", "x"], [2, 0, 1, 4, 3], English));
        Assert.Null(Single().Read(["3"], [2, 0, 1], English));
        Assert.Null(Single().Read([], [2, 0, 1], English));
    }

    internal static SingleChoice Single() => new() { Prompt = "", Points = 1, Options = [new("a", false, "no"), new("b", true, "yes"), new("c", false)] };

    internal static MultipleChoice Multiple(TickRule rule) => new()
    {
        Prompt = "",
        Points = 1,
        Rule = rule,
        Options = [new("a", true), new("b", true), new("c", true), new("d", false), new("e", false)],
    };

    internal static Numeric Number() => new()
    {
        Prompt = "",
        Points = 1,
        Unit = "MB",
        Keys = [new(3144.5m, 3145.5m, 3145, 1), new(2700, 3300, 3000, 0.5m), new(10, 20, null, 0.25m)],
    };

    internal static ShortText Short() => new()
    {
        Prompt = "",
        Points = 1,
        Keys = [new("public domain", 1), new("*domain", 0.5m), new("don't\\*", 1), new("\u0219coal\u0103", 1)],
    };

    internal static Answer? Read(QuestionBody question, string typed, CultureInfo culture) => question.Read([typed], [], culture);
}
