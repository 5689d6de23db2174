using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Persistence;

/// <summary>
/// What everyone reads, kept in memory: courses with outline, runs and team, the lessons' HTML, the catalogue. Correct at once on the node
/// that made a change, and after a second at most on the others.
/// </summary>
internal sealed class Shelf(IMemoryCache cache, IServiceScopeFactory scopes, TimeProvider clock, IFileVersionProvider versions)
{
    private const string Icons = "/icons.svg";

    private static readonly MemoryCacheEntryOptions WhileUsed = new() { SlidingExpiration = TimeSpan.FromMinutes(30) };

    private readonly Lock making = new();
    private Kept<CatalogueList>? catalogue;
    private CatalogueList? listed;

    public async ValueTask<Book?> Course(Guid id, CancellationToken ct)
    {
        var kept = Cell(id);
        var book = await kept.Get(ct);
        if (book is null)
            cache.Remove(("course", id)); // whoever asks for what never was does not fill our memory
        return book;
    }

    public async ValueTask<Book?> BySlug(string slug, CancellationToken ct)
    {
        if (cache.TryGetValue(("slug", slug), out Guid known) && await Course(known, ct) is { } book && book.Course.Slug == slug)
            return book;
        if (!Slug.IsWellFormed(slug) || await Ask(db => db.Courses.Where(c => c.Slug == slug).Select(c => (Guid?)c.Id).FirstOrDefaultAsync(ct)) is not { } id)
            return null;
        cache.Set(("slug", slug), id, WhileUsed);
        return await Course(id, ct);
    }

    public async ValueTask<Book?> OfRun(Guid runId, CancellationToken ct)
    {
        // A run never changes its course.
        if (!cache.TryGetValue(("run", runId), out Guid id))
        {
            if (await Ask(db => db.Runs.Where(r => r.Id == runId).Select(r => (Guid?)r.CourseId).FirstOrDefaultAsync(ct)) is not { } found)
                return null;
            cache.Set(("run", runId), id = found, WhileUsed);
        }

        return await Course(id, ct);
    }

    /// <summary>The text of a lesson of this book.</summary>
    public async ValueTask<LessonText> Lesson(Book book, Item item, CancellationToken ct)
    {
        var key = ("lesson", item.Id, item.Revision, book.Course.Version);
        if (cache.TryGetValue(key, out LessonText? text))
            return text!;
        var row = await Ask(db => db.Items.AsNoTracking().FirstAsync(i => i.Id == item.Id, ct));
        text = LessonText.Of(book, row);
        // As the page around it names the file of icons: so it is fetched once, and kept.
        text = text with { Html = text.Html.Replace($"\"{Icons}#", $"\"{versions.AddFileVersionToPath(default, Icons)}#", StringComparison.Ordinal) };
        return cache.Set(key, text, WhileUsed);
    }

    /// <summary>Whether a person is in the team of a course. Every page asks; teams are few beside learners, so all of them are kept, for ten seconds.</summary>
    public async ValueTask<bool> Teaches(Guid personId, CancellationToken ct)
    {
        if (!cache.TryGetValue("teachers", out HashSet<Guid>? teachers))
            cache.Set("teachers", teachers = await Ask(db => db.Team.Select(t => t.PersonId).Distinct().ToHashSetAsync(ct)), TimeSpan.FromSeconds(10));
        return teachers!.Contains(personId);
    }

    public async ValueTask<CatalogueList> Catalogue(CancellationToken ct)
    {
        if (catalogue is null)
        {
            lock (making)
                catalogue ??= new(clock, token => Ask(db => CatalogueList.VersionOf(db, token)), LoadCatalogue);
        }

        return (await catalogue.Get(ct))!;
    }

    // One loads at a time.
    private async Task<(CatalogueList, long)?> LoadCatalogue(CancellationToken ct)
    {
        var loaded = await Ask(db => CatalogueList.Load(db, listed, ct));
        listed = loaded?.Item1;
        return loaded;
    }

    /// <summary>A course was changed here.</summary>
    public void Forget(Guid courseId)
    {
        if (cache.TryGetValue(("course", courseId), out Kept<Book>? kept))
            kept!.Forget();
        catalogue?.Forget();
    }

    /// <summary>Somebody came into the team of a course, or left it.</summary>
    public void ForgetTeachers() => cache.Remove("teachers");

    private Kept<Book> Cell(Guid id)
    {
        if (cache.TryGetValue(("course", id), out Kept<Book>? kept))
            return kept!;
        lock (making)
        {
            return cache.TryGetValue(("course", id), out kept) ? kept! : cache.Set(("course", id), new Kept<Book>(
                clock,
                ct => Ask(db => db.Courses.Where(c => c.Id == id).Select(c => (long?)c.Version).FirstOrDefaultAsync(ct)),
                ct => Ask(db => Load(db, id, ct))), WhileUsed);
        }
    }

    private static async Task<(Book, long)?> Load(CoursesDb db, Guid id, CancellationToken ct)
    {
        // The version first: what is loaded after it may be newer, never older, and then is looked at again.
        if (await db.Courses.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, ct) is not { } course)
            return null;
        course.Sections = await db.Sections.AsNoTracking().Where(s => s.CourseId == id).ToListAsync(ct);
        var items = await db.Items.AsNoTracking().Where(i => i.CourseId == id).Select(i => new Item
        {
            Id = i.Id,
            CourseId = id,
            SectionId = i.SectionId,
            Number = i.Number,
            Position = i.Position,
            Slug = i.Slug,
            Title = i.Title,
            Kind = i.Kind,
            Minutes = i.Minutes,
            Rule = i.Rule,
            Opens = i.Opens,
            Due = i.Due,
            Licence = i.Licence,
            Authors = i.Authors,
            Source = i.Source,
            Published = i.Published,
            Revision = i.Revision,
            ChangedAt = i.ChangedAt,
        }).ToListAsync(ct);
        foreach (var section in course.Sections)
            section.Items = items.FindAll(i => i.SectionId == section.Id);
        course.Runs = await db.Runs.AsNoTracking().Where(r => r.CourseId == id).ToListAsync(ct);
        course.Team = await db.Team.AsNoTracking().Where(t => t.CourseId == id).ToListAsync(ct);
        var assets = await db.Assets.AsNoTracking().Where(a => a.CourseId == id).ToListAsync(ct);
        var gone = await db.Resources.AsNoTracking().Where(r => r.CourseId == id && r.State == ResourceState.Gone)
            .Select(r => new Resource { Id = r.Id, Url = r.Url, Licence = r.Licence, State = r.State, FailingSince = r.FailingSince, SnapshotAt = r.SnapshotAt }).ToListAsync(ct);
        return (new Book(course, assets, gone), course.Version);
    }

    private async Task<T> Ask<T>(Func<CoursesDb, Task<T>> question)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<CoursesDb>());
    }
}
