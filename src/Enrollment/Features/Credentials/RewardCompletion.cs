using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Credentials;

/// <summary>A person has completed a run: that is kept, and the badge is given when the course gives one. Asked twice, it happens once.</summary>
/// <param name="Grade">Per cent; null: none.</param>
internal sealed record RewardCompletion(Guid RunId, Guid CourseId, Guid PersonId, DateTimeOffset At, decimal? Grade) : IRequest;

internal sealed class RewardCompletionHandler(EnrollmentDb db, Issuing issuing) : IRequestHandler<RewardCompletion, Unit>
{
    public async Task<Unit> Handle(RewardCompletion request, CancellationToken cancellationToken)
    {
        var merit = new Merit
        {
            RunId = request.RunId,
            PersonId = request.PersonId,
            CourseId = request.CourseId,
            At = request.At,
            Grade = request.Grade is { } grade ? (int)Math.Round(Math.Clamp(grade, 0, 100) * 100, MidpointRounding.AwayFromZero) : null,
        };
        db.Add(merit);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (Database.IsDuplicate(e))
        {
            db.ChangeTracker.Clear(); // told before; whether it was rewarded is asked below
        }

        await issuing.Reward(merit, cancellationToken);
        return Unit.Value;
    }
}

/// <summary>Gives the badges of a run that are still open: the course had none to give when they were earned. A page at a time, by the schedule.</summary>
/// <param name="After">The last person of the page before; <see cref="Guid.Empty"/>: from the first.</param>
internal sealed record RewardRun(Guid RunId, Guid After) : IRequest;

internal sealed class RewardRunHandler(EnrollmentDb db, Issuing issuing, ISchedule schedule, TimeProvider clock) : IRequestHandler<RewardRun, Unit>
{
    private const int PageSize = 100;

    public async Task<Unit> Handle(RewardRun request, CancellationToken cancellationToken)
    {
        var page = await db.Set<Merit>().AsNoTracking().Where(m => m.RunId == request.RunId && !m.Rewarded && m.PersonId.CompareTo(request.After) > 0)
            .OrderBy(m => m.PersonId).Take(PageSize).ToListAsync(cancellationToken);
        foreach (var merit in page)
            await issuing.Reward(merit, cancellationToken);
        if (page.Count == PageSize)
            await schedule.At($"badges/{request.RunId:N}/{page[^1].PersonId:N}", clock.GetUtcNow(), new RewardRun(request.RunId, page[^1].PersonId), cancellationToken);
        return Unit.Value;
    }
}
