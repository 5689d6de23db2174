using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Features.Shared;

namespace MoocPlatform.Quizzes.Features.Helping;

/// <summary>The team gives learners extra time at a quiz; it counts at once, in open attempts too.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class ExtraTimeModel : ModulePage
{
    public TimeGiven Shown { get; private set; } = null!;

    /// <summary>The learner the page was opened for; null: to be named by address.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Learner { get; set; }

    public Person? For { get; private set; }

    [BindProperty]
    public string? Mail { get; set; }

    [BindProperty]
    public int? Minutes { get; set; }

    [BindProperty]
    public int? Percent { get; set; }

    [BindProperty]
    public bool Everywhere { get; set; }

    /// <summary>In the zone of the run.</summary>
    [BindProperty]
    public DateTime? Until { get; set; }

    public async Task OnGetAsync(string course, string run, string item, Guid? after)
    {
        await Load(new(course, run, item), after);
        if (For is not null && Shown.Place.Item.DueAt is { } due)
            Until = TimeZoneInfo.ConvertTime(due.AddDays(7) < Shown.Place.Run.End ? due.AddDays(7) : Shown.Place.Run.End, TimeZoneInfo.FindSystemTimeZoneById(Shown.Place.Run.Zone)).DateTime;
    }

    public Task<IActionResult> OnPostAsync(string course, string run, string item)
    {
        var address = new QuizAddress(course, run, item);
        return Do(new GiveTime(address, TeamMember.Of(User), Mail, Minutes ?? 0, Percent ?? 0, Everywhere, Until) { LearnerId = Learner }, learner =>
        {
            Tell("{0} has the extra time from now on, in an open attempt too.", learner.Name);
            return LocalRedirect(Contracts.QuizLinks.ExtraTime(course, run, item));
        }, () => Load(address, null));
    }

    private async Task Load(QuizAddress address, Guid? after)
    {
        Shown = await Send(new TimeGivenQuery(address, TeamMember.Of(User), after));
        if (Learner is { } id && await Send(new EnrolmentQuery(Shown.Place.Run.RunId, id)) is not null)
            For = (await Send(new PeopleQuery([id]))).GetValueOrDefault(id);
    }
}
