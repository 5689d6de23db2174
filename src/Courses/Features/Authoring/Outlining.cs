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
