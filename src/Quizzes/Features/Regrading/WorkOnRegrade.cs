using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Features.Shared;
using MoocPlatform.Quizzes.Persistence;

namespace MoocPlatform.Quizzes.Features.Regrading;

/// <summary>
/// Goes on with a regrade from where it is, page by page until it is done. A page and the place where it ends are one save, and
/// the regrade's own row guards it: killed in between, asked twice or on two nodes, each attempt is changed once.
/// </summary>
internal sealed record WorkOnRegrade(Guid RegradeId) : IRequest;

internal sealed class WorkOnRegradeHandler(QuizzesDb db, Regrader regrader, QuestionShelf shelf) : IRequestHandler<WorkOnRegrade, Unit>
{
    private const int AtOnce = 100;

    public async Task<Unit> Handle(WorkOnRegrade command, CancellationToken ct)
    {
        while (true)
        {
            db.ChangeTracker.Clear();
            var regrade = await db.Regrades.SingleOrDefaultAsync(r => r.Id == command.RegradeId, ct);
            if (regrade is not { IsRunning: true })
                return Unit.Value;
            var some = regrade.State == RegradeState.Undoing ? await TakeBackSome(regrade, ct) : await ApplySome(regrade, ct);
            if (!some)
                regrade.Finish();
            try
            {
                await db.SaveChangesAsync(ct);
            }
            catch (DbUpdateConcurrencyException)
            {
                // Somebody works on it as well, or set a score by hand at this moment: the page is read anew.
            }
        }
    }

    private async Task<bool> ApplySome(Regrade regrade, CancellationToken ct)
    {
        var versions = await regrader.VersionsOf(regrade.QuestionId, ct);
        var page = await regrader.Graded(regrade.RunId, regrade.ItemId, regrade.Cursor).Take(AtOnce).ToListAsync(ct);
        var (gained, lost) = (0, 0);
        foreach (var attempt in page)
        {
            var change = await regrader.Apply(regrade, attempt, versions, ct);
            gained += change?.NewScore > change?.OldScore ? 1 : 0;
            lost += change?.NewScore < change?.OldScore ? 1 : 0;
        }

        if (page.Count > 0)
            regrade.Advance(page[^1].Id, gained, lost);
        return page.Count == AtOnce;
    }

    private async Task<bool> TakeBackSome(Regrade regrade, CancellationToken ct)
    {
        var page = await db.Changes.AsNoTracking().Where(c => c.RegradeId == regrade.Id && !c.Undoes && c.AttemptId.CompareTo(regrade.Cursor) > 0)
            .OrderBy(c => c.AttemptId).Take(AtOnce).ToListAsync(ct);
        var ids = page.Select(c => c.AttemptId).ToList();
        var attempts = await db.Attempts.Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, ct);
        foreach (var done in page)
        {
            // What was changed again since stays: by hand, or by a later regrade.
            if (attempts.GetValueOrDefault(done.AttemptId) is not { } attempt || attempt.Held[done.Question] is not { SetByHand: false } held
                || held.Fraction != done.NewValue || held.GradedBy != regrade.VersionId)
                continue;
            regrader.Keep(attempt, attempt.SetFraction(done.Question, done.OldValue ?? 0, await shelf.Of(attempt.Sheet, ct), done.OldGradedBy, byHand: false, regrader.ReasonOf(regrade, undoes: true)));
        }

        if (page.Count > 0)
            regrade.Advance(page[^1].AttemptId, 0, 0);
        return page.Count == AtOnce;
    }
}
