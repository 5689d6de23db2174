using System.Globalization;
using MediatR;
using Microsoft.Extensions.Localization;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Features.Importing;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Markup;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>A place in a text that should be mended, in the reader's words.</summary>
internal sealed record ItemProblem(int Line, string Message);

/// <summary>A text as the page will show it, and what is to be mended in it.</summary>
/// <param name="Html">Safe.</param>
internal sealed record Preview(string Html, IReadOnlyList<ItemProblem> Problems)
{
    /// <summary>Id of the field that has the lines; null: not said.</summary>
    public string? Field { get; init; }
}

/// <summary>Shows a text without keeping it: the same renderer as the page itself.</summary>
/// <param name="Kind"><c>lesson</c>, <c>quiz</c>, or <c>about</c> for the texts of the course page.</param>
/// <param name="ItemId">Of a quiz; null: not known.</param>
internal sealed record PreviewQuery(Book Book, string Kind, string? Markdown, Guid? ItemId = null) : IRequest<Preview>;

internal sealed class PreviewAnswer(IMediator mediator, IStringLocalizer<Text> words, IStringLocalizerFactory texts) : IRequestHandler<PreviewQuery, Preview>
{
    public async Task<Preview> Handle(PreviewQuery request, CancellationToken ct)
    {
        var text = Entered.Text(request.Markdown, "Markdown", MarkdownRenderer.MaxLength);
        var preview = request.Kind == "quiz" ? await Quiz(request, text, ct) : Lesson(request, text);
        return preview with { Field = request.Kind == "about" ? null : "Markdown" };
    }

    private Preview Lesson(PreviewQuery request, string text)
    {
        var course = request.Book.Course;
        var options = CourseMarkup.Options(course.Id, course.Language);
        var rendered = MarkdownRenderer.Render(text, request.Kind == "about" ? options with { For = MarkupFor.Post } : options);
        var problems = rendered.Problems.Select(p => new ItemProblem(p.Line, words[p.Message, p.Arguments])).ToList();
        foreach (var link in rendered.Links.Select(l => l.Split('#')[0]).Where(l => Slug.IsWellFormed(l) && request.Book.Item(l) is null).Distinct(StringComparer.Ordinal))
            problems.Add(new(LineOf(text, link), words["No item of the course is called {0}.", link]));
        foreach (var asset in rendered.Assets.Where(a => !request.Book.Assets.ContainsKey(a["assets/".Length..])))
            problems.Add(new(LineOf(text, asset), words["There is no file {0}.", asset]));
        return new(rendered.Html, [.. problems.OrderBy(p => p.Line)]);
    }

    private async Task<Preview> Quiz(PreviewQuery request, string text, CancellationToken ct)
    {
        var problems = new List<ItemProblem>();
        if (ItemFile.Read(text, (line, message) => problems.Add(new(line, words[message.Format, message.GetArguments()!]))) is not { } settings)
            return new("", problems); // without settings that can be read there is nothing to show
        if (settings.Kind != ItemKind.Quiz)
            problems.Add(new(1, words[ItemProblems.NotAQuiz]));
        var check = await mediator.Send(new CheckQuizQuery(text, request.Book.Course.Id) { ItemId = request.ItemId }, ct);
        var quizWords = texts.Create("Text", ItemProblems.QuizzesRoom);
        problems.AddRange(check.Problems.Select(p => new ItemProblem(p.Line, quizWords[p.Message, [.. p.Arguments]])));
        return new(check.Html, [.. problems.DistinctBy(p => (p.Line, p.Message)).OrderBy(p => p.Line)]);
    }

    private static int LineOf(string text, string part)
    {
        var at = text.IndexOf(part, StringComparison.Ordinal);
        return at < 0 ? 1 : text.AsSpan(0, at).Count('\n') + 1;
    }
}

/// <summary>Sentences about a text as a whole.</summary>
internal static class ItemProblems
{
    /// <summary>Whoever finds a mistake has the words for it: of settings, this module; of questions, Quizzes.</summary>
    public static readonly string Room = typeof(ItemProblems).Assembly.GetName().Name!;

    public static readonly string QuizzesRoom = typeof(QuizProblem).Assembly.GetName().Name!.Replace(".Contracts", "", StringComparison.Ordinal);

    public const string NotAQuiz = "The settings of a quiz say “kind: quiz”.";
}
