using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Features.Importing;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;
using MoocPlatform.Markup;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>Saves an item's text. Refused when somebody saved since <paramref name="Revision"/>. Answers the new revision.</summary>
/// <param name="Markdown">A quiz's with its settings on top.</param>
/// <param name="Publish">Whether learners see it from now on; false makes or keeps it a draft.</param>
/// <param name="Title">Of a lesson; a quiz's settings, these three too, stand in its text.</param>
internal sealed record WriteItem(
    Guid CourseId, Writer By, Guid ItemId, int Revision, string? Markdown, bool Publish, string? Title, int? Minutes, CompletionRule? Rule) : IRequest<int>
{
    /// <summary>The draft that becomes the text, and goes.</summary>
    public Guid? DraftId { get; init; }

    /// <summary>Others that go with it: what the draft was made from.</summary>
    public IReadOnlyCollection<Guid> Also { get; init; } = [];

    /// <summary>The revision whose text is brought back.</summary>
    public int? RestoredFrom { get; init; }
}

internal sealed class WriteItemHandler(CoursesDb db, IMediator mediator, Live live, TimeProvider clock) : IRequestHandler<WriteItem, int>
{
    public const int MostMinutes = ItemFile.MostMinutes;

    public async Task<int> Handle(WriteItem command, CancellationToken ct)
    {
        // What the text is worth is asked before anything is changed: Quizzes is another room.
        var text = Entered.Text(command.Markdown, "Markdown", MarkdownRenderer.MaxLength);
        var isQuiz = await db.Items.AnyAsync(i => i.Id == command.ItemId && i.Kind == ItemKind.Quiz, ct);
        var mistakes = new List<(int Line, Said Why)>();
        var settings = isQuiz ? ItemFile.Read(text, (line, message) => mistakes.Add((line, new(ItemProblems.Room, message.Format, message.GetArguments()!)))) : null;
        if (settings is not null)
            mistakes.AddRange((await mediator.Send(new CheckQuizQuery(text, command.CourseId) { ItemId = command.ItemId }, ct)).Problems.Select(p => (p.Line, new Said(ItemProblems.QuizzesRoom, p.Message, [.. p.Arguments]))));
        if (settings is { Kind: not ItemKind.Quiz })
            mistakes.Add((1, new(ItemProblems.Room, ItemProblems.NotAQuiz)));
        IReadOnlyList<Guid> runs = [];
        var revision = await db.Change(command.CourseId, command.By, clock, async (course, now) =>
        {
            var item = await db.Items.FirstOrDefaultAsync(i => i.Id == command.ItemId && i.CourseId == course.Id, ct) ?? throw new NotFound();
            if (item.Revision != command.Revision)
                throw Refusals.ChangedMeanwhile();

            if (command.Publish && string.IsNullOrWhiteSpace(text))
                throw Refusals.NothingWritten();
            if (command.Publish || item.Published)
                runs = await db.Runs.Where(r => r.CourseId == course.Id && r.PublishedAt != null).Select(r => r.Id).ToListAsync(ct);

            if (isQuiz)
                WriteQuiz(item, text, settings, mistakes, command.Publish);
            else
                WriteLesson(item, text, command, course);
            (item.Published, item.Revision, item.ChangedAt) = (command.Publish, item.Revision + 1, now);
            db.Add(ItemVersion.Of(item, command.By.Id, now, command.DraftId, command.RestoredFrom));
            var gone = command.Also.Append(command.DraftId ?? Guid.Empty).ToList();
            db.RemoveRange(await db.Drafts.Where(d => d.ItemId == item.Id && d.AuthorId == command.By.Id && gone.Contains(d.Id)).ToListAsync(ct));
            if (isQuiz && mistakes.Count == 0)
                db.Announce(new QuizWritten(course.Id, item.Id, item.Title, item.Markdown, item.Revision));
            return item.Revision;
        }, ct);
        live.TellRuns(runs);
        return revision;
    }

    private static void WriteLesson(Item item, string text, WriteItem command, Course course)
    {
        item.Title = Entered.Line(command.Title, "Title", Course.LongestTitle);
        item.Minutes = Entered.Whole(command.Minutes, "Minutes", 1, MostMinutes);
        item.Rule = command.Rule is CompletionRule.Viewed or CompletionRule.Marked ? command.Rule.Value : throw Refusals.NotOffered("Rule");
        item.Markdown = ItemFile.Body(text); // as the import keeps it
        CourseMarkup.Render(item, course);
    }

    private static void WriteQuiz(Item item, string text, ItemFile? settings, List<(int Line, Said Why)> mistakes, bool publish)
    {
        if (publish && mistakes.Count > 0)
            throw Refusals.QuizMistaken(mistakes.Min(m => m.Line), mistakes.MinBy(m => m.Line).Why);

        item.Markdown = text;
        if (settings is null || mistakes.Count > 0)
            return; // kept as it was typed; its settings count once they can be read
        (item.Title, item.Minutes, item.Rule, item.Opens, item.Due) = (settings.Title, settings.Minutes, settings.Rule, settings.Opens, settings.Due);
    }
}
