using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>Gives the person of a mail address a role in the course. For owners.</summary>
internal sealed record NameByMail(Guid CourseId, Writer By, string? Mail, CourseRole Role) : IRequest<Person>;

internal sealed class NameByMailHandler(CoursesDb db, IMediator mediator, TimeProvider clock) : IRequestHandler<NameByMail, Person>
{
    public async Task<Person> Handle(NameByMail command, CancellationToken ct)
    {
        var mail = Entered.Line(command.Mail, "Mail", 254);
        if (!Enum.IsDefined(command.Role))
            throw Refusals.NotOffered("Role");
        var person = await mediator.Send(new PersonByMailQuery(mail), ct);
        await db.Change(command.CourseId, command.By, clock, async (course, _) =>
        {
            if (person is null)
                throw Refusals.PersonUnknown(); // only an owner is told so much
            await db.Give(course.Id, person.Id, command.Role, ct);
        }, ct, CourseRole.Owner);
        return person!;
    }
}

/// <summary>Changes the role of a member, or takes it away (null). For owners; one owner always stays.</summary>
internal sealed record ChangeMember(Guid CourseId, Writer By, Guid PersonId, CourseRole? Role) : IRequest;

internal sealed class ChangeMemberHandler(CoursesDb db, Live live, TimeProvider clock) : IRequestHandler<ChangeMember, Unit>
{
    public async Task<Unit> Handle(ChangeMember command, CancellationToken ct)
    {
        await db.Change(command.CourseId, command.By, clock, async (course, _) =>
        {
            if (command.Role is { } role && !Enum.IsDefined(role))
                throw Refusals.NotOffered("Role");
            if (!await db.Team.AnyAsync(t => t.CourseId == course.Id && t.PersonId == command.PersonId, ct))
                return;
            await db.Give(course.Id, command.PersonId, command.Role, ct);
        }, ct, CourseRole.Owner);
        if (command.Role is null)
            live.Cut(command.PersonId); // what they listen to is asked anew
        return Unit.Value;
    }
}

/// <summary>The team as a rule: a course has an owner.</summary>
internal static class TeamRule
{
    public static async Task Give(this CoursesDb db, Guid courseId, Guid personId, CourseRole? role, CancellationToken ct)
    {
        var team = await db.Team.Where(t => t.CourseId == courseId).ToListAsync(ct);
        var member = team.Find(t => t.PersonId == personId);
        if (member is { Role: CourseRole.Owner } && role != CourseRole.Owner && team.Count(t => t.Role == CourseRole.Owner) == 1)
            throw Refusals.LastOwner();

        if (member is null && role is { } given)
            db.Add(new TeamMember { CourseId = courseId, PersonId = personId, Role = given });
        else if (member is not null && role is { } changed)
            member.Role = changed;
        else if (member is not null)
            db.Remove(member);
    }
}
