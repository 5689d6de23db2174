using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>Plans a run, runs the course again, or moves a run. What its dates mean is shown before dates that were there are moved.</summary>
[Authorize(Policies.SignedIn)]
[RequestFormLimits(ValueCountLimit = 8192)] // four fields a date, and a course may have hundreds
internal sealed class EditRunModel(Shelf shelf, TimeProvider clock) : DeskPage(shelf)
{
    /// <summary>The run as it is kept; null: a new one.</summary>
    public Run? Run { get; private set; }

    /// <summary>The run that is run again; null: none.</summary>
    public Run? Source { get; private set; }

    public ResolvedDates Dates { get; private set; } = null!;

    /// <summary>Whether the table is shown because something would move that nobody has seen yet.</summary>
    public bool Asking { get; private set; }

    /// <summary>What keeps the run from being published, and advice.</summary>
    public IReadOnlyList<Finding> Findings { get; private set; } = [];

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

    /// <summary>The days of sections and quizzes.</summary>
    [BindProperty]
    public List<TypedOffset> Offsets { get; set; } = [];

    /// <summary>The dates above as the form came with them: an end that was left as it was moves along with the start.</summary>
    [BindProperty]
    public RunDates? Shown { get; set; }

    /// <summary>Mark of the table the person has seen.</summary>
    [BindProperty]
    public string? Seen { get; set; }

    /// <summary>Address of the run that is run again.</summary>
    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    public RunState? State => Run?.Term(Course).StateAt(Reader.Now);

    /// <summary>Whether days changed here change elsewhere, too.</summary>
    public bool HasOtherRuns => Book.Runs.Any(r => r.Id != Run?.Id);

    private RunDates Typed => new(Zone, Start, End, EnrolmentEnd);

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

        Offsets = [.. OffsetDate.Of(Book).Select(TypedOffset.For)];
        Show();
    }

    /// <summary>Shows what the dates mean without keeping them.</summary>
    public async Task<IActionResult> OnPostLookAsync(string run)
    {
        await Find(run);
        MoveAlong();
        return Table(refused: Unreadable());
    }

    public Task<IActionResult> OnPostAsync(string run) => Save(run, publish: false);

    public Task<IActionResult> OnPostPublishAsync(string run) => Save(run, publish: true);

    private async Task<IActionResult> Save(string run, bool publish)
    {
        await Find(run);
        var (wasPublished, id) = (Run?.PublishedAt is not null, Run?.Id ?? Key);
        if (id == Guid.Empty)
            throw new NotFound(); // a form that this site did not make
        var along = MoveAlong();
        if (Unreadable() is null)
        {
            var dates = ResolvedDates.Of(Book, Run ?? Source, Typed, Offsets);
            if ((along || dates.MovesMore) && dates.Mark != Seen)
            {
                Asking = true;
                return Table(refused: null);
            }
        }

        var command = new SaveRun(Course.Id, Writer, id, Slug, Typed, Offsets, publish);
        return await Do(command, slug =>
        {
            Tell(wasPublished ? "The dates are saved and count from now on." : publish ? "The run is published. It opens and closes by itself." : "The run is saved. Only the team sees it.");
            return LocalRedirect(AuthoringLinks.Run(Course.Slug, slug));
        }, async () =>
        {
            await Find(run);
            if (publish && Unreadable() is null)
                Findings = await Send(new ChecklistQuery(Book, [command.AsRun()], TypedOffset.Changes(Offsets, command.AsRun().LocalStart)));
            Show();
        });
    }

    private PageResult Table(Refused? refused)
    {
        if (refused is not null)
        {
            ModelState.AddModelError(refused.Field ?? "", Reader.Say(refused, GetType().Assembly));
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }

        Show();
        return Page();
    }

    private void Show()
    {
        Dates = ResolvedDates.Of(Book, Run ?? Source, Typed, Offsets);
        if (Unreadable() is null)
        {
            // A date that was typed is the day it falls on from now on: when the start moves, it moves, too.
            foreach (var (place, row) in Offsets.Index().Where(o => !string.IsNullOrWhiteSpace(o.Item.On)))
            {
                var offset = row.Read(place, Entered.Local(Start, "Start")!.Value, optional: true)!;
                (row.Day, row.Time, row.On) = ((offset.Days + 1).ToString(CultureInfo.InvariantCulture), offset.Time.ToString("HH:mm", CultureInfo.InvariantCulture), null);
            }
        }

        Shown = Typed;
        Seen = Dates.Mark;
    }

    private Refused? Unreadable()
    {
        try
        {
            var run = new Run();
            Typed.PutInto(run);
            TypedOffset.Changes(Offsets, run.LocalStart);
            return null;
        }
        catch (Refused refused)
        {
            return refused;
        }
    }

    // Whoever moves the start moves the ends by as many days, unless they were typed anew as well. True: an end was moved.
    private bool MoveAlong()
    {
        if (Local(Start) is not { } start || Local(Shown?.Start) is not { } before || (start.Date - before.Date).Days is var days && days == 0)
            return false;
        var (end, last) = (End, EnrolmentEnd);
        if (End == Shown!.End && Local(End) is { } wasEnd)
            End = RunDay.Field(wasEnd.AddDays(days));
        if (EnrolmentEnd == Shown.EnrolmentEnd && Local(EnrolmentEnd) is { } wasLast)
            EnrolmentEnd = RunDay.Field(wasLast.AddDays(days));
        return end != End || last != EnrolmentEnd;
    }

    private static DateTime? Local(string? typed)
    {
        try
        {
            return Entered.Local(typed, "Start", optional: true);
        }
        catch (Refused)
        {
            return null; // said beside the field
        }
    }

    private async Task Find(string run)
    {
        await Look();
        Run = run == "new" ? null : Book.Run(run) ?? throw new NotFound();
        Source = Run is null && !string.IsNullOrEmpty(From) ? Book.Run(From) ?? throw new NotFound() : null;
        if (Run is not null)
            Learners = (await Send(new LearnerCountsQuery([Run.Id]))).GetValueOrDefault(Run.Id);
    }

    // The Monday after next week, in the morning, for as long as the course takes; again: on the same weekday, for as long as before.
    private void Propose()
    {
        Key = clock.NewKey();
        Zone = Source?.Zone ?? (Book.Runs.Count > 0 ? Book.Runs[^1].Zone : Reader.Zone is { } mine && Entered.Zones.Contains(mine.Id) ? mine.Id : "UTC");
        var today = TimeZoneInfo.ConvertTime(Reader.Now, TimeZoneInfo.FindSystemTimeZoneById(Zone)).Date;
        var monday = today.AddDays(14 - (((int)today.DayOfWeek + 6) % 7));
        if (Source is null)
        {
            Start = RunDay.Field(monday.AddHours(8));
            End = RunDay.Field(monday.AddDays(7 * Math.Max(1, Course.Weeks)).AddHours(8));
            return;
        }

        var later = monday > Source.LocalEnd ? monday : Source.LocalEnd.Date.AddDays(7);
        var days = ((later - Source.LocalStart.Date).Days + 6) / 7 * 7;
        (Start, End, EnrolmentEnd) = (RunDay.Field(Source.LocalStart.AddDays(days)), RunDay.Field(Source.LocalEnd.AddDays(days)), RunDay.Field(Source.LocalEnrolmentEnd?.AddDays(days)));
    }
}
