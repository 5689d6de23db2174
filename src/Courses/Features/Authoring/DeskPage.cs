using Microsoft.AspNetCore.Mvc.Filters;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>A page of a course's workshop: for its owners and instructors, and who runs the site. To everyone else it does not exist.</summary>
internal abstract class DeskPage(Shelf shelf) : ModulePage
{
    public Book Book { get; private set; } = null!;

    public Course Course => Book.Course;

    public Writer Writer { get; private set; } = null!;

    /// <summary>Whether this person names the team.</summary>
    public bool IsOwner => Writer.May(Book, CourseRole.Owner);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Writer = Writer.Of(User);
        await Look();
        await base.OnPageHandlerExecutionAsync(context, next);
    }

    /// <summary>Looks at the course as it is now.</summary>
    protected async Task Look()
    {
        Book = await shelf.BySlug((string)RouteData.Values["course"]!, HttpContext.RequestAborted) ?? throw new NotFound();
        if (!Writer.May(Book, CourseRole.Instructor))
            throw new NotFound();
    }

    /// <summary>Says that something was done on the course's home, at a place of it.</summary>
    protected Microsoft.AspNetCore.Mvc.IActionResult Home(string? place = null) =>
        LocalRedirect(CourseLinks.Teach(Course.Slug) + (place is null ? "" : "#" + place));

    /// <summary>Where the team sees an item as learners do; null: there is no run to see it in.</summary>
    public string? AsLearner(Item item)
    {
        var run = Book.CurrentRun(Reader.Now)?.RunSlug ?? (Book.Runs.Count > 0 ? Book.Runs[0].Slug : null);
        if (run is null)
            return null;
        var address = CourseLinks.Item(Course.Slug, run, item.Slug);
        return item.Published ? Viewing.AsLearner.Address(address) : address; // to a learner a draft does not exist
    }
}
