using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Persistence;

namespace MoocPlatform.Quizzes.Features.Regrading;

/// <summary>
/// An attempt that was open while a question was graded anew has the question as it was: what holds for all the others holds for it too
/// when it is submitted. Asking again changes nothing.
/// </summary>
internal sealed record RegradeLate(Guid AttemptId, Guid RunId, Guid ItemId) : IRequest;

internal sealed class RegradeLateHandler(QuizzesDb db, Regrader regrader) : IRequestHandler<RegradeLate, Unit>
{
    public async Task<Unit> Handle(RegradeLate command, CancellationToken ct)
    {
        var regrades = await db.Regrades.AsNoTracking().Where(r => r.RunId == command.RunId && r.ItemId == command.ItemId)
            .Where(r => r.State == RegradeState.Applying || r.State == RegradeState.Applied).OrderBy(r => r.Id).ToListAsync(ct);
        if (regrades.Count == 0 || await db.Attempts.SingleOrDefaultAsync(a => a.Id == command.AttemptId, ct) is not { } attempt)
            return Unit.Value;

        // Twice, or at the same moment as the regrade itself: the second finds nothing to change, or fails on the attempt's version and is tried again.
        foreach (var regrade in regrades.Where(r => r.At > attempt.StartedAt))
            await regrader.Apply(regrade, attempt, await regrader.VersionsOf(regrade.QuestionId, ct), ct);
        await db.SaveChangesAsync(ct);
        return Unit.Value;
    }
}
