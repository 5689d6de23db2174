using System.Collections.Concurrent;
using System.Security.Claims;
using MediatR;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Teaching;

/// <summary>
/// Says to the team's open rosters that learners of a run have done something: two seconds after the first of them did, however many do, so
/// that a page which was read before and listens a moment later hears it as well.
/// </summary>
internal sealed class RosterBell(Live live, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<Guid, ITimer> ringing = [];

    /// <summary>Called after the commit.</summary>
    public void Changed(Guid runId)
    {
        if (!ringing.ContainsKey(runId))
            ringing.GetOrAdd(runId, id => clock.CreateTimer(_ => Ring(id), null, Pause, Timeout.InfiniteTimeSpan));
    }

    private void Ring(Guid runId)
    {
        if (ringing.TryRemove(runId, out var timer))
            timer.Dispose();
        live.Tell(EnrollmentLinks.LearnersChannel(runId), "changed");
    }
}

internal sealed class LearnersChannel(IMediator mediator) : ILiveChannel
{
    public string Kind => "learners";

    public async Task<bool> MayListen(Guid id, ClaimsPrincipal person, CancellationToken ct) =>
        person.IdOrNull() is { } me && await mediator.Send(new RunTermQuery(id), ct) is { } run
        && (person.IsAdmin() || await mediator.Send(new CourseRoleQuery(run.CourseId, me), ct) is not null);
}
