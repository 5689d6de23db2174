using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Enrollment.Reactions;

/// <summary>
/// A score that has changed, or that may be known only now, can complete an item. It never takes progress away: a quiz that counted as
/// passed goes on to. Told twice, the change's id shows that it was heard.
/// </summary>
internal sealed class WhenAttemptRegraded(EnrollmentDb db, IMediator mediator) : INotificationHandler<AttemptRegraded>
{
    public async Task Handle(AttemptRegraded notification, CancellationToken cancellationToken)
    {
        if (!notification.Passed)
            return;
        var outline = await mediator.Send(new OutlineQuery(notification.RunId), cancellationToken);
        var item = outline?.Items.FirstOrDefault(i => i.Id == notification.ItemId);
        if (item is null)
            return; // the quiz has left the course meanwhile; its result stays in Quizzes

        await db.InTurn(async ct =>
        {
            var enrolment = await db.TakeEnrolment(notification.RunId, notification.LearnerId, ct);
            if (enrolment is null || await db.Activities.AnyAsync(a => a.Id == notification.ChangeId, ct))
                return;
            var activity = new Activity
            {
                Id = notification.ChangeId,
                Number = enrolment.Version,
                RunId = notification.RunId,
                LearnerId = notification.LearnerId,
                ItemId = item.Id,
                ItemNumber = item.Number,
                Kind = ActivityKind.QuizPassed,
                Completes = true,
                At = notification.At,
            };
            db.Add(activity);
            enrolment.Take(activity);
            await db.SaveChangesAsync(ct);
        }, cancellationToken);
    }
}
