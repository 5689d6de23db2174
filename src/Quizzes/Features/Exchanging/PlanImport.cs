using MediatR;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;
using MoocPlatform.Markup;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Exchange;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Features.Exchanging;

/// <summary>A quiz whose questions may come and go, for who writes the course. To everybody else it does not exist.</summary>
/// <param name="Admin">Whether the person runs the site.</param>
internal sealed record ExchangeQuery(string Course, string Item, Guid PersonId, bool Admin) : IRequest<ExchangeShown>;

/// <param name="Questions">How many it has.</param>
/// <param name="Mistaken">Whether its text has mistakes: then nothing can be taken out of it.</param>
internal sealed record ExchangeShown(QuizSource Source, int Questions, bool Mistaken, IReadOnlyDictionary<ExchangeFormat, IReadOnlyList<Note>> Losses);

internal sealed class ExchangeHandler(IMediator mediator) : IRequestHandler<ExchangeQuery, ExchangeShown>
{
    public async Task<ExchangeShown> Handle(ExchangeQuery query, CancellationToken ct)
    {
        var source = await mediator.Send(new QuizSourceQuery(query.Course, query.Item, query.PersonId, query.Admin), ct) ?? throw new NotFound();
        var problems = new Problems();
        var quiz = QuizParser.Parse(source.Markdown, problems);
        return new ExchangeShown(source, quiz.Questions.Count, problems.Any,
            problems.Any ? new Dictionary<ExchangeFormat, IReadOnlyList<Note>>() : Enum.GetValues<ExchangeFormat>().ToDictionary(f => f, f => ExchangeFile.Write(quiz, f).Notes));
    }
}

/// <summary>Reads a file and says what would come of it. Nothing is kept: the person puts the text into the editor and saves it there, whole.</summary>
/// <param name="Format">Null: found out.</param>
internal sealed record PlanImport(string Course, string Item, Guid PersonId, bool Admin, byte[] File, ExchangeFormat? Format) : IRequest<ImportPlan>;

/// <param name="Added">The quiz's text with the questions behind its own; empty: nothing can come.</param>
/// <param name="Instead">The quiz's text with these questions in place of its own.</param>
internal sealed record ImportPlan(QuizSource Source, Imported Found, string Added, string Instead)
{
    public const int Longest = MarkdownRenderer.MaxLength;
}

internal sealed class PlanImportHandler(IMediator mediator) : IRequestHandler<PlanImport, ImportPlan>
{
    public async Task<ImportPlan> Handle(PlanImport command, CancellationToken ct)
    {
        var source = await mediator.Send(new QuizSourceQuery(command.Course, command.Item, command.PersonId, command.Admin), ct) ?? throw new NotFound();
        if (command.File.Length == 0)
            throw Refusals.NothingToImport();

        var found = ExchangeFile.Read(command.File, command.Format);
        if (found.Questions.Count == 0)
            return new ImportPlan(source, found, "", "");
        var quiz = QuizParser.Parse(source.Markdown, new Problems());
        var taken = quiz.Questions.Select(q => q.Id).ToHashSet(StringComparer.Ordinal);
        var added = source.Markdown.TrimEnd() + "\n\n" + string.Join('\n', found.Questions.Select(q => QuizWriter.Write(q with { Id = Free(q.Id, taken) })));
        var instead = QuizWriter.Write(quiz with { Questions = found.Questions });
        if (instead.Length > ImportPlan.Longest)
            throw Refusals.ImportTooLong(instead.Length, ImportPlan.Longest);
        return new ImportPlan(source, found, added.Length > ImportPlan.Longest ? "" : added, instead);
    }

    private static string Free(string wanted, HashSet<string> taken)
    {
        var id = wanted;
        for (var i = 2; !taken.Add(id); i++)
            id = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{wanted}-{i}");
        return id;
    }
}
