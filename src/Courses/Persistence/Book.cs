using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Security.Claims;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Features.Viewing;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Persistence;

/// <summary>A course as kept in memory, all but the texts of its items. Shared by every request: nobody changes it.</summary>
internal sealed class Book
{
    private readonly FrozenDictionary<string, Item> itemsBySlug;
    private readonly ConcurrentDictionary<Guid, Outline> outlines = [];

    public Book(Course course, IEnumerable<Asset> assets, IReadOnlyList<Resource> gone)
    {
        Gone = gone;
        Course = course;
        Sections = [.. course.Sections.OrderBy(s => s.Position)];
        foreach (var section in Sections)
            section.Items.Sort((a, b) => a.Position.CompareTo(b.Position));
        Runs = [.. course.Runs.OrderBy(r => r.Start)];
        Team = course.Team.ToFrozenDictionary(t => t.PersonId, t => t.Role);
        Assets = assets.ToFrozenDictionary(a => a.Name, StringComparer.Ordinal);
        itemsBySlug = Sections.SelectMany(s => s.Items).ToFrozenDictionary(i => i.Slug, StringComparer.Ordinal);
    }

    public Course Course { get; }

    /// <summary>In order, their items too; drafts included.</summary>
    public IReadOnlyList<Section> Sections { get; }

    /// <summary>Earliest start first; drafts included.</summary>
    public IReadOnlyList<Run> Runs { get; }

    public IReadOnlyDictionary<Guid, CourseRole> Team { get; }

    public IReadOnlyDictionary<string, Asset> Assets { get; }

    /// <summary>What lived elsewhere and is gone, without the texts that were kept.</summary>
    public IReadOnlyList<Resource> Gone { get; }

    /// <summary>Whether anything of it was ever published.</summary>
    public bool IsPublic => Runs.Any(r => r.PublishedAt is not null);

    /// <summary>Whether a person sees drafts: the course's team, and who runs the site, unless they want to see what learners see.</summary>
    public bool IsTeam(ClaimsPrincipal person) => !AsLearner.IsOn(person, Course.Id) && (person.IsAdmin() || (person.IdOrNull() is { } id && Team.ContainsKey(id)));

    /// <summary>The items that everyone may open by now, in whatever run: released once, open for ever.</summary>
    public IReadOnlySet<Guid> Released(DateTimeOffset now) => Runs.Where(r => r.PublishedAt is not null).Select(Outline)
        .SelectMany(o => o.Sections.Where(s => s.ReleasedAt <= now)).SelectMany(s => s.Items).Select(i => i.Id).ToHashSet();

    /// <summary>Whether everyone may take the course away: its licence lets it be passed on, and a lesson can be read.</summary>
    public bool OffersDownload(DateTimeOffset now)
    {
        if (Licence.Of(Course.Licence).Freedom == Freedom.ReadOnly)
            return false;
        var released = Released(now);
        return Sections.SelectMany(s => s.Items).Any(i => i.Kind == ItemKind.Lesson && released.Contains(i.Id));
    }

    public Item? Item(string slug) => itemsBySlug.GetValueOrDefault(slug);

    public Run? Run(Guid id) => Runs.FirstOrDefault(r => r.Id == id);

    public Run? Run(string slug) => Runs.FirstOrDefault(r => r.Slug == slug);

    public RunTerm? Term(Guid runId) => Run(runId)?.Term(Course);

    /// <summary>The run to show first: one that runs, else the next to come, else the last that was. Null: none is published.</summary>
    public RunTerm? CurrentRun(DateTimeOffset now)
    {
        var terms = Runs.Select(r => r.Term(Course)).Where(t => t.Published && !t.Archived).ToList();
        return terms.LastOrDefault(t => t.StateAt(now) == RunState.Running && t.TakesLearners(now))
            ?? terms.FirstOrDefault(t => t.StateAt(now) == RunState.Announced)
            ?? terms.LastOrDefault(t => t.StateAt(now) == RunState.Running)
            ?? terms.LastOrDefault()
            ?? Runs.Select(r => r.Term(Course)).LastOrDefault(t => t.Published);
    }

    /// <summary>The runs that have not closed: drafts too.</summary>
    public IReadOnlyList<Run> OpenRuns(DateTimeOffset now) => [.. Runs.Where(r => r.Term(Course).StateAt(now) is RunState.Draft or RunState.Announced or RunState.Running)];

    /// <summary>The published items of a run with their dates. Nothing is released before the run itself starts.</summary>
    public Outline Outline(Run run) => outlines.GetOrAdd(run.Id, _ => new(Course.Id, run.Id,
    [
        .. Sections.Where(s => s.Items.Exists(i => i.Published)).Select((section, index) => new OutlineSection(
            section.Id, index + 1, section.Title, section.Summary, Later(run.At(section.Release), run.Start),
            [.. section.Items.Where(i => i.Published).Select(i => Entry(i, run))])),
    ]));

    private static OutlineItem Entry(Item item, Run run) => new(
        item.Id, item.Number, item.Slug, item.Title, item.Kind, item.Minutes, item.Rule,
        item.Opens is { } opens ? run.At(opens) : null, item.Due is { } due ? run.At(due) : null);

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
