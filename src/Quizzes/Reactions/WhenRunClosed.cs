using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Features.Taking;
using MoocPlatform.Quizzes.Persistence;

namespace MoocPlatform.Quizzes.Reactions;

/// <summary>At the end of a run its open attempts are submitted with what is held, and scores that were held back until then are told.</summary>
internal sealed class WhenRunClosed(QuizzesDb db, IMediator mediator, ISchedule schedule) : INotificationHandler<RunClosed>
{
    public async Task Handle(RunClosed notification, CancellationToken cancellationToken)
    {
        var run = notification.RunId;
        await mediator.Send(new EndAttemptsOfRun(run), cancellationToken);
        var held = await db.Attempts.Where(a => a.RunId == run && a.SubmittedAt != null && !a.ScoreTold).Select(a => a.ItemId).Distinct().ToListAsync(cancellationToken);
        foreach (var item in held)
            await schedule.At(TellScores.Key(run, item), notification.At, new TellScores(run, item), cancellationToken);
    }
}
