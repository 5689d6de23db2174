using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;

namespace MoocPlatform.Courses.Persistence;

/// <summary>When a course can be taken: the catalogue's tabs.</summary>
internal enum When
{
    Open,
    Soon,
    Closed,
}

/// <summary>A course in one of the tabs, with the run that puts it there.</summary>
internal sealed record Found(CatalogueEntry Entry, RunTerm Run);

/// <summary>Every course that has a published run, as the catalogue shows it, in the order of their keys.</summary>
internal sealed class CatalogueList(IReadOnlyList<CatalogueEntry> entries)
{
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<CatalogueEntry, int>> titles = new(StringComparer.Ordinal);
    private Tabs? tabs;

    public IReadOnlyList<CatalogueEntry> Entries => entries;

    /// <summary>What stands in a tab; looked at anew each second, for runs start and end.</summary>
    public IReadOnlyList<Found> Tab(When when, DateTimeOffset now)
    {
        var second = now.ToUnixTimeSeconds();
        if (tabs is not { } kept || kept.Second != second)
            tabs = kept = Tabs.At(entries, now, second);
        return when switch { When.Open => kept.Open, When.Soon => kept.Soon, _ => kept.Closed };
    }

    /// <summary>The place of each course in the order of their titles, in the reader's language: sorted once for each.</summary>
    public IReadOnlyDictionary<CatalogueEntry, int> Titles(CultureInfo culture) => titles.GetOrAdd(culture.Name, _ =>
    {
        var places = new Dictionary<CatalogueEntry, int>(entries.Count, ReferenceEqualityComparer.Instance);
        foreach (var entry in entries.OrderBy(e => e.Course.Title, StringComparer.Create(culture, ignoreCase: true)))
            places.Add(entry, places.Count);
        return places;
    });

    // Grows with every change of any course. One row of two numbers, at most once a second.
    public static async Task<long?> VersionOf(CoursesDb db, CancellationToken ct) =>
        await db.Courses.SumAsync(c => (long)c.Version, ct) + ((long)await db.Courses.CountAsync(ct) << 40);

    /// <param name="before">What was kept until now: only courses changed since are read.</param>
    public static async Task<(CatalogueList, long)?> Load(CoursesDb db, CatalogueList? before, CancellationToken ct)
    {
        var version = await VersionOf(db, ct);
        var known = before?.Entries.ToDictionary(e => e.Course.Id) ?? [];
        var listed = await db.Courses.Where(c => c.Runs.Any(r => r.PublishedAt != null && r.ArchivedAt == null && r.CancelledAt == null)).Select(c => new { c.Id, c.Version }).ToListAsync(ct);
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
        var runs = (await db.Runs.AsNoTracking().Where(r => (all || changed.Contains(r.CourseId)) && r.PublishedAt != null && r.ArchivedAt == null && r.CancelledAt == null).ToListAsync(ct)).ToLookup(r => r.CourseId);
        foreach (var course in courses)
            known[course.Id] = CatalogueEntry.Of(course, runs[course.Id]);
        return (new([.. listed.OrderBy(c => c.Id).Select(c => known.GetValueOrDefault(c.Id)).OfType<CatalogueEntry>()]), version!.Value);
    }

    private sealed record Tabs(long Second, IReadOnlyList<Found> Open, IReadOnlyList<Found> Soon, IReadOnlyList<Found> Closed)
    {
        public static Tabs At(IReadOnlyList<CatalogueEntry> entries, DateTimeOffset now, long second)
        {
            var (opens, comes, closed) = (new List<Found>(), new List<Found>(), new List<Found>());
            foreach (var entry in entries)
            {
                var open = entry.Runs.LastOrDefault(r => r.StateAt(now) == RunState.Running && r.TakesLearners(now));
                var soon = entry.Runs.FirstOrDefault(r => r.StateAt(now) == RunState.Announced);
                if (open is not null)
                    opens.Add(new(entry, open));
                if (soon is not null)
                    comes.Add(new(entry, soon));
                if (open is null && soon is null && entry.Runs.Count > 0)
                    closed.Add(new(entry, entry.Runs[^1]));
            }

            return new(second, opens, comes, closed);
        }
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
