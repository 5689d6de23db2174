using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Features.Authoring;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Announcing;

/// <summary>The team writes an announcement beside its preview.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class AnnounceModel(Shelf shelf, TimeProvider clock) : DeskPage(shelf)
{
    public Run Run { get; private set; } = null!;

    public int Learners { get; private set; }

    public Preview? Preview { get; private set; }

    [BindProperty]
    public Guid Key { get; set; }

    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public string? Markdown { get; set; }

    public async Task OnGetAsync(string run)
    {
        await Find(run);
        Key = clock.NewKey();
    }

    public async Task<IActionResult> OnPostPreviewAsync(string run)
    {
        await Find(run);
        try
        {
            Preview = await Send(new PreviewQuery(Book, "about", Markdown));
        }
        catch (Refused refused)
        {
            ModelState.AddModelError(refused.Field ?? "", Reader.Say(refused, GetType().Assembly));
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string run)
    {
        await Find(run);
        if (Key == Guid.Empty)
            throw new NotFound(); // a form that this site did not make
        return await Do(new PostAnnouncement(Course.Id, Writer, Key, Run.Id, Title, Markdown), _ =>
        {
            Tell("It is announced. The mails are on their way.");
            return LocalRedirect(CourseLinks.Announcements(Course.Slug, Run.Slug));
        }, () => Task.CompletedTask);
    }

    private async Task Find(string run)
    {
        Run = Book.Run(run) ?? throw new NotFound();
        Learners = (await Send(new LearnerCountsQuery([Run.Id]))).GetValueOrDefault(Run.Id);
    }
}
