using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Team;

internal sealed class NameToTeamHandler(CoursesDb db, TimeProvider clock) : IRequestHandler<NameToTeam, Unit>
{
    public async Task<Unit> Handle(NameToTeam request, CancellationToken cancellationToken)
    {
        var course = await db.Courses.FirstOrDefaultAsync(c => c.Id == request.CourseId, cancellationToken) ?? throw new NotFound();
        var member = await db.Team.FindAsync([request.CourseId, request.PersonId], cancellationToken);
        if (member?.Role == request.Role)
            return Unit.Value;

        if (member is null)
            db.Add(new TeamMember { CourseId = request.CourseId, PersonId = request.PersonId, Role = request.Role });
        else
            member.Role = request.Role;
        course.Changed(clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
