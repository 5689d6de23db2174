using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>Adds a section at the end.</summary>
internal sealed record AddSection(Guid CourseId, Writer By, Guid Key, string? Title) : IRequest;

internal sealed class AddSectionHandler(CoursesDb db, TimeProvider clock) : IRequestHandler<AddSection, Unit>
{
    public Task<Unit> Handle(AddSection command, CancellationToken ct) => db.Change(command.CourseId, command.By, clock, async (course, _) =>
    {
        var title = Entered.Line(command.Title, "SectionTitle", Course.LongestTitle);
        if (await db.Sections.FindAsync([command.Key], ct) is not null)
            return;

        var others = await db.Sections.Where(s => s.CourseId == course.Id).ToListAsync(ct);
        // A course goes by weeks more often than not: the next section opens a week after the last.
        var last = others.MaxBy(s => s.Position);
        db.Add(new Section
        {
            Id = command.Key,
            CourseId = course.Id,
            Title = title,
            Position = (last?.Position ?? -1) + 1,
            Slug = Entered.Free(Entered.SlugFrom(title, "section"), others.Select(s => s.Slug).ToHashSet(StringComparer.Ordinal)),
            Release = last is null ? new(0, TimeOnly.MinValue) : last.Release with { Days = Math.Min(last.Release.Days + 7, ChangeSection.MostDays) },
        });
    }, ct);
}

/// <summary>Titles a section and says when it opens: so many days after the run's first day, at a local time.</summary>
internal sealed record ChangeSection(Guid CourseId, Writer By, Guid SectionId, string? Title, string? Summary, int? Days, TimeOnly? Time) : IRequest
{
    public const int MostDays = 3650;
    public const int LongestSummary = 300;
}

internal sealed class ChangeSectionHandler(CoursesDb db, Live live, TimeProvider clock) : IRequestHandler<ChangeSection, Unit>
{
    public async Task<Unit> Handle(ChangeSection command, CancellationToken ct)
    {
        var runs = await db.Change(command.CourseId, command.By, clock, async (course, _) =>
        {
            var section = await db.Sections.FirstOrDefaultAsync(s => s.Id == command.SectionId && s.CourseId == course.Id, ct) ?? throw new NotFound();
            section.Title = Entered.Line(command.Title, "Title", Course.LongestTitle);
            section.Summary = Entered.Line(command.Summary, "Summary", ChangeSection.LongestSummary, optional: true);
            section.Release = new(Entered.Whole(command.Days, "Days", 0, ChangeSection.MostDays), command.Time ?? throw Refusals.NoTimeOfDay());
            return await db.Runs.Where(r => r.CourseId == course.Id && r.PublishedAt != null).Select(r => r.Id).ToListAsync(ct);
        }, ct);
        live.TellRuns(runs);
        return Unit.Value;
    }
}

/// <summary>Takes away a section that holds nothing.</summary>
internal sealed record DeleteSection(Guid CourseId, Writer By, Guid SectionId) : IRequest;

internal sealed class DeleteSectionHandler(CoursesDb db, TimeProvider clock) : IRequestHandler<DeleteSection, Unit>
{
    public Task<Unit> Handle(DeleteSection command, CancellationToken ct) => db.Change(command.CourseId, command.By, clock, async (course, _) =>
    {
        var section = await db.Sections.FirstOrDefaultAsync(s => s.Id == command.SectionId && s.CourseId == course.Id, ct) ?? throw new NotFound();
        if (await db.Items.AnyAsync(i => i.SectionId == section.Id, ct))
            throw Refusals.SectionNotEmpty();
        if (!await db.Sections.AnyAsync(s => s.CourseId == course.Id && s.Id != section.Id, ct))
            throw Refusals.LastSection();
        db.Remove(section);
    }, ct);
}

/// <summary>Moves a section or an item one place up or down. An item at the edge of its section goes on into the next one.</summary>
/// <param name="Id">Of the section or item.</param>
internal sealed record Move(Guid CourseId, Writer By, Guid Id, bool Down) : IRequest;

internal sealed class MoveHandler(CoursesDb db, TimeProvider clock) : IRequestHandler<Move, Unit>
{
    public Task<Unit> Handle(Move command, CancellationToken ct) => db.Change(command.CourseId, command.By, clock, async (course, _) =>
    {
        var sections = await db.Sections.Where(s => s.CourseId == course.Id).OrderBy(s => s.Position).ThenBy(s => s.Id).ToListAsync(ct);
        if (sections.FindIndex(s => s.Id == command.Id) is >= 0 and var at)
        {
            Shift(sections, at, command.Down ? 1 : -1);
            foreach (var (place, section) in sections.Index())
                section.Position = place;
            return;
        }

        var items = await db.Items.Where(i => i.CourseId == course.Id).ToListAsync(ct);
        var item = items.Find(i => i.Id == command.Id) ?? throw new NotFound();
        var bySection = sections.ConvertAll(s => items.Where(i => i.SectionId == s.Id).OrderBy(i => i.Position).ThenBy(i => i.Id).ToList());
        var home = sections.FindIndex(s => s.Id == item.SectionId);
        var here = bySection[home].IndexOf(item);
        var step = command.Down ? 1 : -1;
        var target = home + step;
        if (here + step >= 0 && here + step < bySection[home].Count)
        {
            Shift(bySection[home], here, step);
        }
        else if (target >= 0 && target < sections.Count)
        {
            bySection[home].Remove(item);
            bySection[target].Insert(command.Down ? 0 : bySection[target].Count, item);
            item.SectionId = sections[target].Id;
        }

        foreach (var list in bySection)
            foreach (var (place, one) in list.Index())
                one.Position = place;
    }, ct);

    private static void Shift<T>(List<T> list, int at, int step)
    {
        if (at + step >= 0 && at + step < list.Count)
            (list[at], list[at + step]) = (list[at + step], list[at]);
    }
}
