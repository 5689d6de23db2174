using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>What the course page says, as typed.</summary>
/// <param name="Objectives">One a line.</param>
internal sealed record CourseFacts(
    string? Title, string? Summary, string? Subject, string? Language, string? Description, string? Audience, string? Objectives,
    int? HoursPerWeek, int? Weeks, string? Licence, string? Accessibility, string? Pattern, string? Hue, bool Badge = false)
{
    public const int LongestText = 20_000;
    public const int LongestLine = 300;

    public static CourseFacts Of(Course c) => new(
        c.Title, c.Summary, c.Subject, c.Language, c.Description, c.Audience, string.Join('\n', c.Objectives),
        c.HoursPerWeek, c.Weeks, c.Licence, c.Accessibility, c.CoverPattern, c.CoverHue, c.GivesBadge);
}

/// <summary>Writes the facts of a course.</summary>
internal sealed record DescribeCourse(Guid CourseId, Writer By, CourseFacts Facts) : IRequest;

internal sealed class DescribeCourseHandler(CoursesDb db, TimeProvider clock) : IRequestHandler<DescribeCourse, Unit>
{
    public Task<Unit> Handle(DescribeCourse command, CancellationToken ct) => db.Change(command.CourseId, command.By, clock, async (course, _) =>
    {
        var (facts, before) = (command.Facts, course.Language);
        course.Title = Entered.Line(facts.Title, "Title", Course.LongestTitle);
        course.Summary = Entered.Line(facts.Summary, "Summary", Course.LongestSummary, optional: true);
        course.Subject = Entered.Line(facts.Subject, "Subject", 100, optional: true);
        course.Language = CourseLanguages.Checked(facts.Language, before);
        course.Description = Entered.Text(facts.Description, "Description", CourseFacts.LongestText).Trim(); // as the import keeps it
        course.Audience = Entered.Text(facts.Audience, "Audience", CourseFacts.LongestText).Trim(); // as the import keeps it
        course.Objectives = [.. Entered.Text(facts.Objectives, "Objectives", CourseFacts.LongestText).Split('\n')
            .Select(line => Entered.Line(line, "Objectives", CourseFacts.LongestLine, optional: true)).Where(line => line.Length > 0)];
        course.HoursPerWeek = Entered.Whole(facts.HoursPerWeek ?? 0, "HoursPerWeek", 0, 60);
        course.Weeks = Entered.Whole(facts.Weeks ?? 0, "Weeks", 0, 104);
        course.Licence = facts.Licence == course.Licence ? course.Licence : Licence.All.FirstOrDefault(l => l.Spdx == facts.Licence)?.Spdx ?? throw Refusals.NotOffered("Licence");
        course.Accessibility = Entered.Line(facts.Accessibility, "Accessibility", CourseFacts.LongestLine, optional: true);
        course.CoverPattern = Covers.Patterns.Contains(facts.Pattern) ? facts.Pattern! : throw Refusals.NotOffered("Pattern");
        course.CoverHue = Covers.Hues.Contains(facts.Hue) ? facts.Hue! : throw Refusals.NotOffered("Hue");
        course.GivesBadge = facts.Badge;
        CourseMarkup.Render(course);

        if (course.Language != before)
        {
            // "Tip", "Transcript" and the like stand in a lesson in the language of the course.
            foreach (var lesson in await db.Items.Where(i => i.CourseId == course.Id && i.Kind == ItemKind.Lesson).ToListAsync(ct))
                CourseMarkup.Render(lesson, course);
        }
    }, ct);
}
