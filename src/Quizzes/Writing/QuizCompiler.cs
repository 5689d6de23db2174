using MoocPlatform.Markup;
using MoocPlatform.Quizzes.Grading;

namespace MoocPlatform.Quizzes.Writing;

/// <summary>A quiz ready to be kept: its texts rendered, its questions complete.</summary>
internal sealed record CompiledQuiz(QuizSettings Settings, string IntroHtml, IReadOnlyList<CompiledQuestion> Questions);

/// <param name="Id">Stable identity within the quiz.</param>
/// <param name="Name">For the team, not shown to learners.</param>
internal sealed record CompiledQuestion(string Id, string Name, QuestionBody Body);

/// <summary>Markdown to questions. What the renderer has to say is reported at its place in the whole text.</summary>
internal sealed class QuizCompiler(Guid? courseId, Problems problems)
{
    private readonly MarkupOptions options = new(MarkupFor.Quiz, courseId is { } id ? $"/assets/{id:N}/" : "");

    /// <param name="courseId">Whose files the text shows; null: not known, addresses stay as written.</param>
    /// <summary>Reads a text. With any problem the result is good for a preview only.</summary>
    public static CompiledQuiz Read(string markdown, Guid? courseId, Problems problems)
    {
        var compiler = new QuizCompiler(courseId, problems);
        var text = QuizParser.Parse(markdown, problems);
        var questions = text.Questions.Select(q => (Text: q, Body: compiler.Body(q))).Where(q => q.Body is not null);
        return new(text.Settings, compiler.Block(text.Intro) ?? "", [.. questions.Select(q => new CompiledQuestion(q.Text.Id, q.Text.Name, q.Body!))]);
    }

    private QuestionBody? Body(QuestionText text)
    {
        var (prompt, feedback, hints) = (Block(text.Prompt) ?? "", Block(text.Feedback), text.Hints.Select(h => Block(h) ?? "").ToList());
        return text.Kind switch
        {
            "single" => new SingleChoice { Prompt = prompt, Points = text.Points, Feedback = feedback, Hints = hints, Options = Options(text) },
            "multiple" => new MultipleChoice { Prompt = prompt, Points = text.Points, Feedback = feedback, Hints = hints, Options = Options(text), Rule = text.Rule },
            "numeric" => new Numeric
            {
                Prompt = prompt,
                Points = text.Points,
                Feedback = feedback,
                Hints = hints,
                Unit = text.Unit,
                Keys = [.. text.Keys.Where(k => k.Number is not null).Select(k => k.Number! with { Feedback = Block(k.Feedback) })],
            },
            "short" => new ShortText
            {
                Prompt = prompt,
                Points = text.Points,
                Feedback = feedback,
                Hints = hints,
                CaseSensitive = text.CaseSensitive,
                Keys = [.. text.Keys.Select(k => new TextKey(k.Pattern, k.Fraction, Block(k.Feedback)))],
            },
            _ => null, // its type was reported already
        };
    }

    private List<Option> Options(QuestionText text) => [.. text.Options.Select(o => new Option(Line(o.Text), o.Right, Block(o.Feedback)))];

    private string? Block(Passage passage)
    {
        if (passage.IsEmpty)
            return null;
        var rendered = MarkdownRenderer.Render(passage.Text, options);
        foreach (var problem in rendered.Problems)
        {
            var (line, column) = passage.Place(problem.Line, problem.Column);
            problems.Add(line, column, problem.Message, [.. problem.Arguments.Select(a => a.ToString() ?? "")]);
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
