using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Enrollment.Contracts;

namespace MoocPlatform.Discussions.Reactions;

/// <summary>Who joins late does not find everything new: what was said before counts as read. Who comes back goes on where they were.</summary>
internal sealed class WhenLearnerEnrolled(DiscussionsDb db) : INotificationHandler<LearnerEnrolled>
{
    public async Task Handle(LearnerEnrolled notification, CancellationToken cancellationToken)
    {
        var (run, learner, at) = notification;
        var said = await db.Threads.Where(t => t.RunId == run && t.LastAt < at).OrderByDescending(t => t.LastNumber).Select(t => t.LastNumber).FirstOrDefaultAsync(cancellationToken);
        if (said == 0 || await db.Participants.AnyAsync(p => p.RunId == run && p.PersonId == learner, cancellationToken))
            return;
        await db.InTurn(async ct =>
        {
            (await db.ParticipantOf(run, learner, ct)).ReadTo = said;
            await db.SaveChangesAsync(ct);
        }, cancellationToken);
    }
}
