using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using MoocPlatform.Quizzes.Grading;
using Xunit;

namespace MoocPlatform.Quizzes.Tests.Grading;

/// <summary>What holds for every question and every answer.</summary>
public sealed class GradingProperties
{
    private static readonly string[] Cultures = ["en", "ro", "it", "de-CH", "ar", "sv", ""];

    private static readonly Arbitrary<QuestionBody> Questions = Arb.From(
        from right in Gen.ArrayOf(Gen.Elements(true, false))
        from rule in Gen.Elements(TickRule.All, TickRule.Partial, TickRule.Penalty)
        from keys in Gen.ArrayOf(Keys())
        from patterns in Gen.ArrayOf(Patterns())
        from kind in Gen.Choose(0, 3)
        select kind switch
        {
            0 => (QuestionBody)new SingleChoice { Prompt = "", Points = 1, Options = [.. right.Select(r => new Option("", r))] },
            1 => new MultipleChoice { Prompt = "", Points = 1, Rule = rule, Options = [.. right.Select(r => new Option("", r))] },
            2 => new Numeric { Prompt = "", Points = 1, Keys = keys },
            _ => new ShortText { Prompt = "", Points = 1, Keys = patterns },
        });

    private static readonly Arbitrary<string> Texts = Arb.From(Gen.OneOf(
        ArbMap.Default.GeneratorFor<string>().Select(s => s ?? ""),
        Gen.ArrayOf(Gen.Elements("0123456789.,'-+eE \u00A0\u2212*\\\uD83D\uDC00aAș%".ToCharArray())).Select(c => new string(c)),
        ArbMap.Default.GeneratorFor<decimal>().Select(d => d.ToString(CultureInfo.InvariantCulture))));

    private static readonly Arbitrary<int[]> Picks = Arb.From(Gen.ArrayOf(Gen.Choose(-2, 8)));

    [Fact]
    public void A_fraction_is_between_nothing_and_all() => Check.QuickThrowOnFailure(Prop.ForAll(Questions, Texts, Picks, (question, text, picks) =>
        Grader.Grade(question, Any(text, picks)).Fraction is >= 0 and <= 1));

    [Fact]
    public void The_same_answer_is_always_worth_the_same() => Check.QuickThrowOnFailure(Prop.ForAll(Questions, Texts, Picks, (question, text, picks) =>
        Grader.Grade(question, Any(text, picks)).Fraction == Grader.Grade(QuestionBody.Of(question.Keep()), Any(text, picks)).Fraction));

    [Fact]
    public void The_order_of_ticks_does_not_count() => Check.QuickThrowOnFailure(Prop.ForAll(Questions, Picks, (question, picks) =>
        Grader.Grade(question, Any("", picks)).Fraction == Grader.Grade(question, Any("", [.. picks.Reverse()])).Fraction
        && Grader.Grade(question, Any("", picks)).Fraction == Grader.Grade(question, Any("", [.. picks, .. picks])).Fraction));

    [Fact]
    public void Shuffling_does_not_count() => Check.QuickThrowOnFailure(Prop.ForAll(Questions, Picks, ArbMap.Default.ArbFor<int>(), (question, picks, seed) =>
    {
        int[] order = [.. Enumerable.Range(0, question.Shuffled)];
        new Random(seed).Shuffle(order);
        var chosen = picks.Where(p => p >= 0 && p < order.Length).Distinct().ToList();
        var onPage = chosen.Select(p => Array.IndexOf(order, p).ToString(CultureInfo.InvariantCulture)).ToList();
        return question is not MultipleChoice
            || Grader.Grade(question, question.Read(onPage, order, CultureInfo.InvariantCulture)).Fraction == Grader.Grade(question, Any("", [.. chosen])).Fraction;
    }));

    [Fact]
    public void Grading_is_the_same_in_every_culture() => Check.QuickThrowOnFailure(Prop.ForAll(Questions, Texts, Picks, (question, text, picks) =>
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            return Cultures.Select(c =>
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(c);
                return Grader.Grade(question, Any(text, picks)).Fraction;
            }).Distinct().Count() == 1;
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }));

    [Fact]
    public void Whatever_is_sent_is_read_and_graded_without_an_exception() => Check.QuickThrowOnFailure(Prop.ForAll(Questions, Texts, Arb.From(Gen.Elements(Cultures)), (question, text, culture) =>
        Grader.Grade(question, question.Read([text, text], [.. Enumerable.Range(0, question.Shuffled)], CultureInfo.GetCultureInfo(culture))).Fraction is >= 0 and <= 1));

    [Fact]
    public void A_number_shown_in_a_culture_is_read_as_itself_in_it() => Check.QuickThrowOnFailure(Prop.ForAll(
        Arb.From(from whole in Gen.Choose(-2_000_000_000, 2_000_000_000) from places in Gen.Choose(0, 6) select whole / (decimal)Math.Pow(10, places)),
        Arb.From(Gen.Elements("en", "ro", "it")),
        (number, culture) => NumberReading.Read(NumberReading.Show(number, CultureInfo.GetCultureInfo(culture)), CultureInfo.GetCultureInfo(culture)) == number));

    [Fact]
    public void A_number_is_read_without_zeros_behind() => Check.QuickThrowOnFailure(Prop.ForAll(Texts, text =>
        NumberReading.Read(text, CultureInfo.InvariantCulture) is not { } number || !number.ToString(CultureInfo.InvariantCulture).Contains('.', StringComparison.Ordinal)
        || !number.ToString(CultureInfo.InvariantCulture).EndsWith('0')));

    private static Answer Any(string text, int[] picks) => new() { Text = text, Picks = picks, Number = NumberReading.Read(text, CultureInfo.InvariantCulture) };

    private static Gen<NumericKey> Keys() =>
        from low in ArbMap.Default.GeneratorFor<int>()
        from width in Gen.Choose(0, 100)
        from percent in Gen.Choose(0, 100)
        select new NumericKey(low, low + (decimal)width, null, percent / 100m);

    private static Gen<TextKey> Patterns() =>
        from pattern in Gen.ArrayOf(Gen.Elements("ab*\\ ș".ToCharArray()))
        from percent in Gen.Choose(0, 100)
        select new TextKey(new string(pattern), percent / 100m);
}
