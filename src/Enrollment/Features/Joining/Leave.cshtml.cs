using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Joining;

[Authorize(Policies.SignedIn)]
internal sealed class LeaveModel : ModulePage
{
    public RunTerm Run { get; private set; } = null!;

    public Task OnGetAsync(string course, string run) => Load(course, run);

    public async Task<IActionResult> OnPostAsync(string course, string run)
    {
        await Load(course, run);
        await Send(new LeaveRun(Run.RunId, Me));
        Tell("You have left {0}.", Run.CourseTitle);
        return LocalRedirect(EnrollmentLinks.Dashboard);
    }

    private async Task Load(string course, string run)
    {
        Run = await Send(new RunBySlugQuery(course, run)) ?? throw new NotFound();
        if (await Send(new EnrolmentQuery(Run.RunId, Me)) is not { Active: true })
            throw new NotFound();
    }
}
