using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>Asks why, before a run that was announced is called off.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class CancelRunModel(Shelf shelf, TimeProvider clock) : DeskPage(shelf)
{
    public Run Run { get; private set; } = null!;

    [BindProperty]
    public Guid Key { get; set; }

    [BindProperty]
    public string? Why { get; set; }

    public void OnGet(string run)
    {
        Find(run);
        Key = clock.NewKey();
    }

    public Task<IActionResult> OnPostAsync(string run)
    {
        Find(run);
        if (Key == Guid.Empty)
            throw new NotFound(); // a form that this site did not make
        return Do(new CancelRun(Course.Id, Writer, Run.Id, Key, Why), _ =>
        {
            Tell("The run is cancelled. The mails are on their way.");
            return LocalRedirect(AuthoringLinks.Run(Course.Slug, Run.Slug));
        }, () => Task.CompletedTask);
    }

    private void Find(string run) => Run = Book.Run(run) ?? throw new NotFound();
}
