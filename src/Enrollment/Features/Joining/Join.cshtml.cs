using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Joining;

/// <summary>The button on the course page posts here; who had to sign in first comes here by GET and presses it once more.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class JoinModel : ModulePage
{
    public RunTerm Run { get; private set; } = null!;

    public Task OnGetAsync(string course, string run) => Load(course, run);

    public async Task<IActionResult> OnPostAsync(string course, string run)
    {
        await Load(course, run);
        return await Do(new JoinRun(Run.RunId, Me), _ =>
        {
            Tell("You have joined {0}. Good to have you here.", Run.CourseTitle);
            return LocalRedirect(CourseLinks.Learn(course, run));
        }, () => Task.CompletedTask);
    }

    private async Task Load(string course, string run)
    {
        Run = await Send(new RunBySlugQuery(course, run)) ?? throw new NotFound();
        if (Run.StateAt(Reader.Now) == RunState.Draft)
            throw new NotFound();
    }
}
