using MoocPlatform.Markup;
using MoocPlatform.Quizzes.Grading;

namespace MoocPlatform.Quizzes.Writing;

/// <summary>A quiz ready to be kept: its texts rendered, its questions complete.</summary>
/// <param name="Bands">What is said to whoever reached so many percent, the highest first; safe HTML.</param>
internal sealed record CompiledQuiz(QuizSettings Settings, string IntroHtml, IReadOnlyList<CompiledQuestion> Questions, IReadOnlyList<Band> Bands)
{
    /// <summary>How many questions an attempt has.</summary>
    public int Count => Questions.Where(q => !q.Pool).Sum(q => q.Body.Asked);

    /// <summary>Points that an attempt can have.</summary>
    public decimal Points => Questions.Where(q => !q.Pool).Sum(q => q.Body.Points * q.Body.Asked);
}

/// <summary>What is said to whoever reached so many percent of the points; safe HTML.</summary>
internal sealed record Band(int From, string Html);

/// <param name="Id">Stable identity within the quiz.</param>
/// <param name="Name">For the team, not shown to learners.</param>
/// <param name="Kind">The word of its type.</param>
/// <param name="Tags">To find and to draw it by.</param>
/// <param name="Pool">There to be drawn, not asked by itself.</param>
/// <param name="Origin">The question that it was copied from; null: it was not.</param>
/// <param name="Line">Of its heading.</param>
internal sealed record CompiledQuestion(string Id, string Name, QuestionBody Body, string Kind, IReadOnlyList<string> Tags, bool Pool, string? Origin, int Line);

/// <summary>Markdown to questions. What the renderer has to say is reported at its place in the whole text.</summary>
internal sealed class QuizCompiler(Guid? courseId, Problems problems)
{
    private readonly MarkupOptions options = new(MarkupFor.Quiz, courseId is { } id ? $"/assets/{id:N}/" : "");

    private IReadOnlyList<string> marked = []; // names of gaps or variables that may stand in the text being rendered

    /// <param name="courseId">Whose files the text shows; null: not known, addresses stay as written.</param>
    /// <summary>Reads a text. With any problem the result is good for a preview only.</summary>
    public static CompiledQuiz Read(string markdown, Guid? courseId, Problems problems)
    {
        var compiler = new QuizCompiler(courseId, problems);
        var text = QuizParser.Parse(markdown, problems);
        var questions = text.Questions.Select(q => (Text: q, Body: compiler.Body(q))).Where(q => q.Body is not null);
        return new(text.Settings, compiler.Block(text.Intro) ?? "", [.. questions.Select(q => new CompiledQuestion(q.Text.Id, q.Text.Name, q.Body!, q.Text.Kind, q.Text.Tags, q.Text.Pool, q.Text.Origin, q.Text.Line))],
            [.. text.Settings.Bands.Select(b => new Band(b.From, compiler.Block(b.Text) ?? ""))]);
    }

    private QuestionBody? Body(QuestionText text)
    {
        marked = text.Kind switch { Kinds.Cloze => [.. text.Gaps.Select(g => g.Name)], Kinds.Formula => [.. text.Variables.Select(v => v.Name)], _ => [] };
        var prompt = Block(text.Prompt) ?? "";
        if (text.Kind == Kinds.Cloze)
            marked = []; // a gap has one place
        var (feedback, hints) = (Block(text.Feedback), text.Hints.Select(h => Block(h) ?? "").ToList());
        return Answers(text) is { } body ? body with { Prompt = prompt, Points = text.Points, Feedback = feedback, Hints = hints } : null;
    }

    // Null: its type was reported already.
    private QuestionBody? Answers(QuestionText text) => text.Kind switch
    {
        Kinds.Single => new SingleChoice { Prompt = "", Points = 1, Options = Options(text), Shuffle = text.Shuffle },
        Kinds.Multiple => new MultipleChoice { Prompt = "", Points = 1, Options = Options(text), Shuffle = text.Shuffle, Rule = Rule(text) },
        Kinds.TrueFalse => new TrueFalse
        {
            Prompt = "",
            Points = 1,
            Right = text.Keys.Any(k => k.Fraction == 1 && k.Pattern == "true"),
            IfTrue = Block(text.Keys.FirstOrDefault(k => k.Pattern == "true")?.Feedback),
            IfFalse = Block(text.Keys.FirstOrDefault(k => k.Pattern == "false")?.Feedback),
        },
        Kinds.Numeric => new Numeric
        {
            Prompt = "",
            Points = 1,
            Unit = text.Unit,
            Units = Measures(text),
            Keys = [.. text.Keys.Where(k => k.Number is not null).Select(k => k.Number! with { Feedback = Block(k.Feedback) })],
        },
        Kinds.Short => new ShortText
        {
            Prompt = "",
            Points = 1,
            CaseSensitive = text.CaseSensitive,
            Keys = [.. text.Keys.Where(k => k.Text is not null).Select(k => k.Text! with { Feedback = Block(k.Feedback) })],
        },
        Kinds.Matching => Matching(text),
        Kinds.Ordering => new Ordering
        {
            Prompt = "",
            Points = 1,
            Items = [.. text.Options.Select(o => new OrderItem(Line(o.Text), Block(o.Feedback)))],
            Rule = text.Grading switch { "all" => OrderRule.All, "next" => OrderRule.Next, "longest" => OrderRule.Longest, _ => OrderRule.Position },
        },
        Kinds.Cloze => new Cloze { Prompt = "", Points = 1, Gaps = [.. text.Gaps.Select(g => (Text: g, Body: Answers(g))).Where(g => g.Body is not null).Select(g => new Gap(g.Body!, g.Text.Weight, g.Text.Name))] },
        Kinds.Formula => new Formula
        {
            Prompt = "",
            Points = 1,
            Unit = text.Unit,
            Units = Measures(text),
            Variables = [.. text.Variables.Select(v => v.Value).OfType<Variable>()],
            Keys = [.. text.Keys.Where(k => k.Formula is not null).Select(k => k.Formula! with { Feedback = Block(k.Feedback) })],
        },
        Kinds.Draw => new Draw { Prompt = "", Points = 1, Tag = Domain.Question.Tag(text.Tag), Count = text.Count },
        _ => null,
    };

    // With parts of the points at single options their sum counts.
    private static TickRule Rule(QuestionText text) => text.Grading switch
    {
        _ when text.Options.Any(o => o.Part is not null) => TickRule.Sum,
        "all" => TickRule.All,
        "penalty" => TickRule.Penalty,
        _ => TickRule.Partial,
    };

    private static Units? Measures(QuestionText text) =>
        text.Units.Count == 0 && text.UnitPenalty is null ? null : new(text.Unit, text.Units, text.UnitPenalty);

    private Matching Matching(QuestionText text)
    {
        var answers = text.Pairs.Select(p => p.Answer.Text).Distinct().ToList();
        var first = answers.Select(a => text.Pairs.First(p => p.Answer.Text == a).Answer);
        return new Matching
        {
            Prompt = "",
            Points = 1,
            Answers = [.. first.Select(Line)],
            Pairs = [.. text.Pairs.Where(p => !p.Stem.IsEmpty).Select(p => new Pair(Line(p.Stem), answers.IndexOf(p.Answer.Text), Block(p.Feedback)))],
            AllOrNothing = text.Grading == "all",
            Shuffle = text.Shuffle,
        };
    }

    private List<Option> Options(QuestionText text) => [.. text.Options.Select(o => new Option(Line(o.Text), o.Right, Block(o.Feedback), o.Part, o.Pinned))];

    private string? Block(Passage? passage)
    {
        if (passage is null || passage.IsEmpty)
            return null;
        if (marked.Count > 0)
            passage = GapMarks.Placed(passage, marked);
        var rendered = MarkdownRenderer.Render(passage.Text, options);
        foreach (var problem in rendered.Problems)
        {
            var (line, column) = passage.Place(problem.Line, problem.Column);
            problems.Add(line, column, problem.Message, [.. problem.Arguments.Select(a => a.ToString() ?? "")]);
        }

        if (marked.Count > 0 && !GapMarks.Stand(rendered.Html))
        {
            var (line, column) = passage.Place(1, 1);
            problems.Add(line, column, "A gap or a variable stands in the text: not in a formula, a link or the description of a picture.");
            return GapMarks.Without(rendered.Html);
        }

        return rendered.Html.Trim();
    }

    // The renderer reports nothing of a line; only formulas and pictures can be wrong in one.
    private string Line(Passage passage)
    {
        if (passage.IsEmpty)
            return "";
        if (passage.Text.AsSpan().ContainsAny('$', '!'))
            Block(passage);
        return MarkdownRenderer.Inline(passage.Text, options).Trim();
    }
}
