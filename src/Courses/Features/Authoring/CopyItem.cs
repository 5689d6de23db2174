using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>Makes a draft with the same text, right after an item, under a number and an address of its own.</summary>
/// <param name="Key">Of the copy. Asked twice, there is one.</param>
/// <param name="Named">Title of the copy, a format for the title that the item has: <c>{0} (copy)</c>.</param>
internal sealed record CopyItem(Guid CourseId, Writer By, Guid Key, Guid ItemId, string Named) : IRequest<Placed>;

internal sealed class CopyItemHandler(CoursesDb db, IMediator mediator, TimeProvider clock) : IRequestHandler<CopyItem, Placed>
{
    public async Task<Placed> Handle(CopyItem command, CancellationToken ct)
    {
        // What the text is worth is asked before anything is changed: Quizzes is another room.
        var from = await db.Items.AsNoTracking().FirstOrDefaultAsync(i => i.Id == command.ItemId && i.CourseId == command.CourseId, ct) ?? throw new NotFound();
        var title = Title(command.Named, from.Title);
        var quiz = from.Kind == ItemKind.Quiz;
        var text = quiz ? ItemSettings.Title(from.Markdown, title) ?? from.Markdown : from.Markdown;
        var counts = quiz && (await mediator.Send(new CheckQuizQuery(text, command.CourseId) { ItemId = command.Key }, ct)).Problems.Count == 0;

        return await db.Change(command.CourseId, command.By, clock, async (course, now) =>
        {
            var order = await OutlineOrder.Of(db, course.Id, ct);
            if (await db.Items.FindAsync([command.Key], ct) is { } made)
                return made.CourseId == course.Id ? order.Keep(command.Key) : throw new NotFound();

            var original = await db.Items.FirstOrDefaultAsync(i => i.Id == from.Id && i.CourseId == course.Id, ct) ?? throw new NotFound();
            var slugs = await db.Items.Where(i => i.CourseId == course.Id).Select(i => i.Slug).ToListAsync(ct);
            // Whatever is said of the original is said of the copy.
            var values = db.Entry(original).CurrentValues.Clone();
            values[nameof(Item.Id)] = command.Key;
            values[nameof(Item.Number)] = course.TakeItemNumber();
            var copy = (Item)values.ToObject();
            copy.Slug = Entered.Free(Entered.SlugFrom(title, quiz ? "quiz" : "lesson"), slugs.ToHashSet(StringComparer.Ordinal));
            (copy.Title, copy.Published, copy.Revision, copy.ChangedAt) = (title, false, 1, now);
            if (quiz)
                copy.Markdown = text;
            db.Add(copy);
            db.Add(ItemVersion.Of(copy, command.By.Id, now));
            if (counts)
                db.Announce(new QuizWritten(course.Id, copy.Id, copy.Title, copy.Markdown, copy.Revision));
            return order.Insert(copy, after: original.Id);
        }, ct);
    }

    // The words around the title stay, whatever its length.
    private static string Title(string named, string title)
    {
        var around = named.Length - "{0}".Length;
        return string.Format(CultureInfo.InvariantCulture, named, title.Length + around > Course.LongestTitle ? title[..(Course.LongestTitle - around)].TrimEnd() : title);
    }
}
