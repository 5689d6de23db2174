using System.Security.Claims;
using MediatR;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Quizzes.Features.Shared;

/// <summary>Somebody of a course's team, or who runs the site.</summary>
internal sealed record TeamMember(Guid Id, bool RunsTheSite)
{
    public static TeamMember Of(ClaimsPrincipal person) => new(person.Id(), person.IsAdmin());
}

/// <summary>Finds the quiz of an address for the course's team. To everybody else its pages do not exist.</summary>
internal sealed class TeamPlaces(Places places, IMediator mediator)
{
    /// <param name="least">The role that is needed.</param>
    /// <exception cref="NotFound">No such quiz, or not of the team.</exception>
    public async Task<Place> Find(QuizAddress address, TeamMember member, CourseRole least, CancellationToken ct)
    {
        var place = await places.Find(address, member.Id, ct, seesDrafts: member.RunsTheSite);
        return member.RunsTheSite || await mediator.Send(new CourseRoleQuery(place.Run.CourseId, member.Id), ct) >= least ? place : throw new NotFound();
    }
}
