using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>Asks before a run is ended ahead of its date.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class CloseRunModel(Shelf shelf) : DeskPage(shelf)
{
    public Run Run { get; private set; } = null!;

    public void OnGet(string run) => Run = Book.Run(run) ?? throw new NotFound();

    public Task<IActionResult> OnPostAsync(string run)
    {
        OnGet(run);
        return Do(new CloseRunNow(Course.Id, Writer, Run.Id), _ =>
        {
            Tell("The run is closed. Everyone’s open page shows it.");
            return LocalRedirect(AuthoringLinks.Run(Course.Slug, Run.Slug));
        }, () => Task.CompletedTask);
    }
}
