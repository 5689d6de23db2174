using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;
using MoocPlatform.Markup;

namespace MoocPlatform.Courses.Features.Importing;

/// <summary>
/// Brings a checked folder into the database: what has the same slug stays the same thing, keeps its id and number, and so everyone's
/// progress. Items that are not in the folder any more become drafts.
/// </summary>
internal sealed class CourseArrival
{
    private readonly CoursesDb db;
    private readonly CourseFolder folder;
    private readonly TimeProvider clock;
    private readonly Dictionary<string, Item> items;
    private readonly DateTimeOffset now;
    private readonly HashSet<string> names;
    private readonly HashSet<string> files;

    private CourseArrival(CoursesDb db, CourseFolder folder, Course course, TimeProvider clock)
    {
        (this.db, this.folder, this.clock, Course, now) = (db, folder, clock, course, clock.GetUtcNow());
        names = folder.Items.Select(i => i.Slug).ToHashSet(StringComparer.Ordinal);
        files = folder.Assets.Select(a => "assets/" + a.Name).ToHashSet(StringComparer.Ordinal);
        items = course.Sections.SelectMany(s => s.Items).ToDictionary(i => i.Slug, StringComparer.Ordinal);
        Ids = items.ToDictionary(i => i.Key, i => i.Value.Id, StringComparer.Ordinal);
    }

    public Course Course { get; }

    /// <summary>Who brings the folder: the author of what changes.</summary>
    public Guid By { get; private init; }

    /// <summary>Whether the course was here before.</summary>
    public bool IsNew => db.Entry(Course).State == EntityState.Detached;

    public IReadOnlyDictionary<string, Item> Before => items;

    /// <summary>The ids of the items by their names: of those that are here, and after <see cref="Apply"/> of all.</summary>
    public Dictionary<string, Guid> Ids { get; }

    /// <summary>Whether the course is graded as the folder says.</summary>
    public bool IsGraded { get; set; } = true;

    /// <summary>Whether the course page, the sections and the grading are as the folder has them.</summary>
    public bool IsDescribed
    {
        get
        {
            var (c, s) = (Course, folder.Settings!);
            return (c.Title, c.Language, c.Subject, c.Summary, c.Description, c.Audience) == (s.Title, s.Language, s.Subject, s.Summary, s.Description, s.Audience)
                && (c.HoursPerWeek, c.Weeks, c.Licence, c.Accessibility, c.CoverPattern, c.CoverHue) == (s.HoursPerWeek, s.Weeks, s.Licence, s.Accessibility, s.CoverPattern, s.CoverHue)
                && IsGraded && c.GivesBadge == s.GivesBadge && c.Objectives.SequenceEqual(s.Objectives) && c.Authors.SequenceEqual(s.Authors)
                && c.Sections.OrderBy(x => x.Position).Select(x => (x.Slug, x.Title, x.Summary, x.Release)).SequenceEqual(s.Sections.Select(x => (x.Slug, x.Title, x.Summary, x.Release)));
        }
    }

    /// <summary>Finds the course of the folder's slug or begins a new one, and checks what only the database knows.</summary>
    public static async Task<CourseArrival> Prepare(CoursesDb db, CourseFolder folder, string slug, Guid ownerId, TimeProvider clock, CancellationToken ct)
    {
        var course = await db.Courses.Include(c => c.Sections).ThenInclude(s => s.Items).AsSplitQuery().FirstOrDefaultAsync(c => c.Slug == slug, ct);
        if (course is null)
        {
            course = new Course { Id = clock.NewKey(), Slug = slug, CreatedAt = clock.GetUtcNow() };
            course.Team.Add(new() { CourseId = course.Id, PersonId = ownerId, Role = CourseRole.Owner });
        }

        var arrival = new CourseArrival(db, folder, course, clock) { By = ownerId };
        foreach (var (itemSlug, file, item) in folder.Items)
        {
            if (arrival.items.TryGetValue(itemSlug, out var there) && there.Kind != item.Kind)
                folder.Note(file, 0, $"An item of this name was of the other kind, lesson or quiz. Give the new one a new name.");
        }

        return arrival;
    }

    public async Task Apply(List<Asset> assets, Action step, CancellationToken ct)
    {
        if (db.Entry(Course).State == EntityState.Detached)
            db.Add(Course);
        Describe(folder.Settings!);
        ArrangeSections(step);
        await ReplaceAssets(assets, ct);
        Course.Changed(now);
    }

    private void Describe(CourseSettings s)
    {
        (Course.Title, Course.Language, Course.Subject, Course.Summary) = (s.Title, s.Language, s.Subject, s.Summary);
        (Course.Description, Course.Audience, Course.Objectives, Course.Authors) = (s.Description, s.Audience, s.Objectives, s.Authors);
        (Course.HoursPerWeek, Course.Weeks, Course.Licence, Course.Accessibility) = (s.HoursPerWeek, s.Weeks, s.Licence, s.Accessibility);
        (Course.CoverPattern, Course.CoverHue, Course.GivesBadge) = (s.CoverPattern, s.CoverHue, s.GivesBadge);
        CourseMarkup.Render(Course);
    }

    private void ArrangeSections(Action step)
    {
        var before = Course.Sections.ToDictionary(s => s.Slug, StringComparer.Ordinal);
        var gone = items.Values.ToHashSet();
        foreach (var (position, arriving) in folder.Sections.Index())
        {
            if (!before.Remove(arriving.Settings.Slug, out var section))
            {
                section = new Section { Id = clock.NewKey(), CourseId = Course.Id, Slug = arriving.Settings.Slug };
                db.Add(section);
            }

            (section.Position, section.Title, section.Summary, section.Release) =
                (position, arriving.Settings.Title, arriving.Settings.Summary, arriving.Settings.Release);
            foreach (var (place, (slug, file, item)) in arriving.Items.Index())
            {
                gone.Remove(Keep(section, place, slug, file, item));
                step();
            }
        }

        foreach (var item in gone)
            item.Published = false;
        foreach (var (place, section) in before.Values.Index())
            section.Position = folder.Sections.Count + place;
    }

    private Item Keep(Section section, int place, string slug, string file, ItemFile arriving)
    {
        if (!items.TryGetValue(slug, out var item))
        {
            item = new Item { Id = clock.NewKey(), CourseId = Course.Id, Number = Course.TakeItemNumber(), Slug = slug, Kind = arriving.Kind };
            db.Add(item);
            Ids[slug] = item.Id;
        }

        var same = item.Revision > 0 && item.Published == arriving.Published && (item.Title, item.Markdown) == (arriving.Title, arriving.Markdown);
        (item.SectionId, item.Position, item.Title, item.Minutes, item.Rule, item.Opens, item.Due, item.Published, item.Markdown) =
            (section.Id, place, arriving.Title, arriving.Minutes, arriving.Rule, arriving.Opens, arriving.Due, arriving.Published, arriving.Markdown);
        (item.Licence, item.Authors, item.Source) = (arriving.Licence, arriving.Authors, arriving.Source);
        if (!same)
        {
            (item.Revision, item.ChangedAt) = (item.Revision + 1, now);
            db.Add(ItemVersion.Of(item, By, now));
        }

        if (item.Kind == ItemKind.Lesson)
            Advise(file, arriving, CourseMarkup.Render(item, Course));
        else if (!same && !folder.Mistaken.Contains(slug))
            db.Announce(new QuizWritten(Course.Id, item.Id, item.Title, item.Markdown, item.Revision));
        return item;
    }

    private void Advise(string file, ItemFile arriving, Rendered rendered)
    {
        foreach (var problem in rendered.Problems)
        {
            folder.Advice.Add(new(file, problem.Line + arriving.LinesBefore, string.Format(CultureInfo.InvariantCulture, problem.Message, problem.Arguments))
            { Text = problem.Message, Arguments = problem.Arguments });
        }

        foreach (var link in rendered.Links.Where(l => Slug.IsWellFormed(l.Split('#')[0]) && !names.Contains(l.Split('#')[0])))
            folder.Advise(file, 0, $"No item of the course is called {link}.");
        foreach (var asset in rendered.Assets.Where(a => !files.Contains(a)))
            folder.Advise(file, 0, $"There is no file {asset}.");
    }

    private async Task ReplaceAssets(List<Asset> assets, CancellationToken ct)
    {
        var before = await db.Assets.Where(a => a.CourseId == Course.Id).ToDictionaryAsync(a => a.Name, StringComparer.Ordinal, ct);
        foreach (var asset in assets)
        {
            if (!before.Remove(asset.Name, out var there))
                db.Add(asset);
            else
                (there.ContentType, there.Length, there.Hash, there.Facts) = (asset.ContentType, asset.Length, asset.Hash, asset.Facts);
        }

        db.RemoveRange(before.Values);
    }
}
