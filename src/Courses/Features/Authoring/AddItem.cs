using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>Adds a lesson or quiz, a draft, at the end of a section. Answers its address.</summary>
/// <param name="Example">What a new quiz holds below its settings: a question that shows how one is written.</param>
internal sealed record AddItem(Guid CourseId, Writer By, Guid Key, Guid SectionId, ItemKind Kind, string? Title, string Example) : IRequest<string>;

internal sealed class AddItemHandler(CoursesDb db, TimeProvider clock) : IRequestHandler<AddItem, string>
{
    public Task<string> Handle(AddItem command, CancellationToken ct) => db.Change(command.CourseId, command.By, clock, async (course, now) =>
    {
        var title = Entered.Line(command.Title, "ItemTitle", Course.LongestTitle);
        if (await db.Items.Where(i => i.Id == command.Key && i.CourseId == course.Id).Select(i => i.Slug).FirstOrDefaultAsync(ct) is { } made)
            return made;
        if (!await db.Sections.AnyAsync(s => s.Id == command.SectionId && s.CourseId == course.Id, ct))
            throw new NotFound();

        var slugs = await db.Items.Where(i => i.CourseId == course.Id).Select(i => i.Slug).ToListAsync(ct);
        var last = await db.Items.Where(i => i.SectionId == command.SectionId).MaxAsync(i => (int?)i.Position, ct) ?? -1;
        var quiz = command.Kind == ItemKind.Quiz;
        var item = new Item
        {
            Id = command.Key,
            CourseId = course.Id,
            SectionId = command.SectionId,
            Number = course.TakeItemNumber(),
            Position = last + 1,
            Slug = Entered.Free(Entered.SlugFrom(title, quiz ? "quiz" : "lesson"), slugs.ToHashSet(StringComparer.Ordinal)),
            Title = title,
            Kind = command.Kind,
            Minutes = 10,
            Rule = quiz ? CompletionRule.Passed : CompletionRule.Marked,
            Markdown = quiz ? Settings(title) + command.Example : "",
            ChangedAt = now,
        };
        db.Add(item);
        return item.Slug;
    }, ct);

    // A quiz's settings stand in its text.
    private static string Settings(string title) =>
        $"""
        ---
        title: {ItemSettings.Quoted(title)}
        kind: quiz
        minutes: 10
        attempts: 2
        pass: 60
        ---

        """;
}
