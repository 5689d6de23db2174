using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>Asks before a run is taken out of the catalogue.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class ArchiveRunModel(Shelf shelf) : DeskPage(shelf)
{
    public Run Run { get; private set; } = null!;

    public void OnGet(string run) => Run = Book.Run(run) ?? throw new NotFound();

    public Task<IActionResult> OnPostAsync(string run)
    {
        OnGet(run);
        return Do(new ArchiveRun(Course.Id, Writer, Run.Id), _ =>
        {
            Tell("The run is archived: it is out of the catalogue and stays readable at its address.");
            return Home("runs");
        }, () => Task.CompletedTask);
    }
}
