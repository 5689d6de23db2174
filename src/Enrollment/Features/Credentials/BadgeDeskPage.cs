using Microsoft.AspNetCore.Mvc.Filters;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Credentials;

/// <summary>A page about the badges of a run: for the owners and instructors of its course, and who runs the site. To everyone else it does not exist.</summary>
internal abstract class BadgeDeskPage : ModulePage
{
    public RunTerm Run { get; private set; } = null!;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Run = await Send(new RunBySlugQuery((string)RouteData.Values["course"]!, (string)RouteData.Values["run"]!)) ?? throw new NotFound();
        if (!User.IsAdmin() && await Send(new CourseRoleQuery(Run.CourseId, Me)) is null or CourseRole.Assistant)
            throw new NotFound();
        await base.OnPageHandlerExecutionAsync(context, next);
    }
}
