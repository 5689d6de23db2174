using System.Globalization;
using System.Text;
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

    public static async Task<(CatalogueList, long)?> Load(CoursesDb db, CancellationToken ct)
    {
        var version = await VersionOf(db, ct);
        var courses = await db.Courses.AsNoTracking().Where(c => c.Runs.Any(r => r.PublishedAt != null && r.ArchivedAt == null)).ToListAsync(ct);
        var runs = (await db.Runs.AsNoTracking().Where(r => r.PublishedAt != null && r.ArchivedAt == null).ToListAsync(ct)).ToLookup(r => r.CourseId);
        return (new([.. courses.Select(c => CatalogueEntry.Of(c, runs[c.Id]))]), version!.Value);
    }
}

/// <summary>A course in the catalogue.</summary>
/// <param name="Runs">The published runs that are not archived, earliest first.</param>
/// <param name="Folded">Title, subject, summary and people for the search: small letters without accents.</param>
internal sealed record CatalogueEntry(Course Course, Licence Licence, IReadOnlyList<RunTerm> Runs, string Folded)
{
    public static CatalogueEntry Of(Course course, IEnumerable<Run> runs) => new(
        course, Licence.Of(course.Licence), [.. runs.OrderBy(r => r.Start).Select(r => r.Term(course))],
        Fold(string.Join('\n', [course.Title, course.Subject, course.Summary, .. course.Authors.Select(a => a.Name)])));

    /// <summary>Small letters without accents, so that "practica" finds "Practică".</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
                folded.Append(char.ToLowerInvariant(letter));
        }

        return folded.ToString();
    }
}
