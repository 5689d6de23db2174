using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Notifications;

/// <summary>
/// The team of a course hears that something waits in the talk of a run: each of them once until they have looked, however much comes. When
/// nothing waits any more, it leaves their trays.
/// </summary>
internal sealed class WhenTeamQueueChanged(HostDb db, Notices notices, Withdrawing withdrawing, IMediator mediator) : INotificationHandler<TeamQueueChanged>
{
    private const int Waits = 200;

    public async Task Handle(TeamQueueChanged notification, CancellationToken cancellationToken)
    {
        var (run, at) = notification;
        var bundle = Acts.Id(run, Waits, DateTimeOffset.UnixEpoch);
        if (await mediator.Send(new TalkQueueCountQuery(run), cancellationToken) == 0)
        {
            await withdrawing.Of(bundle, cancellationToken);
            return;
        }

        if (await mediator.Send(new RunTermQuery(run), cancellationToken) is not { } term)
            return;
        var team = (await mediator.Send(new CourseTeamQuery(term.CourseId), cancellationToken)).Keys.ToList();
        var told = await db.Notifications.Where(n => n.BundleId == bundle && n.SeenAt == null).Select(n => n.PersonId).ToListAsync(cancellationToken);
        team = [.. team.Except(told)];
        await db.InTurn(ct => db.Notifications.Where(n => n.BundleId == bundle && n.SeenAt != null && n.At < at && team.Contains(n.PersonId)).ExecuteDeleteAsync(ct), cancellationToken);
        var id = Acts.Id(run, Waits, at);
        await notices.Tell([.. team.Select(p => Notification.New(Notification.IdOf(id, p), p, NoticeKind.Queue, 0, run, bundle, at))], toMany: false, cancellationToken);
    }
}
