using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Credentials;

/// <summary>A person has completed a run: that is kept, and the badge is given when the course gives one. Asked twice, it happens once.</summary>
internal sealed record RewardCompletion(CourseCompleted Completed) : IRequest;

internal sealed class RewardCompletionHandler(EnrollmentDb db, Issuing issuing) : IRequestHandler<RewardCompletion, Unit>
{
    public async Task<Unit> Handle(RewardCompletion request, CancellationToken cancellationToken)
    {
        var (run, person) = (request.Completed.RunId, request.Completed.PersonId);
        var merit = await db.Set<Merit>().AsNoTracking().SingleOrDefaultAsync(m => m.RunId == run && m.PersonId == person, cancellationToken) ?? await Keep(Merit.Of(request.Completed), cancellationToken);
        if (merit.Rewarded)
            return Unit.Value;

        // At the close of a run thousands complete it at the same moment: those who did get theirs together, a hundred in a save.
        var others = await db.Set<Merit>().Where(m => m.RunId == run && !m.Rewarded && m.At == merit.At && m.PersonId != person)
            .OrderBy(m => m.PersonId).Select(m => m.PersonId).Take(Issuing.AtOnce - 1).ToListAsync(cancellationToken);
        await issuing.Reward(run, merit.CourseId, [person, .. others], cancellationToken);
        return Unit.Value;
    }

    private async Task<Merit> Keep(Merit merit, CancellationToken ct)
    {
        db.Append(merit);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (Database.IsDuplicate(e))
        {
            db.ChangeTracker.Clear(); // told at this moment elsewhere as well; whether it was rewarded is asked at the issuing
        }

        return merit;
    }
}

/// <summary>Gives the badges of a run that are still open: the course had none to give when they were earned. A page at a time, by the schedule.</summary>
/// <param name="After">The last person of the page before; <see cref="Guid.Empty"/>: from the first.</param>
internal sealed record RewardRun(Guid RunId, Guid After) : IRequest;

internal sealed class RewardRunHandler(EnrollmentDb db, Issuing issuing, ISchedule schedule, TimeProvider clock) : IRequestHandler<RewardRun, Unit>
{
    public async Task<Unit> Handle(RewardRun request, CancellationToken cancellationToken)
    {
        var page = await db.Set<Merit>().AsNoTracking().Where(m => m.RunId == request.RunId && !m.Rewarded && m.PersonId.CompareTo(request.After) > 0)
            .OrderBy(m => m.PersonId).Take(Issuing.AtOnce).ToListAsync(cancellationToken);
        foreach (var ofCourse in page.GroupBy(m => m.CourseId, m => m.PersonId))
            await issuing.Reward(request.RunId, ofCourse.Key, [.. ofCourse], cancellationToken);
        if (page.Count == Issuing.AtOnce)
            await schedule.At($"badges/{request.RunId:N}/{page[^1].PersonId:N}", clock.GetUtcNow(), new RewardRun(request.RunId, page[^1].PersonId), cancellationToken);
        return Unit.Value;
    }
}
