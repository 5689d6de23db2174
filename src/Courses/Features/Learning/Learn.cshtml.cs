using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Learning;

/// <summary>The door of a run: on to where the reader was, on any device, or to the first thing that may be read.</summary>
[AllowAnonymous]
internal sealed class LearnModel(Shelf shelf) : ModulePage
{
    public RunTerm Run { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string course, string run)
    {
        var book = await shelf.BySlug(course, HttpContext.RequestAborted) ?? throw new NotFound();
        var entity = book.Run(run) ?? throw new NotFound();
        Run = entity.Term(book.Course);
        if (!Run.Published && !book.IsTeam(User))
            throw new NotFound();

        var outline = book.Outline(entity);
        var last = MeOrNull is { } me ? (await Send(new EnrolmentQuery(Run.RunId, me)))?.LastItemId : null;
        var item = outline.Items.FirstOrDefault(i => i.Id == last)
            ?? outline.Sections.Where(s => s.ReleasedAt <= Reader.Now).SelectMany(s => s.Items).FirstOrDefault()
            ?? outline.Items.FirstOrDefault();
        return item is null ? Page() : LocalRedirect(CourseLinks.Item(book.Course.Slug, Run.RunSlug, item.Slug));
    }
}
