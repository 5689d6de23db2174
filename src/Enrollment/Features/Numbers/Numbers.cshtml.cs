using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Numbers;

/// <summary>A run in numbers, for the course's team. To everybody else the page does not exist.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class NumbersModel(NumbersDesk desk) : ModulePage
{
    public RunTerm Run { get; private set; } = null!;

    public NumbersShown Shown { get; private set; } = null!;

    public RunNumbers? Numbers => Shown.Numbers;

    public int Unanswered { get; private set; }

    public IReadOnlyDictionary<Guid, OutlineItem> Items { get; private set; } = new Dictionary<Guid, OutlineItem>();

    public static int Seconds => (int)KeptNumbers.Fresh.TotalSeconds;

    public async Task OnGetAsync(string course, string run)
    {
        await Find(course, run);
        Shown = await desk.Of(Run, KeptNumbers.Fresh, HttpContext.RequestAborted);
        Unanswered = await Send(new UnansweredCountQuery(Run.RunId));
        Items = (await Send(new OutlineQuery(Run.RunId)))?.Items.ToDictionary(i => i.Id) ?? [];
    }

    public async Task<IActionResult> OnPostAnewAsync(string course, string run)
    {
        await Find(course, run);
        await Send(new ForgetNumbers(Run.RunId));
        return LocalRedirect(EnrollmentLinks.Numbers(course, run));
    }

    /// <summary>Days up to today, or to the end of a run that is over: where the picture of joining ends.</summary>
    public DateOnly Until()
    {
        var end = Reader.Now < Run.End ? Reader.Now : Run.End;
        return DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(end, TimeZoneInfo.FindSystemTimeZoneById(Run.Zone)).DateTime);
    }

    /// <summary>Joined by week, from the first on: for the table.</summary>
    public IEnumerable<(DateOnly From, int Joined, int All)> Weeks()
    {
        var all = 0;
        foreach (var week in Numbers!.Joined.GroupBy(j => Monday(j.Day)).OrderBy(w => w.Key))
            yield return (week.Key, week.Sum(d => d.Count), all += week.Sum(d => d.Count));
    }

    /// <summary>The steps at which most stopped.</summary>
    public IEnumerable<ItemNumbers> Stops() => Numbers!.Items.Where(i => i.Stopped > 0).OrderByDescending(i => i.Stopped).Take(3);

    internal static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private async Task Find(string course, string run)
    {
        Run = await Send(new RunBySlugQuery(course, run)) ?? throw new NotFound();
        if (!User.IsAdmin() && await Send(new CourseRoleQuery(Run.CourseId, Me)) is null)
            throw new NotFound();
    }
}
