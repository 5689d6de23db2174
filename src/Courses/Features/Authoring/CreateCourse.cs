using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>Begins a course with its first section; whoever begins it owns it. Nothing of it is public yet. Answers its address.</summary>
/// <param name="Key">Made by the page: a double click makes one course.</param>
/// <param name="FirstSection">Title of the first section.</param>
internal sealed record CreateCourse(Guid Key, Guid ById, string? Title, string? Slug, string? Language, string? Summary, string FirstSection) : IRequest<string>;

internal sealed class CreateCourseHandler(CoursesDb db, TimeProvider clock) : IRequestHandler<CreateCourse, string>
{
    public async Task<string> Handle(CreateCourse command, CancellationToken ct)
    {
        if (await Mine(command, ct) is { } made)
            return made;

        var now = clock.GetUtcNow();
        var title = Entered.Line(command.Title, "Title", Course.LongestTitle);
        var slug = command.Slug?.Trim() is { Length: > 0 } chosen ? chosen : Entered.SlugFrom(title, "course");
        if (!Slug.IsWellFormed(slug))
            throw Refusals.SlugMalformed();
        if (Course.IsReserved(slug) || await db.Courses.AnyAsync(c => c.Slug == slug, ct))
            throw Refusals.SlugTaken(slug);

        var course = new Course
        {
            Id = command.Key,
            Slug = slug,
            Title = title,
            Language = CourseLanguages.Checked(command.Language),
            Summary = Entered.Line(command.Summary, "Summary", Course.LongestSummary, optional: true),
            CreatedAt = now,
        };
        course.Team.Add(new() { CourseId = course.Id, PersonId = command.ById, Role = CourseRole.Owner });
        course.Sections.Add(new() { Id = clock.NewKey(), CourseId = course.Id, Slug = Entered.SlugFrom(command.FirstSection, "section"), Title = command.FirstSection });
        course.Changed(now);
        db.Add(course);
        try
        {
            await db.SaveChangesAsync(ct);
            return slug;
        }
        catch (DbUpdateException e) when (Database.IsDuplicate(e))
        {
            db.ChangeTracker.Clear();
            return await Mine(command, ct) ?? throw Refusals.SlugTaken(slug);
        }
    }

    private Task<string?> Mine(CreateCourse command, CancellationToken ct) =>
        db.Courses.Where(c => c.Id == command.Key && c.Team.Any(t => t.PersonId == command.ById)).Select(c => c.Slug).FirstOrDefaultAsync(ct);
}

/// <summary>The languages a course can be in: those the site speaks first.</summary>
internal static class CourseLanguages
{
    public static readonly IReadOnlyList<string> All =
        ["en", "ro", "it", "bg", "cs", "da", "de", "el", "es", "et", "fi", "fr", "ga", "hr", "hu", "lt", "lv", "mt", "nl", "pl", "pt", "pt-BR", "sk", "sl", "sq", "sr", "sv", "tr", "uk"];

    /// <param name="before">A language the course has already, perhaps from an import, stays possible.</param>
    public static string Checked(string? language, string? before = null) =>
        language is not null && (language == before || All.Contains(language)) ? language : throw Refusals.NotOffered("Language");
}
