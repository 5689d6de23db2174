using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Persistence;

namespace MoocPlatform.Quizzes.Features.Regrading;

/// <summary>
/// Attempts that were open while a question was graded anew have the question as it was: what holds for all the others holds for them too
/// when they are submitted. Asking again changes nothing.
/// </summary>
/// <param name="Attempts">Of this quiz in this run.</param>
internal sealed record RegradeLate(Guid RunId, Guid ItemId, IReadOnlyList<Guid> Attempts) : IRequest;

internal sealed class RegradeLateHandler(QuizzesDb db, Regrader regrader) : IRequestHandler<RegradeLate, Unit>
{
    public async Task<Unit> Handle(RegradeLate command, CancellationToken ct)
    {
        var regrades = await db.Regrades.AsNoTracking().Where(r => r.RunId == command.RunId && r.ItemId == command.ItemId)
            .Where(r => r.State == RegradeState.Applying || r.State == RegradeState.Applied).OrderBy(r => r.Id).ToListAsync(ct);
        foreach (var id in regrades.Count == 0 ? [] : command.Attempts)
            if (await db.Attempts.SingleOrDefaultAsync(a => a.Id == id, ct) is { } attempt)
                await Regrade(attempt, regrades.Where(r => r.At > attempt.StartedAt), ct);
        return Unit.Value;
    }

    // Twice, or at the same moment as the regrade itself: the second finds nothing to change, or fails on the attempt's version and is tried again.
    private async Task Regrade(Attempt attempt, IEnumerable<Regrade> regrades, CancellationToken ct)
    {
        foreach (var regrade in regrades)
            await regrader.Apply(regrade, attempt, await regrader.VersionsOf(regrade.QuestionId, ct), ct);
        await db.SaveChangesAsync(ct);
    }
}
