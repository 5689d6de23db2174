using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Features.Taking;
using MoocPlatform.Quizzes.Persistence;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Reactions;

/// <summary>Puts the moment of a score that is held back on the schedule.</summary>
internal sealed class WhenScoreHeld(QuizzesDb db, Closing closing, ISchedule schedule) : INotificationHandler<ScoreHeld>
{
    public async Task Handle(ScoreHeld notification, CancellationToken cancellationToken)
    {
        var (run, item) = (notification.RunId, notification.ItemId);
        var quiz = await db.Quizzes.AsNoTracking().SingleOrDefaultAsync(q => q.Id == item, cancellationToken);
        if (quiz?.Review.Hold is ScoreHold.Never or ScoreHold.ForMinutes)
            await schedule.At(TellScores.Key(notification.AttemptId), notification.SubmittedAt + ReviewTable.RightAfter, new TellScores(run, item), cancellationToken);
        else if (await closing.Of(run, item, cancellationToken) is { } closedAt)
            await schedule.At(TellScores.Key(run, item), closedAt, new TellScores(run, item), cancellationToken);
    }
}
