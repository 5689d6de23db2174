using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Enrollment.Features.Learning;

/// <summary>"Mark complete and go on": the lesson page posts here.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class CompleteModel : ModulePage
{
    public RunTerm Run { get; private set; } = null!;

    [BindProperty]
    public string Item { get; set; } = "";

    [BindProperty]
    public bool Undo { get; set; }

    public async Task<IActionResult> OnGetAsync(string course, string run)
    {
        Run = await Send(new RunBySlugQuery(course, run)) ?? throw new NotFound();
        return LocalRedirect(CourseLinks.Learn(course, run));
    }

    public async Task<IActionResult> OnPostAsync(string course, string run)
    {
        Run = await Send(new RunBySlugQuery(course, run)) ?? throw new NotFound();
        var outline = await Send(new OutlineQuery(Run.RunId)) ?? throw new NotFound();
        var section = outline.Sections.FirstOrDefault(s => s.Items.Any(i => i.Slug == Item)) ?? throw new NotFound();
        var item = section.Items.First(i => i.Slug == Item);

        return await Do(new CompleteItem(Run, item, section.ReleasedAt, Me, Undo, User.Self()?.Name), _ => LocalRedirect(Undo ? Address(item) : Next(outline, item)), () => Task.CompletedTask);
    }

    private string Next(Outline outline, OutlineItem item)
    {
        var next = outline.Sections.Where(s => s.ReleasedAt <= Reader.Now).SelectMany(s => s.Items).SkipWhile(i => i.Id != item.Id).Skip(1).FirstOrDefault();
        return next is null ? EnrollmentLinks.Progress(Run.CourseSlug, Run.RunSlug) : Address(next);
    }

    private string Address(OutlineItem item) => item.Kind == ItemKind.Quiz
        ? QuizLinks.Quiz(Run.CourseSlug, Run.RunSlug, item.Slug)
        : CourseLinks.Item(Run.CourseSlug, Run.RunSlug, item.Slug);
}
