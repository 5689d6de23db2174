using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using MoocPlatform.Quizzes.Grading;
using MoocPlatform.Quizzes.Writing;
using Xunit;

namespace MoocPlatform.Quizzes.Tests.Writing;

/// <summary>parse(write(quiz)) = quiz, and whatever is written is read without a word.</summary>
public sealed class RoundTripTests
{
    private static readonly string[] Words =
        ["so", "Ana’s", "50% of it", "a|b", "{x}", "C:\\x", "\\*", "2 * 3", "\"quoted\"", "# 5", "- item", "=", "ş ș", "<b>", "$x^2$", "`code`", "1) a", "{{z}}", "->"];

    private static readonly Gen<string> Line = Gen.NonEmptyListOf(Gen.Elements(Words)).Select(words => "A " + string.Join(' ', words.Take(5)));

    private static readonly Gen<Passage> Prompt = from line in Line
                                                  from more in Gen.Elements("", "\n\n- one\n- two", "\n```\n## code {\n- (x) code\n= code\n\n    deep\n```\nafter", "\n\n> said", "\n### Part\n    - (x) code")
                                                  select Passage.Of(line + more);

    private static readonly Gen<Passage> Quoted = Gen.Frequency(
        (2, Gen.Constant(new Passage())),
        (1, from line in Line from more in Gen.Elements("", "\n\nsecond", "\n  indented", "\n```\n> code\n\n- (x)\n```") select Passage.Of(line + more)));

    private static readonly Gen<Passage> OptionText = from line in Line from more in Gen.Elements("", "\nmore", "\n```\n> code\n\n= code\n```", "\n  deeper") select Passage.Of(line + more);

    private static readonly Gen<decimal?> Parts = Gen.Elements<decimal?>(null, null, 0.5m, -0.25m, 1m / 3, -1m, 0m, 0.8333m);

    private static readonly Gen<OptionText> Option = from text in OptionText
                                                     from feedback in Quoted
                                                     from part in Parts
                                                     from right in Gen.Elements(true, false)
                                                     from pinned in Gen.Elements(true, false, false)
                                                     select new OptionText(part is null ? right : part > 0, part, pinned) { Text = text, Feedback = feedback };

    private static readonly Arbitrary<QuestionText> Questions = Arb.From(
        from kind in Gen.Elements(Kinds.All.ToArray())
        from name in Line
        from id in Gen.Elements("an-id", null)
        from points in Gen.Elements(1, 2.5m, 0.0001m)
        from tags in Gen.Elements<string[]>([], ["licences"], ["open licences", "ș"])
        from pool in Gen.Elements(true, false)
        from question in Filled(kind, "A question", gap: false)
        from prompt in Prompt
        from feedback in Quoted
        from hints in Gen.ListOf(Quoted)
        select Whole(question with { Name = Name(name), Id = id ?? QuestionHeading.Slug(Name(name)), Points = points, Tags = kind == Kinds.Draw ? [] : tags, Pool = pool && kind != Kinds.Draw, Origin = pool && tags.Length > 0 && kind != Kinds.Draw ? "a-quiz/a-question" : null, Prompt = Marked(question, prompt), Feedback = kind == Kinds.Draw ? new() : feedback }, question, kind == Kinds.Draw ? [] : hints));

    [Fact]
    public void What_is_written_is_read_as_it_was() => Properties.Hold(times: 1000, property: Prop.ForAll(Questions, question =>
    {
        var problems = new Problems();
        var read = QuizParser.Parse(QuizWriter.Write(new QuizText(QuizSettings.Default, Passage.Of("Hello\n\nthere"), [question, question with { Id = "another", Name = "Another" }], "title: T\nkind: quiz")), problems);
        Assert.Empty(problems.InOrder());
        Assert.Equal("Hello\n\nthere", read.Intro.Text);
        Assert.Equal([Shown(question), Shown(question with { Id = "another", Name = "Another" })], read.Questions.Select(Shown));
    }));

    [Fact]
    public void Writing_what_was_read_changes_nothing_more() => Properties.Hold(times: 300, property: Prop.ForAll(Questions, question =>
    {
        var once = QuizWriter.Write(new QuizText(QuizSettings.Default, new Passage(), [question], "title: T\nkind: quiz"));
        return once == QuizWriter.Write(QuizParser.Parse(once, new Problems()));
    }));

    [Theory]
    [InlineData("- (x) not an option")]
    [InlineData("## not a question {single}")]
    [InlineData("= not a key")]
    [InlineData("!> not a hint")]
    [InlineData("1. not an item")]
    [InlineData("{{a}}: short")]
    [InlineData("```\nnot closed")]
    public void Text_from_elsewhere_stays_text(string text)
    {
        foreach (var kind in Kinds.Asking)
        {
            var question = Gen.Sample(Filled(kind, "x", gap: false), 1).First();
            question = Whole(question with { Prompt = Marked(question, Passage.Of("First\n" + text)), Id = "an-id", Name = "N" }, question, []);
            var problems = new Problems();
            var read = QuizParser.Parse(QuizWriter.Write(new QuizText(QuizSettings.Default, Passage.Of(text.StartsWith('1') ? "" : text), [question], "title: T\nkind: quiz")), problems);
            Assert.Empty(problems.InOrder());
            Assert.Equal(Shown(question with { Prompt = new() }), Shown(Assert.Single(read.Questions) with { Prompt = new() }));
        }
    }

    [Theory]
    [InlineData("a*b", "a*b", 1)]
    [InlineData("a*b", "axb", 0)]
    [InlineData("/a/", "/a/", 1)]
    [InlineData("word ~1", "word ~1", 1)]
    [InlineData("word ~1", "wort", 0)]
    [InlineData("C:\\*", "C:\\*", 1)]
    [InlineData("50% of", "50% of", 1)]
    public void Words_taken_literally_fit_themselves_and_nothing_else(string words, string typed, int fraction)
    {
        var question = new QuestionText { Name = "N", Id = "n", Line = 1, Kind = Kinds.Short, Prompt = Passage.Of("Why?") };
        question.Keys.Add(new KeyText(1, KeyText.Literally(words)));
        var problems = new Problems();
        var body = QuizCompiler.Read(QuizWriter.Write(new QuizText(QuizSettings.Default, new Passage(), [question], "title: T\nkind: quiz")), null, problems).Questions.Single().Body;
        Assert.Empty(problems.InOrder());
        Assert.Equal(fraction, Grader.Grade(body, new Answer { Text = typed }).Fraction);
    }

    private static Gen<QuestionText> Filled(string kind, string name, bool gap) =>
        from options in Gen.ListOf(Option, 4)
        from keys in Gen.ListOf(Key(kind), 3)
        from feedback in Quoted
        from stems in Gen.ListOf(Line, 3)
        from grading in Gen.Elements(Kinds.Gradings(kind).Append(null).ToArray())
        from shuffle in Gen.Elements<bool?>(null, true, false)
        from unit in Gen.Elements(null, "MB", "MB a day")
        from units in Gen.Elements<UnitFactor[]>([], [new("GB", 1000), new("k B", 0.001m)])
        from penalty in Gen.Elements<decimal?>(null, 0.1m)
        from sensitive in Gen.Elements(true, false)
        from count in Gen.Choose(1, 100)
        from gaps in gap || kind != Kinds.Cloze ? Gen.Constant(new List<QuestionText>()) : Gaps()
        select Fill(
            new QuestionText
            {
                Name = name,
                Id = name,
                Line = 1,
                Kind = kind,
                Grading = grading,
                Shuffle = kind is Kinds.Single or Kinds.Multiple or Kinds.Matching ? shuffle : null,
                Unit = kind is Kinds.Numeric or Kinds.Formula ? unit : null,
                Units = kind is Kinds.Numeric or Kinds.Formula ? units : [],
                UnitPenalty = kind is Kinds.Numeric or Kinds.Formula ? penalty : null,
                CaseSensitive = kind == Kinds.Short && sensitive,
                Tag = kind != Kinds.Draw ? "" : sensitive ? "licences" : "open licences",
                Count = kind == Kinds.Draw ? count : 1,
            },
            options, keys, feedback, stems, gaps);

    private static Gen<List<QuestionText>> Gaps() =>
        from kinds in Gen.ListOf(Gen.Elements(Kinds.Gaps.ToArray()), 3)
        from a in Filled(kinds[0], "a", gap: true)
        from b in Filled(kinds[1], "b", gap: true)
        from weight in Gen.Elements(1, 2.5m)
        select new List<QuestionText> { a with { Weight = weight }, b };

    private static Gen<KeyText> Key(string kind) =>
        from fraction in Gen.Elements(1, 0.5m, 1m / 3, 0)
        from pattern in kind switch
        {
            Kinds.Numeric => Gen.Elements("3145", "-3.5 +- 2%", "10..20", "3.14 to 3 figures", "*", "1.5e3 +- 1"),
            Kinds.Formula => Gen.Elements("a * 2 +- 2%", "round(a / 3, 2)", "-a^2 to 3 figures"),
            _ => Gen.Elements("public domain", "50% of", "/pub(lic)?/", "licence ~2", "\\/x", "* domain", "-> x", "=x"),
        }
        from feedback in Quoted
        select new KeyText(fraction, pattern) { Feedback = feedback };

    private static QuestionText Fill(QuestionText question, List<OptionText> options, List<KeyText> keys, Passage feedback, List<string> stems, List<QuestionText> gaps)
    {
        switch (question.Kind)
        {
            case Kinds.Single:
                question.Options.AddRange(options.Select((o, i) => i == 0 ? o with { Part = null, Right = true } : o.Part is null ? o with { Right = false } : o));
                break;
            case Kinds.Multiple:
                question.Options.AddRange(options.Select((o, i) => i == 0 ? o with { Part = null, Right = true } : o));
                break;
            case Kinds.Ordering:
                question.Options.AddRange(options.Select(o => o with { Part = null, Right = true, Pinned = false }));
                break;
            case Kinds.TrueFalse:
                question.Keys.Add(new KeyText(1, "false") { Feedback = feedback });
                question.Keys.Add(new KeyText(0, "true") { Feedback = feedback });
                break;
            case Kinds.Matching:
                question.Pairs.AddRange(stems.Select(s => new PairText { Stem = Arrows(s), Answer = Arrows(s + "!"), Feedback = feedback }));
                question.Pairs.Add(new PairText { Answer = Arrows(stems[0]) });
                break;
            case Kinds.Draw:
                break;
            case Kinds.Cloze:
                question.Gaps.AddRange(gaps);
                break;
            default:
                question.Keys.AddRange(keys);
                question.Keys.Add(keys[0] with { Fraction = 1 });
                break;
        }

        if (question.Kind == Kinds.Formula)
            question.Variables.AddRange([new("a", "5..20 step 0.5"), new("b", "2, 4, 8"), new("c", "= a * b")]);
        return question;
    }

    private static Passage Arrows(string text) => Passage.Of(text.Replace("->", "\\->", StringComparison.Ordinal));

    private static Passage Marked(QuestionText question, Passage prompt) => question.Kind == Kinds.Draw ? new() : Passage.Of(
        string.Join(' ', question.Gaps.Select(g => "A gap {{" + g.Name + "}}")) + prompt.Text.Replace("{{z}}", question.Kind == Kinds.Formula ? "{{a}}" : "\\{{z}}", StringComparison.Ordinal));

    private static string Name(string line) => line.Replace('{', '(').Replace('}', ')');

    // `with` shares the lists of a record: they are copied once.
    private static QuestionText Whole(QuestionText question, QuestionText from, IEnumerable<Passage> hints)
    {
        question.Hints.Clear();
        question.Hints.AddRange(hints.Where(h => !h.IsEmpty));
        Assert.Same(question.Options, from.Options);
        return question;
    }

    private static string Shown(QuestionText q) => JsonSerializer.Serialize(new
    {
        q.Name,
        q.Id,
        q.Kind,
        q.Points,
        q.Weight,
        q.Tags,
        q.Pool,
        q.Origin,
        q.Tag,
        q.Count,
        q.Grading,
        q.Shuffle,
        q.Unit,
        q.Units,
        q.UnitPenalty,
        q.CaseSensitive,
        Prompt = q.Prompt.Text,
        Options = q.Options.Select(o => new { o.Right, o.Part, o.Pinned, Text = o.Text.Text, Feedback = o.Feedback.Text }),
        Keys = q.Keys.Select(k => new { k.Fraction, k.Pattern, Feedback = k.Feedback.Text }),
        Pairs = q.Pairs.Select(p => new { Stem = p.Stem.Text, Answer = p.Answer.Text, Feedback = p.Feedback.Text }),
        Variables = q.Variables.Select(v => new { v.Name, v.Definition }),
        Gaps = q.Gaps.Select(Shown),
        Feedback = q.Feedback.Text,
        Hints = q.Hints.Select(h => h.Text),
    });
}
