using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Enrollment.Contracts;

namespace MoocPlatform.Courses.Features.Exporting;

/// <summary>A course as it is now, with the texts of its items, in order.</summary>
internal sealed record CourseContent(Course Course, IReadOnlyList<Section> Sections, IReadOnlyList<Asset> Assets)
{
    private const int MostTries = 5;

    /// <summary>How it is graded; null: not said, as in an open edition.</summary>
    public GradingTerms? Grading { get; init; }

    /// <summary>What an open edition leaves out; null: this is everything.</summary>
    public ManifestOmissions? LeftOut { get; private init; }

    /// <summary>All of it. Null: no such course.</summary>
    public static async Task<CourseContent?> Load(CoursesDb db, Guid id, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await db.Courses.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, ct) is not { } course)
                return null;
            var items = await db.Items.AsNoTracking().Where(i => i.CourseId == id).ToListAsync(ct);
            var sections = await db.Sections.AsNoTracking().Where(s => s.CourseId == id).ToListAsync(ct);
            var assets = await db.Assets.AsNoTracking().Where(a => a.CourseId == id).ToListAsync(ct);
            // Whoever saved in between has changed the version: what is written is one state of the course, not two.
            if (attempt < MostTries && await db.Courses.Where(c => c.Id == id).Select(c => c.Version).FirstOrDefaultAsync(ct) != course.Version)
                continue;
            foreach (var section in sections)
                section.Items = [.. items.Where(i => i.SectionId == section.Id).OrderBy(i => i.Position).ThenBy(i => i.Id)];
            return new(course, [.. sections.OrderBy(s => s.Position).ThenBy(s => s.Id)], assets);
        }
    }

    /// <summary>
    /// What everyone may read: the lessons whose moment has come in a run, and the files they show. Quizzes stay out, because their text holds the
    /// right answers; drafts are not even counted.
    /// </summary>
    /// <param name="released">The items that are released in at least one published run.</param>
    public CourseContent Open(IReadOnlySet<Guid> released)
    {
        var published = Sections.SelectMany(s => s.Items).Where(i => i.Published).ToList();
        var lessons = published.Where(i => i.Kind == ItemKind.Lesson && released.Contains(i.Id)).ToList();
        var sections = Sections.Select(s => new Section
        {
            Id = s.Id,
            CourseId = s.CourseId,
            Position = s.Position,
            Slug = s.Slug,
            Title = s.Title,
            Summary = s.Summary,
            Release = s.Release,
            Items = [.. s.Items.Where(lessons.Contains)],
        }).Where(s => s.Items.Count > 0).ToList();
        var files = CourseMarkup.AssetBase(Course.Id);
        var shown = lessons.Select(l => l.Html).Append(Course.DescriptionHtml).Append(Course.AudienceHtml).SelectMany(html => Shown(html, files)).ToHashSet(StringComparer.Ordinal);
        var quizzes = published.Count(i => i.Kind == ItemKind.Quiz);
        return new(Course, sections, [.. Assets.Where(a => shown.Contains(a.Name))])
        {
            LeftOut = new(quizzes, published.Count - quizzes - lessons.Count),
        };
    }

    // The names of the files in a text as it is shown: they end where the attribute ends.
    private static IEnumerable<string> Shown(string html, string prefix)
    {
        for (var at = html.IndexOf(prefix, StringComparison.Ordinal); at >= 0; at = html.IndexOf(prefix, at + 1, StringComparison.Ordinal))
        {
            var end = html.AsSpan(at).IndexOfAny("\"'?#&<> ");
            yield return Uri.UnescapeDataString(html[(at + prefix.Length)..(end < 0 ? html.Length : at + end)]);
        }
    }
}
