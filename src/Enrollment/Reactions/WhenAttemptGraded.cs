using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Enrollment.Reactions;

/// <summary>A graded attempt counts towards the learner's progress. Told twice, the attempt's id shows that it was heard.</summary>
internal sealed class WhenAttemptGraded(EnrollmentDb db, IMediator mediator) : INotificationHandler<AttemptGraded>
{
    public async Task Handle(AttemptGraded notification, CancellationToken cancellationToken)
    {
        var outline = await mediator.Send(new OutlineQuery(notification.RunId), cancellationToken);
        var item = outline?.Items.FirstOrDefault(i => i.Id == notification.ItemId);
        if (item is null)
            return; // the quiz has left the course meanwhile; its result stays in Quizzes

        await db.InTurn(async ct =>
        {
            var enrolment = await db.TakeEnrolment(notification.RunId, notification.LearnerId, ct);
            if (enrolment is null || await db.Activities.AnyAsync(a => a.Id == notification.AttemptId, ct))
                return;
            var activity = new Activity
            {
                Id = notification.AttemptId,
                Number = enrolment.Version,
                RunId = notification.RunId,
                LearnerId = notification.LearnerId,
                ItemId = item.Id,
                ItemNumber = item.Number,
                Kind = notification.Passed ? ActivityKind.QuizPassed : ActivityKind.QuizTaken,
                Completes = notification.Passed || item.Rule == CompletionRule.Taken,
                At = notification.At,
            };
            db.Add(activity);
            enrolment.Take(activity);
            await db.SaveChangesAsync(ct);
        }, cancellationToken);
    }
}
