using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Features.Shared;
using MoocPlatform.Quizzes.Persistence;

namespace MoocPlatform.Quizzes.Features.Taking;

/// <summary>Ends many attempts, a page at a time. One that cannot be graded keeps nobody else waiting.</summary>
internal sealed class AttemptSweep(QuizzesDb db, QuestionShelf shelf, OpenAttempts attempts, OneSweep one, UnhurriedThread thread, IMediator mediator, TimeProvider clock, ILogger<AttemptSweep> log)
{
    private const int AtOnce = 40;
    private const int Rests = 3; // times the work

    private readonly HashSet<Guid> failed = [];

    /// <param name="over">The attempts that are over now, in the order of an index; asked for each page.</param>
    /// <param name="how">How and at which instant an attempt of a run has ended.</param>
    /// <exception cref="InvalidOperationException">Some could not be graded; the others are.</exception>
    public async Task End(Func<IQueryable<Attempt>> over, Func<Attempt, RunTerm, (AttemptEnd How, DateTimeOffset At)> how, CancellationToken ct)
    {
        await one.Gate.WaitAsync(ct);
        try
        {
            int ended;
            do
                ended = await thread.Run(() => EndSome(over(), how, ct), Rests, ct);
            while (ended == AtOnce);
        }
        finally
        {
            one.Gate.Release();
        }

        if (failed.Count > 0)
            throw new InvalidOperationException($"{failed.Count} attempts could not be graded, such as {failed.First()}.");
    }

    private async Task<int> EndSome(IQueryable<Attempt> over, Func<Attempt, RunTerm, (AttemptEnd How, DateTimeOffset At)> how, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var page = await over.Where(a => !failed.Contains(a.Id)).Take(AtOnce).ToListAsync(ct);
        var runs = await mediator.Send(new RunTermsQuery([.. page.Select(a => a.RunId).Distinct()]), ct);
        foreach (var attempt in page)
        {
            try
            {
                var run = runs[attempt.RunId];
                var (end, at) = how(attempt, run);
                attempts.Submit(attempt, await shelf.Of(attempt.Sheet, ct), end, at, closed: clock.GetUtcNow() >= run.End);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "Attempt {Attempt} could not be graded", attempt.Id);
                failed.Add(attempt.Id);
            }
        }

        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return AtOnce; // a learner's last answer came at this moment: the page is read anew
        }
        catch (DbUpdateException e) when (Database.IsDuplicate(e))
        {
            return AtOnce; // a receipt code given before: others are made
        }

        return page.Count;
    }
}

/// <summary>Lets one sweep run at a time in the process; on several nodes the attempts' versions keep them apart.</summary>
internal sealed class OneSweep : IDisposable
{
    public SemaphoreSlim Gate { get; } = new(1, 1);

    public void Dispose() => Gate.Dispose();
}
