using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;

namespace MoocPlatform.Courses.Persistence;

/// <summary>Every course that has a published run, as the catalogue shows it.</summary>
internal sealed record CatalogueList(IReadOnlyList<CatalogueEntry> Entries)
{
    // Grows with every change of any course. One row of two numbers, at most once a second.
    public static async Task<long?> VersionOf(CoursesDb db, CancellationToken ct) =>
        await db.Courses.SumAsync(c => (long)c.Version, ct) + ((long)await db.Courses.CountAsync(ct) << 40);

    /// <param name="before">What was kept until now: only courses changed since are read.</param>
    public static async Task<(CatalogueList, long)?> Load(CoursesDb db, CatalogueList? before, CancellationToken ct)
    {
        var version = await VersionOf(db, ct);
        var known = before?.Entries.ToDictionary(e => e.Course.Id) ?? [];
        var listed = await db.Courses.Where(c => c.Runs.Any(r => r.PublishedAt != null && r.ArchivedAt == null)).Select(c => new { c.Id, c.Version }).ToListAsync(ct);
        var changed = listed.Where(c => known.GetValueOrDefault(c.Id)?.Course.Version != c.Version).Select(c => c.Id).ToList();
        // To name nearly all of them would cost more than to read them all.
        var all = changed.Count > listed.Count / 2;
        var courses = await db.Courses.AsNoTracking().Where(c => all || changed.Contains(c.Id)).Select(c => new Course
        {
            Id = c.Id,
            Slug = c.Slug,
            Title = c.Title,
            Summary = c.Summary,
            Language = c.Language,
            Subject = c.Subject,
            Licence = c.Licence,
            HoursPerWeek = c.HoursPerWeek,
            Weeks = c.Weeks,
            CoverPattern = c.CoverPattern,
            CoverHue = c.CoverHue,
            Version = c.Version,
            CreatedAt = c.CreatedAt,
            ChangedAt = c.ChangedAt,
        }).ToListAsync(ct);
        var runs = (await db.Runs.AsNoTracking().Where(r => (all || changed.Contains(r.CourseId)) && r.PublishedAt != null && r.ArchivedAt == null).ToListAsync(ct)).ToLookup(r => r.CourseId);
        foreach (var course in courses)
            known[course.Id] = CatalogueEntry.Of(course, runs[course.Id]);
        return (new([.. listed.Select(c => known.GetValueOrDefault(c.Id)).OfType<CatalogueEntry>()]), version!.Value);
    }
}

/// <summary>A course in the catalogue.</summary>
/// <param name="Course">Without its longer texts.</param>
/// <param name="Row">Where the search finds it.</param>
/// <param name="Runs">The published runs that are not archived, earliest first.</param>
internal sealed record CatalogueEntry(Course Course, long Row, Licence Licence, IReadOnlyList<RunTerm> Runs)
{
    public static CatalogueEntry Of(Course course, IEnumerable<Run> runs) => new(
        course, CourseWords.RowOf(course.Id), Licence.Of(course.Licence), [.. runs.OrderBy(r => r.Start).Select(r => r.Term(course))]);
}
