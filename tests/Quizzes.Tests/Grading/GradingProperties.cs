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
        from rule in Gen.Elements(TickRule.All, TickRule.Partial, TickRule.Penalty, TickRule.Sum)
        from keys in Gen.ArrayOf(Keys())
        from patterns in Gen.ArrayOf(Patterns())
        from parts in Gen.ArrayOf(Gen.Elements<decimal?>(null, -1, -0.25m, 0, 1m / 3, 0.5m, 1))
        from order in Gen.Elements(OrderRule.All, OrderRule.Longest, OrderRule.Next, OrderRule.Position)
        from kind in Gen.Choose(0, 7)
        select Of(kind, right, rule, keys, patterns, parts, order));

    private static QuestionBody Of(int kind, bool[] right, TickRule rule, NumericKey[] keys, TextKey[] patterns, decimal?[] parts, OrderRule order) => kind switch
    {
        0 => new SingleChoice { Prompt = "", Points = 1, Options = Options(right, parts) },
        1 => new MultipleChoice { Prompt = "", Points = 1, Rule = rule, Options = Options(right, parts) },
        2 => new Numeric { Prompt = "", Points = 1, Keys = keys, Units = right.Length > 3 ? new("m", [new("km", 1000)], 0.25m) : null },
        3 => new ShortText { Prompt = "", Points = 1, Keys = patterns },
        4 => new TrueFalse { Prompt = "", Points = 1, Right = right is [true, ..] },
        5 => new Matching { Prompt = "", Points = 1, AllOrNothing = right is [true, ..], Answers = ["a", "b", "c"], Pairs = [.. right.Select((r, i) => new Pair("", r ? i % 3 : 0))] },
        6 => new Ordering { Prompt = "", Points = 1, Rule = order, Items = [.. right.Select(_ => new OrderItem(""))] },
        _ => new Cloze { Prompt = "", Points = 1, Gaps = [new(Of(0, right, rule, keys, patterns, parts, order)), new(Of(2, right, rule, keys, patterns, parts, order), 2.5m), new(Of(3, right, rule, keys, patterns, parts, order))] },
    };

    private static List<Option> Options(bool[] right, decimal?[] parts) => [.. right.Select((r, i) => new Option("", r, null, i < parts.Length ? parts[i] : null))];

    private static readonly Arbitrary<string> Texts = Arb.From(Gen.OneOf(
        ArbMap.Default.GeneratorFor<string>().Select(s => s ?? ""),
        Gen.ArrayOf(Gen.Elements("0123456789.,'-+eE \u00A0\u2212*\\\uD83D\uDC00aAș%".ToCharArray())).Select(c => new string(c)),
        ArbMap.Default.GeneratorFor<decimal>().Select(d => d.ToString(CultureInfo.InvariantCulture))));

    private static readonly Arbitrary<int[]> Picks = Arb.From(Gen.ArrayOf(Gen.Choose(-2, 8)));

    [Fact]
    public void A_fraction_is_between_nothing_and_all() => Properties.Hold(Prop.ForAll(Questions, Texts, Picks, (question, text, picks) =>
        Grader.Grade(question, Any(text, picks)).Fraction is >= 0 and <= 1));

    [Fact]
    public void The_same_answer_is_always_worth_the_same() => Properties.Hold(Prop.ForAll(Questions, Texts, Picks, (question, text, picks) =>
        Grader.Grade(question, Any(text, picks)).Fraction == Grader.Grade(QuestionBody.Of(question.Keep()), Any(text, picks)).Fraction));

    [Fact]
    public void The_order_of_ticks_does_not_count() => Properties.Hold(Prop.ForAll(Questions, Picks, (question, picks) =>
        question is not Choice || (Grader.Grade(question, Any("", picks)).Fraction == Grader.Grade(question, Any("", [.. picks.Reverse()])).Fraction
        && Grader.Grade(question, Any("", picks)).Fraction == Grader.Grade(question, Any("", [.. picks, .. picks])).Fraction)));

    [Fact]
    public void Shuffling_does_not_count() => Properties.Hold(Prop.ForAll(Questions, Picks, ArbMap.Default.ArbFor<int>(), (question, picks, seed) =>
    {
        int[] order = [.. Enumerable.Range(0, question.Shuffled)];
        new Random(seed).Shuffle(order);
        var chosen = picks.Where(p => p >= 0 && p < order.Length).Distinct().ToList();
        var onPage = chosen.Select(p => Array.IndexOf(order, p).ToString(CultureInfo.InvariantCulture)).ToList();
        return question is not MultipleChoice
            || Grader.Grade(question, question.Read(onPage, order, CultureInfo.InvariantCulture)).Fraction == Grader.Grade(question, Any("", [.. chosen])).Fraction;
    }));

    [Fact]
    public void Grading_is_the_same_in_every_culture() => Properties.Hold(Prop.ForAll(Questions, Texts, Picks, (question, text, picks) =>
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
    public void Whatever_is_sent_is_read_and_graded_without_an_exception() => Properties.Hold(Prop.ForAll(Questions, Texts, Arb.From(Gen.Elements(Cultures)), (question, text, culture) =>
        Grader.Grade(question, question.Read([text, "0=" + text, "1=1", "2=2", "1=" + text], [.. Enumerable.Range(0, question.Shuffled)], CultureInfo.GetCultureInfo(culture))).Fraction is >= 0 and <= 1));

    [Fact]
    public void A_number_shown_in_a_culture_is_read_as_itself_in_it() => Properties.Hold(Prop.ForAll(
        Arb.From(from whole in Gen.Choose(-2_000_000_000, 2_000_000_000) from places in Gen.Choose(0, 6) select whole / (decimal)Math.Pow(10, places)),
        Arb.From(Gen.Elements("en", "ro", "it")),
        (number, culture) => NumberReading.Read(NumberReading.Show(number, CultureInfo.GetCultureInfo(culture)), CultureInfo.GetCultureInfo(culture)) == number));

    [Fact]
    public void A_number_is_read_without_zeros_behind() => Properties.Hold(Prop.ForAll(Texts, text =>
        NumberReading.Read(text, CultureInfo.InvariantCulture) is not { } number || !number.ToString(CultureInfo.InvariantCulture).Contains('.', StringComparison.Ordinal)
        || !number.ToString(CultureInfo.InvariantCulture).EndsWith('0')));

    [Fact]
    public void One_more_right_pair_is_never_worth_less() => Properties.Hold(Prop.ForAll(Questions, Picks, (question, places) =>
        question is not Matching matching || Enumerable.Range(0, matching.Pairs.Count).All(i =>
        {
            int[] given = [.. Enumerable.Range(0, matching.Pairs.Count).Select(p => p < places.Length ? places[p] : -1)];
            int[] better = [.. given.Select((g, p) => p == i ? matching.Pairs[p].Answer : g)];
            return Grader.Grade(question, new Answer { Places = better }).Fraction >= Grader.Grade(question, new Answer { Places = given }).Fraction;
        })));

    [Fact]
    public void A_gap_answered_right_is_never_worth_less() => Properties.Hold(Prop.ForAll(Questions, Texts, Picks, (question, text, picks) =>
    {
        if (question is not Cloze cloze)
            return true;
        var worth = cloze.Gaps.Select(g => Grader.Grade(g.Body, Any(text, picks)).Fraction).ToList();
        var all = Grader.Grade(question, new Answer { Gaps = [.. cloze.Gaps.Select(_ => Any(text, picks))] }).Fraction;
        var without = Grader.Grade(question, new Answer { Gaps = [.. cloze.Gaps.Select((_, i) => i == 1 ? null : Any(text, picks))] }).Fraction;
        return all >= without && all <= worth.Max() && all >= worth.Min();
    }));

    [Fact]
    public void The_right_order_is_worth_all_by_every_rule() => Properties.Hold(Prop.ForAll(Questions, question =>
        question is not Ordering { Items.Count: > 0 } ordering || Grader.Grade(question, new Answer { Places = [.. Enumerable.Range(0, ordering.Items.Count)] }).Fraction == 1));

    [Fact]
    public void A_deal_is_an_order_that_keeps_what_is_pinned_and_is_the_same_for_the_same_seed() => Properties.Hold(Prop.ForAll(Questions, ArbMap.Default.ArbFor<int>(), (question, seed) =>
    {
        if (question is Choice choice)
            question = choice with { Options = [.. choice.Options.Select((o, i) => o with { Pinned = i % 3 == 2 })] };
        var order = question.Deal(new Random(seed), shuffle: true);
        return order.SequenceEqual(question.Deal(new Random(seed), shuffle: true))
            && (question is Cloze || order.Order().SequenceEqual(Enumerable.Range(0, question.Shuffled)))
            && (question is not Choice || order.Select((o, place) => place % 3 != 2 || o == place).All(kept => kept));
    }));

    [Fact]
    public void A_word_is_near_itself_with_as_many_changes_as_are_allowed() => Properties.Hold(Prop.ForAll(
        Arb.From(Gen.ArrayOf(Gen.Elements("abcdef".ToCharArray())).Select(c => new string(c) + "xyzxyz")), Arb.From(Gen.Choose(1, 5)), ArbMap.Default.ArbFor<int>(), (word, most, seed) =>
        {
            var random = new Random(seed);
            var question = new ShortText { Prompt = "", Points = 1, Keys = [new(word, 1, Near: most)] };
            var once = word.Remove(random.Next(word.Length), 1);
            return Grader.Grade(question, new Answer { Text = word }).Fraction == 1 && Grader.Grade(question, new Answer { Text = once }).Fraction == 1
                && Grader.Grade(question, new Answer { Text = word + new string('q', most + 1) }).Fraction == 0;
        }));

    private static Answer Any(string text, int[] picks) => new()
    {
        Text = text,
        Picks = picks,
        Number = NumberReading.Read(text, CultureInfo.InvariantCulture),
        Places = picks,
        Gaps = [.. picks.Select(p => p < 0 ? null : new Answer { Text = text, Picks = [p], Number = p })],
    };

    private static Gen<NumericKey> Keys() =>
        from low in ArbMap.Default.GeneratorFor<int>()
        from width in Gen.Choose(0, 100)
        from percent in Gen.Choose(0, 100)
        select new NumericKey(low, low + (decimal)width, null, percent / 100m);

    private static Gen<TextKey> Patterns() =>
        from pattern in Gen.ArrayOf(Gen.Elements("ab*\\ ș".ToCharArray()))
        from percent in Gen.Choose(0, 100)
        from kind in Gen.Choose(0, 3)
        select kind switch
        {
            0 => new TextKey("a(b|c)*.?", percent / 100m, Regex: true),
            1 => new TextKey("public domain", percent / 100m, Near: 2),
            _ => new TextKey(new string(pattern), percent / 100m),
        };
}
