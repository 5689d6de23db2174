using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Notifications;

/// <summary>A person has seen something. <paramref name="Id"/>: one notification and all about the same; null: all.</summary>
/// <param name="ThreadId">All about a thread that the person reads; null: not a thread.</param>
internal sealed record MarkSeen(Guid PersonId, Guid? Id, Guid? ThreadId = null) : IRequest;

internal sealed class MarkSeenHandler(HostDb db, Live live, TimeProvider clock) : IRequestHandler<MarkSeen, Unit>
{
    public async Task<Unit> Handle(MarkSeen request, CancellationToken cancellationToken)
    {
        var (person, now) = (request.PersonId, clock.GetUtcNow());
        var unseen = db.Notifications.Where(n => n.PersonId == person && n.SeenAt == null);
        if (request.Id is { } id)
        {
            var bundle = await db.Notifications.Where(n => n.PersonId == person && n.Id == id).Select(n => (Guid?)n.BundleId).SingleOrDefaultAsync(cancellationToken)
                ?? throw new NotFound();
            unseen = unseen.Where(n => n.BundleId == bundle);
        }

        if (request.ThreadId is { } thread)
            unseen = unseen.Where(n => n.BundleId == thread);

        var number = await db.InTurn(async ct =>
        {
            var seen = await unseen.ExecuteUpdateAsync(s => s.SetProperty(n => n.SeenAt, now), ct);
            if (seen == 0)
                return (long?)null;
            var tray = db.Trays.Where(t => t.PersonId == person);
            await tray.ExecuteUpdateAsync(s => s.SetProperty(t => t.Unseen, t => t.Unseen > seen ? t.Unseen - seen : 0).SetProperty(t => t.Number, t => t.Number + 1), ct);
            return await tray.Select(t => (long?)t.Number).SingleOrDefaultAsync(ct);
        }, cancellationToken);
        if (number is not null)
            live.Tell(Tray.Channel(person), "seen", number);
        return Unit.Value;
    }
}
