using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Features.Banking;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Features.Writing;

/// <summary>
/// The questions of a quiz by form. The page carries the whole text: each change is made in it, and saving sends it to the editor's own
/// address. Nothing is kept before that.
/// </summary>
[Authorize(Policies.SignedIn)]
internal sealed class EditQuestionsModel : ModulePage
{
    public QuizSource Source { get; private set; } = null!;

    public QuizText Quiz { get; private set; } = null!;

    /// <summary>What is wrong in the text, or in the question just written.</summary>
    public IReadOnlyList<string> Wrong { get; private set; } = [];

    /// <summary>The question being written; null: the list is shown.</summary>
    public QuestionForm? Form { get; private set; }

    /// <summary>Whether something was changed here that is not saved.</summary>
    public bool Changed { get; private set; }

    /// <summary>Place of the question being written; their number for a new one.</summary>
    public int At { get; private set; }

    public string Markdown { get; private set; } = "";

    /// <summary>Of the text that was changed.</summary>
    public int Revision { get; private set; }

    public string Editor => CourseLinks.TeachItem(Source.CourseSlug, Source.ItemSlug);

    /// <summary>The question of the bank that stands here anew and is not saved yet; null: none.</summary>
    public BankQuestion? Added { get; private set; }

    /// <param name="add">A question of the bank, to be put behind the others.</param>
    public async Task OnGetAsync(string course, string item, Guid? add)
    {
        await Find(course, item);
        (Markdown, Revision) = (Source.Markdown, Source.Revision);
        Read();
        if (add is { } wanted && Wrong.Count == 0)
        {
            Added = await Send(new BankQuestionQuery(course, Me, User.IsAdmin(), wanted));
            Write([.. Quiz.Questions.Select(QuizWriter.Write), Copy(Added)]);
            Changed = true;
        }
    }

    // A question of its own from now on: the other quiz keeps its own.
    private string Copy(BankQuestion from)
    {
        if (from.Text is not { } question)
            throw new NotFound();
        var id = question.Id;
        for (var n = 2; Quiz.Questions.Any(q => q.Id == id); n++)
            id = string.Create(CultureInfo.InvariantCulture, $"{question.Id[..Math.Min(question.Id.Length, 70)]}-{n}");
        return QuizWriter.Write(question with { Id = id, Pool = false, Origin = $"{from.Quiz.Slug}/{question.Id}" });
    }

    public async Task<IActionResult> OnPostAsync(string course, string item, string? markdown, int revision, string? act, [FromForm] QuestionForm? form, string? kind, int at)
    {
        await Find(course, item);
        (Markdown, Revision) = ((markdown ?? "").ReplaceLineEndings("\n"), revision);
        Read();
        if (Wrong.Count > 0)
            return Page();
        var (verb, place) = Act(act);
        var questions = Quiz.Questions.ToList();
        switch (verb)
        {
            case "add" when Kinds.All.Contains(kind ?? ""):
                (Form, At) = (new QuestionForm { Kind = kind!, Points = "1", Count = "1", Hints = [null] }.WithSpare(), questions.Count);
                if (kind == Kinds.TrueFalse)
                    Form.Rows = [new() { Text = "true" }, new() { Text = "false" }];
                break;
            case "edit" when place < questions.Count:
                (Form, At) = (QuestionForm.Of(questions[place]), place);
                break;
            case "up" or "down" when place < questions.Count:
                var to = Math.Clamp(place + (verb == "up" ? -1 : 1), 0, questions.Count - 1);
                (questions[place], questions[to]) = (questions[to], questions[place]);
                Write([.. questions.Select(QuizWriter.Write)]);
                break;
            case "delete" when place < questions.Count:
                questions.RemoveAt(place);
                Write([.. questions.Select(QuizWriter.Write)]);
                break;
            case "more" when form is not null:
                (Form, At) = (form.WithSpare(), at);
                Form.Hints.Add(null);
                break;
            case "keep" when form is not null && Kinds.All.Contains(form.Kind):
                Keep(form, at, questions);
                break;
        }

        Changed = Markdown != Source.Markdown.ReplaceLineEndings("\n");
        return Page();
    }

    private void Keep(QuestionForm form, int at, List<QuestionText> questions)
    {
        var before = (Markdown, Quiz);
        var texts = questions.Select(QuizWriter.Write).ToList();
        var text = form.Write([.. questions.Where((_, i) => i != at).Select(q => q.Id)]);
        if (at < texts.Count)
            texts[at] = text;
        else
            texts.Add(text);
        Write(texts);
        if (Wrong.Count == 0)
            return;
        ((Markdown, Quiz), Form, At) = (before, form.WithSpare(), at);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
    }

    /// <summary>What a type is called.</summary>
    public static string KindName(IStringLocalizer T, string kind) => kind switch
    {
        Kinds.Single => T["Single choice"],
        Kinds.Multiple => T["Multiple choice"],
        Kinds.TrueFalse => T["True or false statement"],
        Kinds.Numeric => T["Number"],
        Kinds.Short => T["Short text"],
        Kinds.Matching => T["Matching"],
        Kinds.Ordering => T["Putting in order"],
        Kinds.Cloze => T["Text with gaps"],
        Kinds.Formula => T["Formula with drawn numbers"],
        Kinds.Draw => T["Drawn from the course by tag"],
        _ => kind,
    };

    // "edit-3" names the fourth question.
    private static (string Verb, int Place) Act(string? act)
    {
        var parts = (act ?? "").Split('-', 2);
        return (parts[0], parts.Length > 1 && int.TryParse(parts[1], out var place) && place >= 0 ? place : int.MaxValue);
    }

    private void Write(IReadOnlyList<string> questions)
    {
        Markdown = QuizWriter.Write(Quiz with { Questions = [] }) + string.Concat(questions.Select(q => "\n" + q));
        Read();
    }

    private void Read()
    {
        var problems = new Problems();
        Quiz = QuizParser.Parse(Markdown, new Problems());
        QuizCompiler.Read(Markdown, Source.CourseId, problems);
        // An empty quiz is what one begins with.
        Wrong = [.. problems.InOrder().Where(_ => Quiz.Questions.Count > 0).Select(p => Texts[p.Message, [.. p.Arguments.Select(a => Texts[a].Value)]].Value).Distinct()];
    }

    private async Task Find(string course, string item) => Source = await Send(new QuizSourceQuery(course, item, Me, User.IsAdmin())) ?? throw new NotFound();
}
