using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Features.Appearing;
using MoocPlatform.Enrollment.Features.Grading;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Teaching;

/// <summary>The roster and grade book of a run, for its team.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class LearnersModel(IMediator mediator, GradeBases bases, TimeProvider clock) : TeamPage(mediator)
{
    [BindProperty(SupportsGet = true)]
    public Standing? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Name { get; set; }

    [BindProperty(SupportsGet = true)]
    public RosterSort Sort { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Down { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? After { get; set; }

    /// <summary>Those who are ticked.</summary>
    [BindProperty]
    public List<Guid> Who { get; set; } = [];

    /// <summary>Not those who are ticked but all whom the filter finds.</summary>
    [BindProperty]
    public bool Everyone { get; set; }

    [BindProperty]
    public string? Subject { get; set; }

    [BindProperty]
    public string? Text { get; set; }

    /// <summary>Of the form.</summary>
    [BindProperty]
    public Guid Key { get; set; }

    public Roster Shown { get; private set; } = null!;

    public GradeBasis Basis { get; private set; } = null!;

    public IReadOnlyDictionary<Guid, Person> People { get; private set; } = new Dictionary<Guid, Person>();

    /// <summary>Pseudonyms and consents of those on the page.</summary>
    public IReadOnlyDictionary<Guid, Appears> Appearing { get; private set; } = new Dictionary<Guid, Appears>();

    public int Steps { get; private set; }

    public async Task OnGetAsync(string course, string run)
    {
        await Enter(course, run);
        Key = clock.NewKey();
        await Load();
    }

    public async Task<IActionResult> OnGetExportAsync(string course, string run)
    {
        await Enter(course, run);
        return new LearnersCsv(await bases.Of(Run.RunId, HttpContext.RequestAborted) ?? throw new NotFound());
    }

    public async Task<IActionResult> OnPostAsync(string course, string run)
    {
        await Enter(course, run);
        return await Do(new SendMessage(Key, Run.RunId, Me, Subject, Text, Everyone ? null : Who, Filter), _ =>
        {
            Tell("The message is on its way.");
            return LocalRedirect(EnrollmentLinks.Learners(course, run));
        }, Load);
    }

    /// <summary>The address of this list with something else chosen.</summary>
    public string With(RosterSort? sort = null, Guid? after = null)
    {
        var by = sort ?? Sort;
        var down = sort is null ? Down : sort == Sort ? !Down : sort is RosterSort.LastSeen;
        var name = string.IsNullOrEmpty(Name) ? "" : $"&name={Uri.EscapeDataString(Name)}";
        return $"{EnrollmentLinks.Learners(Run.CourseSlug, Run.RunSlug)}?sort={by}&down={(down ? "true" : "false")}{(State is { } s ? $"&state={s}" : "")}{name}{(after is { } a ? $"&after={a:N}" : "")}";
    }

    /// <summary>For a column's head: how it is sorted now.</summary>
    public string? Sorted(RosterSort sort) => Filter.SortBy != sort ? null : Down ? "descending" : "ascending";

    private RosterFilter Filter => new(State, Name ?? "", Sort, Down);

    private async Task Load()
    {
        Basis = await bases.Of(Run.RunId, HttpContext.RequestAborted) ?? throw new NotFound();
        Steps = Basis.Outline.Items.Count();
        Shown = await Send(new RosterQuery(Run.RunId, Filter, After));
        Guid[] shown = [.. Shown.Rows.Select(r => r.LearnerId)];
        People = await Send(new PeopleQuery(shown));
        Appearing = await Send(new AppearancesQuery(Run.CourseId, shown));
    }
}
