using MediatR;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Persistence;

namespace MoocPlatform.Courses.Features.Asking;

internal sealed class CourseRoleAnswer(Shelf shelf) : IRequestHandler<CourseRoleQuery, CourseRole?>
{
    public async Task<CourseRole?> Handle(CourseRoleQuery request, CancellationToken cancellationToken) =>
        (await shelf.Course(request.CourseId, cancellationToken))?.Team.TryGetValue(request.PersonId, out var role) is true ? role : null;
}

internal sealed class CourseTeamAnswer(Shelf shelf) : IRequestHandler<CourseTeamQuery, IReadOnlyDictionary<Guid, CourseRole>>
{
    public async Task<IReadOnlyDictionary<Guid, CourseRole>> Handle(CourseTeamQuery request, CancellationToken cancellationToken) =>
        (await shelf.Course(request.CourseId, cancellationToken))?.Team ?? new Dictionary<Guid, CourseRole>();
}
