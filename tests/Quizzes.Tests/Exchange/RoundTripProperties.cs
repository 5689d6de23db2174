using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MoocPlatform.Quizzes.Exchange;
using MoocPlatform.Quizzes.Writing;
using Xunit;

namespace MoocPlatform.Quizzes.Tests.Exchange;

/// <summary>What goes out in a format comes back as it was.</summary>
public sealed class RoundTripProperties
{
    private static readonly Gen<string> Words = Gen.Elements(
        "water", "**bold** and *not*", "{braces} = ~ # : \\\\", "a < b & c", "`code {x}`", "$x_1 = \\frac{1}{2}$", "ăîșț ß 漢字 🐟", "\"quoted\" ']]>'", "C# :: D", "[link](https://example.org/a_b?c=d&e=f)", "1 \\-> 2", "100%", "%50%", "T", "=x");

    private static readonly Gen<string> Texts = Gen.OneOf(Words, from a in Words from b in Words select a + "\n\n- " + b + "\n- x\n\nend", from a in Words from b in Words select a + "  \n" + b + "\n\n```\n" + "# code = {1}\n" + "```");

    private static readonly Gen<string> Said = Gen.Frequency((2, Gen.Constant("")), (1, Texts.Select(t => t.Split('\n')[0].TrimEnd())));

    private static readonly Gen<QuestionText> Simple = Gen.OneOf(Choice(), Ticks(), TrueFalse(), Short(), Numbers(), Pairs()).SelectMany(With);

    private static readonly Gen<QuestionText> Rich = Gen.OneOf(Simple, Gen.OneOf(Ordered(), Gaps()).SelectMany(With)).SelectMany(q =>
        from points in Gen.Elements(1m, 2.5m)
        from hint in Said
        from shuffle in Gen.Elements<bool?>(null, false)
        select Hinted(q with { Points = q.Kind == Kinds.Cloze ? q.Gaps.Sum(g => g.Weight) : points, Shuffle = q.Kind is Kinds.Single or Kinds.Multiple or Kinds.Matching ? shuffle : null }, hint));

    [Fact]
    public void GIFT_gives_back_what_it_was_given() => Properties.Hold(Prop.ForAll(Arb.From(Simple), q => Returns(q, ExchangeFormat.Gift)));

    [Fact]
    public void Moodle_XML_gives_back_what_it_was_given() => Properties.Hold(Prop.ForAll(Arb.From(Rich), q => Returns(q, ExchangeFormat.MoodleXml)));

    [Fact]
    public void Aiken_gives_back_words() => Properties.Hold(Prop.ForAll(
        Arb.From(from prompt in Gen.Elements("What is right?", "a < b & c", "Größe 漢字", "1 + 1 = 2 * 1") from options in Gen.ListOf(Gen.Elements("one", "x < y", "2 * 3 _ 4", "ăș"), 3) from right in Gen.Choose(0, 2) select (prompt, options, right)),
        of =>
        {
            var question = new QuestionText { Name = of.prompt, Id = "", Line = 1, Kind = Kinds.Single, Prompt = Passage.Of(PlainMarkdown.Of(of.prompt)) };
            question.Options.AddRange(of.options.Select((o, i) => new OptionText(i == of.right) { Text = Passage.Of(PlainMarkdown.Of(o)) }));
            return Returns(question, ExchangeFormat.Aiken);
        }));

    [Fact]
    public void An_arrow_in_feedback_makes_no_pairs() => Assert.True(Returns(Add(Of(Kinds.Short) with { Prompt = Passage.Of("What?"), Feedback = Passage.Of("a -> b") }, q =>
    {
        q.Keys.Add(new KeyText(1, "water") { Feedback = Passage.Of("1 -> 2") });
        q.Keys.Add(new KeyText(0.5m, "ice"));
    }), ExchangeFormat.Gift));

    [Fact]
    public void What_a_format_cannot_hold_is_said()
    {
        var problems = new Problems();
        var quiz = QuizParser.Parse("""
            ---
            title: t
            kind: quiz
            ---
            ## All {multiple grading=all}
            Tick.
            - [x] a
            - [x] b
            - [ ] c

            ## Order {ordering}
            Order.
            1. a
            2. b

            ## Near {short}
            Word?
            = licence ~1

            ## Size {formula}
            Twice {{a}}?
            {{a}}: 1..5
            = 2 * a

            ## Fine {truefalse points=2}
            Fine?
            = true
            """, problems);
        Assert.False(problems.Any);
        Assert.Equal(["All", "Order", "Near", "Size"], Left(ExchangeFormat.Gift));
        Assert.Equal(["All", "Near", "Size"], Left(ExchangeFormat.MoodleXml));
        Assert.Equal(["All", "Order", "Near", "Size", "Fine"], Left(ExchangeFormat.Aiken));
        Assert.Contains(ExchangeFile.Write(quiz, ExchangeFormat.Gift).Notes, n => n.Kind == NoteKind.Changed && n.Question == "Fine");

        IEnumerable<string> Left(ExchangeFormat format) => ExchangeFile.Write(quiz, format).Notes.Where(n => n.Kind == NoteKind.Left).Select(n => n.Question);
    }

    private static bool Returns(QuestionText made, ExchangeFormat format)
    {
        // As an author would have it: written and read once.
        var problems = new Problems();
        var first = QuizParser.Parse("---\ntitle: t\nkind: quiz\n---\n" + QuizWriter.Write(made with { Id = QuestionHeading.Slug(made.Name) }), problems);
        var (file, notes) = ExchangeFile.Write(first, format);
        var back = ExchangeFile.Read(Encoding.UTF8.GetBytes(file), format);
        var (wanted, got) = (QuizWriter.Write(first.Questions[0]), back.Questions.Count == 1 ? QuizWriter.Write(back.Questions[0]) : string.Join('\n', back.Notes));
        return wanted == got ? true : throw new InvalidOperationException($"wanted\n{wanted}\ngot\n{got}\nfrom\n{file}\n{string.Join('\n', notes)}{string.Join('\n', problems.InOrder())}");
    }

    private static QuestionText Of(string kind) => new() { Name = "Name of it", Id = "", Line = 1, Kind = kind };

    private static Gen<QuestionText> With(QuestionText question) =>
        from prompt in Texts
        from feedback in Said
        from tags in Gen.Elements<string[]>([], ["water"], ["two words", "x"])
        select question with { Prompt = question.Kind == Kinds.Cloze ? question.Prompt : Passage.Of(prompt), Feedback = Passage.Of(feedback), Tags = tags };

    private static QuestionText Hinted(QuestionText question, string hint)
    {
        var hinted = question with { };
        if (hint.Length > 0 && hinted.Hints.Count == 0)
            hinted.Hints.Add(Passage.Of(hint));
        return hinted;
    }

    private static Gen<QuestionText> Choice() =>
        from texts in Gen.ListOf(Words, 3)
        from said in Gen.ListOf(Said, 3)
        from right in Gen.Choose(0, 2)
        from part in Gen.Elements<decimal?>(null, 0.5m, -0.25m)
        select Add(Of(Kinds.Single), q => q.Options.AddRange(texts.Select((t, i) => Option(t, said[i], i == right, i == (right + 1) % 3 ? part : null))));

    private static Gen<QuestionText> Ticks() =>
        from texts in Gen.ListOf(Words, 3)
        from said in Gen.ListOf(Said, 3)
        from right in Gen.Choose(0, 2)
        from how in Gen.Elements("partial", "penalty", "parts")
        select Add(Of(Kinds.Multiple) with { Grading = how == "penalty" ? how : null }, q => q.Options.AddRange(texts.Select((t, i) =>
            Option(t, said[i], i == right || (how == "parts" && i == 0), how == "parts" && (i == right || i == 0) ? (i == right ? 0.6m : 0.4m) : null))));

    private static Gen<QuestionText> TrueFalse() =>
        from right in Gen.Elements("true", "false")
        from said in Said
        from other in Said
        select Add(Of(Kinds.TrueFalse), q =>
        {
            q.Keys.Add(new KeyText(1, right) { Feedback = Passage.Of(said) });
            if (other.Length > 0)
                q.Keys.Add(new KeyText(0, right == "true" ? "false" : "true") { Feedback = Passage.Of(other) });
        });

    private static Gen<QuestionText> Short() =>
        from keys in Gen.ListOf(Gen.Elements("water", "H2O*", "a \\* b", "x = {y} \\~ z # :", "50% off", "\\/path/", "100%"), 2)
        from said in Said
        select Add(Of(Kinds.Short), q => q.Keys.AddRange(keys.Select((k, i) => new KeyText(i == 0 ? 1 : 0.5m, k) { Feedback = Passage.Of(i == 0 ? said : "") })));

    private static Gen<QuestionText> Numbers() =>
        from number in Gen.Elements("3.14", "-7", "1500000", "0")
        from tolerance in Gen.Elements("", " +- 0.5")
        from wrong in Said
        select Add(Of(Kinds.Numeric), q =>
        {
            q.Keys.Add(new KeyText(1, number + tolerance));
            if (wrong.Length > 0)
                q.Keys.Add(new KeyText(0, "*") { Feedback = Passage.Of(wrong) });
        });

    private static Gen<QuestionText> Pairs() =>
        from stems in Gen.Shuffle("Italy", "Fr = {a} nce", "R~o:mania").Select(s => s.ToList())
        from lonely in Gen.Elements(true, false)
        select Add(Of(Kinds.Matching), q =>
        {
            q.Pairs.AddRange(stems.Select(s => new PairText { Stem = Passage.Of(s), Answer = Passage.Of("capital of " + s) }));
            if (lonely)
                q.Pairs.Add(new PairText { Answer = Passage.Of("Bern") });
        });

    private static Gen<QuestionText> Ordered() =>
        from items in Gen.ListOf(Words, 3)
        from grading in Gen.Elements<string?>(null, "all", "next", "longest")
        select Add(Of(Kinds.Ordering) with { Grading = grading }, q => q.Options.AddRange(items.Select(t => new OptionText(true) { Text = Passage.Of(t) })));

    private static Gen<QuestionText> Gaps() =>
        from words in Words
        from weight in Gen.Elements(1m, 3m)
        select Add(Of(Kinds.Cloze) with { Prompt = Passage.Of("It is {{g1}}, {{g2}} and {{g3}}.") }, q =>
        {
            q.Gaps.Add(Add(Gap("g1", Kinds.Short) with { CaseSensitive = true, Weight = weight }, g => g.Keys.Add(new KeyText(1, "so }~# it"))));
            q.Gaps.Add(Add(Gap("g2", Kinds.Numeric), g => g.Keys.Add(new KeyText(1, "7 +- 0.5"))));
            q.Gaps.Add(Add(Gap("g3", Kinds.Single), g => g.Options.AddRange([Option("a", "", false), Option(words, "Yes }", true)])));
        });

    private static QuestionText Gap(string name, string kind) => new() { Name = name, Id = name, Line = 1, Kind = kind };

    private static OptionText Option(string text, string feedback, bool right, decimal? part = null) =>
        new(part is { } worth ? worth > 0 : right, part) { Text = Passage.Of(text), Feedback = Passage.Of(feedback) };

    private static QuestionText Add(QuestionText question, Action<QuestionText> fill)
    {
        fill(question);
        return question;
    }
}
