using MediatR;
using Microsoft.AspNetCore.Http;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Features.Viewing;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Asking;

/// <summary>Who looks at a course as a learner has no role in it as long as they look.</summary>
internal sealed class CourseRoleAnswer(Shelf shelf, IHttpContextAccessor http) : IRequestHandler<CourseRoleQuery, CourseRole?>
{
    public async Task<CourseRole?> Handle(CourseRoleQuery request, CancellationToken cancellationToken) =>
        (await shelf.Course(request.CourseId, cancellationToken))?.Team.TryGetValue(request.PersonId, out var role) is true && !LooksAsLearner(request) ? role : null;

    private bool LooksAsLearner(CourseRoleQuery request) => http.HttpContext?.User is { } person && person.IdOrNull() == request.PersonId && AsLearner.IsOn(person, request.CourseId);
}

internal sealed class CourseTeamAnswer(Shelf shelf) : IRequestHandler<CourseTeamQuery, IReadOnlyDictionary<Guid, CourseRole>>
{
    public async Task<IReadOnlyDictionary<Guid, CourseRole>> Handle(CourseTeamQuery request, CancellationToken cancellationToken) =>
        (await shelf.Course(request.CourseId, cancellationToken))?.Team ?? new Dictionary<Guid, CourseRole>();
}

internal sealed class TeachesAnswer(Shelf shelf) : IRequestHandler<TeachesQuery, bool>
{
    public async Task<bool> Handle(TeachesQuery request, CancellationToken cancellationToken) => await shelf.Teaches(request.PersonId, cancellationToken);
}
