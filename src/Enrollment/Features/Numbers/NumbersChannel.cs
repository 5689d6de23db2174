using System.Security.Claims;
using MediatR;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Numbers;

/// <summary>Says to the team that a run was counted anew.</summary>
internal sealed class NumbersChannel(IMediator mediator) : ILiveChannel
{
    public string Kind => "numbers";

    public async Task<bool> MayListen(Guid id, ClaimsPrincipal person, CancellationToken ct) =>
        person.IdOrNull() is { } me && await mediator.Send(new RunTermQuery(id), ct) is { } run
        && (person.IsAdmin() || await mediator.Send(new CourseRoleQuery(run.CourseId, me), ct) is not null);
}
