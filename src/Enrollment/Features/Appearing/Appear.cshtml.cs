using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Appearing;

/// <summary>How I appear in a course, for who has joined one of its runs. To everybody else it does not exist.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class AppearModel : ModulePage
{
    public RunTerm Run { get; private set; } = null!;

    public Appears Now { get; private set; } = Appears.AsThemselves;

    /// <summary>The name of the account.</summary>
    public string Name { get; private set; } = "";

    [BindProperty]
    public string? Pseudonym { get; set; }

    [BindProperty]
    public bool Research { get; set; }

    public async Task OnGetAsync(string course, string run)
    {
        await Enter(course, run);
        await Load();
        (Pseudonym, Research) = (Now.Pseudonym, Now.MayBeStudied);
    }

    public async Task<IActionResult> OnPostNameAsync(string course, string run)
    {
        await Enter(course, run);
        return await Do(new AppearAs(Run, Me, Pseudonym), _ =>
        {
            Tell("Saved. It holds in this course from now on.");
            return LocalRedirect(EnrollmentLinks.Me(course, run));
        }, async () =>
        {
            await Load();
            Research = Now.MayBeStudied;
        });
    }

    public async Task<IActionResult> OnPostResearchAsync(string course, string run)
    {
        await Enter(course, run);
        return await Do(new AllowResearch(Run, Me, Research), _ =>
        {
            Tell(Research ? "Saved. You can withdraw it here at any time." : "Saved. The team may not use what you do here for research.");
            return LocalRedirect(EnrollmentLinks.Me(course, run));
        }, Load);
    }

    private async Task Enter(string course, string run)
    {
        Run = await Send(new RunBySlugQuery(course, run)) ?? throw new NotFound();
        if (await Send(new EnrolmentQuery(Run.RunId, Me)) is null)
            throw new NotFound();
    }

    private async Task Load()
    {
        Now = (await Send(new AppearancesQuery(Run.CourseId, [Me]))).GetValueOrDefault(Me, Appears.AsThemselves);
        Name = (await Send(new PeopleQuery([Me]))).GetValueOrDefault(Me)?.Name ?? "";
    }
}
