using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Features.Taking;
using MoocPlatform.Quizzes.Persistence;

namespace MoocPlatform.Quizzes.Reactions;

/// <summary>
/// Puts the end of an attempt on the schedule: what was on its way at the deadline may still arrive. Facts may overtake each other:
/// the deadline of the attempt itself counts, not that of the fact.
/// </summary>
internal sealed class WhenAttemptTimed(QuizzesDb db, ISchedule schedule, IMemoryCache cache, TimeProvider clock) : INotificationHandler<AttemptTimed>
{
    public async Task Handle(AttemptTimed notification, CancellationToken cancellationToken)
    {
        var deadline = await db.Attempts.Where(a => a.Id == notification.AttemptId && a.SubmittedAt == null).Select(a => a.Deadline).SingleOrDefaultAsync(cancellationToken);
        if (deadline is not { } until)
            return;
        var (key, at) = EndDueAttempts.Entry(until);
        if (cache.TryGetValue(key, out _) && clock.GetUtcNow() < at)
            return; // many begin together: the entry that they share is there
        await schedule.At(key, at, new EndDueAttempts(), cancellationToken);
        cache.Set(key, at, TimeSpan.FromHours(1));
    }
}
