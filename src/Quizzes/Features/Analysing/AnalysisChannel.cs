using System.Security.Claims;
using MediatR;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Quizzes.Features.Analysing;

/// <summary>Says to the team that an analysis of the run was made.</summary>
internal sealed class AnalysisChannel(IMediator mediator) : ILiveChannel
{
    public string Kind => "analysis";

    public static string Name(Guid runId) => $"analysis:{runId:N}";

    public async Task<bool> MayListen(Guid id, ClaimsPrincipal person, CancellationToken ct) =>
        person.IdOrNull() is { } me && await mediator.Send(new RunTermQuery(id), ct) is { } run
        && (person.IsAdmin() || await mediator.Send(new CourseRoleQuery(run.CourseId, me), ct) is not null);
}
