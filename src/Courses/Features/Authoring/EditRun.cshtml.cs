using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>Plans a run, or moves one, and shows what its dates mean before they are saved.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class EditRunModel(Shelf shelf, TimeProvider clock) : DeskPage(shelf)
{
    /// <summary>The run as it is kept; null: a new one.</summary>
    public Run? Run { get; private set; }

    /// <summary>The dates as typed; null: they cannot be read.</summary>
    public ResolvedDates? Dates { get; private set; }

    public int Learners { get; private set; }

    [BindProperty]
    public Guid Key { get; set; }

    [BindProperty]
    public string? Slug { get; set; }

    [BindProperty]
    public string? Zone { get; set; }

    [BindProperty]
    public string? Start { get; set; }

    [BindProperty]
    public string? End { get; set; }

    [BindProperty]
    public string? EnrolmentEnd { get; set; }

    public RunState? State => Run?.Term(Course).StateAt(Reader.Now);

    private RunDates Entered => new(Zone, Start, End, EnrolmentEnd);

    public async Task OnGetAsync(string run)
    {
        await Find(run);
        if (Run is not null)
        {
            (Key, Slug, Zone, Start, End) = (Run.Id, Run.Slug, Run.Zone, RunDay.Field(Run.LocalStart), RunDay.Field(Run.LocalEnd));
            EnrolmentEnd = RunDay.Field(Run.LocalEnrolmentEnd);
        }
        else
        {
            Propose();
        }

        Dates = ResolvedDates.Of(Book, Run, Entered);
    }

    /// <summary>Shows what the dates mean without keeping them.</summary>
    public async Task<IActionResult> OnPostLookAsync(string run)
    {
        await Find(run);
        try
        {
            Entered.PutInto(new Run());
        }
        catch (Refused refused)
        {
            ModelState.AddModelError(refused.Field ?? "", Reader.Say(refused, GetType().Assembly));
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }

        Dates = ResolvedDates.Of(Book, Run, Entered);
        return Page();
    }

    public Task<IActionResult> OnPostAsync(string run) => Save(run, publish: false);

    public Task<IActionResult> OnPostPublishAsync(string run) => Save(run, publish: true);

    public async Task<IActionResult> OnPostArchiveAsync(string run)
    {
        await Find(run);
        return await Do(new ArchiveRun(Course.Id, Writer, (Run ?? throw new NotFound()).Id), _ =>
        {
            Tell("The run is archived: it is out of the catalogue and stays readable at its address.");
            return Home("runs");
        }, () => OnGetAsync(run));
    }

    private async Task<IActionResult> Save(string run, bool publish)
    {
        await Find(run);
        var (wasPublished, id) = (Run?.PublishedAt is not null, Run?.Id ?? Key);
        if (id == Guid.Empty)
            throw new NotFound(); // a form that this site did not make
        return await Do(new SaveRun(Course.Id, Writer, id, Slug, Entered, publish), slug =>
        {
            Tell(wasPublished ? "The dates are saved and count from now on." : publish ? "The run is published. It opens and closes by itself." : "The run is saved. Only the team sees it.");
            return LocalRedirect(AuthoringLinks.Run(Course.Slug, slug));
        }, async () =>
        {
            await Find(run);
            Dates = ResolvedDates.Of(Book, Run, Entered);
        });
    }

    private async Task Find(string run)
    {
        await Look();
        Run = run == "new" ? null : Book.Run(run) ?? throw new NotFound();
        if (Run is not null)
            Learners = (await Send(new LearnerCountsQuery([Run.Id]))).GetValueOrDefault(Run.Id);
    }

    // The Monday after next week, in the morning, for as long as the course takes.
    private void Propose()
    {
        Key = clock.NewKey();
        Zone = Book.Runs.Count > 0 ? Book.Runs[^1].Zone : Reader.Zone is { } mine && Authoring.Entered.Zones.Contains(mine.Id) ? mine.Id : "UTC";
        var today = TimeZoneInfo.ConvertTime(Reader.Now, TimeZoneInfo.FindSystemTimeZoneById(Zone)).Date;
        var monday = today.AddDays(14 - (((int)today.DayOfWeek + 6) % 7));
        Start = RunDay.Field(monday.AddHours(8));
        End = RunDay.Field(monday.AddDays(7 * Math.Max(1, Course.Weeks)).AddHours(8));
    }
}
