using System.Security.Claims;
using MediatR;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Teaching;

/// <summary>The run of an address, for its course's team and who runs the site. To everybody else it does not exist.</summary>
internal static class TeamRun
{
    /// <exception cref="NotFound">No such run, or not of the team.</exception>
    public static async Task<RunTerm> Find(IMediator mediator, string course, string run, ClaimsPrincipal person, CancellationToken ct)
    {
        var term = await mediator.Send(new RunBySlugQuery(course, run), ct) ?? throw new NotFound();
        return person.IsAdmin() || await mediator.Send(new CourseRoleQuery(term.CourseId, person.Id()), ct) is not null ? term : throw new NotFound();
    }
}

/// <summary>A page for the team of a run.</summary>
internal abstract class TeamPage(IMediator mediator) : ModulePage
{
    public RunTerm Run { get; private set; } = null!;

    protected async Task Enter(string course, string run) => Run = await TeamRun.Find(mediator, course, run, User, HttpContext.RequestAborted);
}
