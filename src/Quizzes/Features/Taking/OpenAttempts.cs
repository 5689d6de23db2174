using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Features.Shared;
using MoocPlatform.Quizzes.Grading;
using MoocPlatform.Quizzes.Persistence;

namespace MoocPlatform.Quizzes.Features.Taking;

/// <summary>
/// The only way to change an attempt: everything is read first, then one save writes it all. Whoever meets another change
/// (a second click, a second tab, the clock) reads anew and decides anew, so that nothing is graded twice and no answer is lost.
/// </summary>
internal sealed class OpenAttempts(QuizzesDb db, AttemptRead attempts, QuestionShelf shelf, IMediator mediator)
{
    // With n changes at once at least one succeeds in each round.
    private const int MostRounds = 200;

    /// <param name="change">Decides on what was read; called once a round. What it adds to the context is saved with the attempt.</param>
    /// <exception cref="NotFound">No such attempt, or somebody else's.</exception>
    public async Task<T> Change<T>(Guid id, Guid learnerId, Func<OpenAttempt, Task<T>> change, CancellationToken ct)
    {
        for (var round = 1; ; round++)
        {
            db.ChangeTracker.Clear();
            var attempt = await attempts.Find([id, learnerId], ct) ?? throw new NotFound();
            db.Attach(attempt);
            var run = await mediator.Send(new RunTermQuery(attempt.RunId), ct) ?? throw new NotFound();
            var result = await change(new OpenAttempt(attempt, run, await shelf.Of(attempt.Sheet, ct)));
            try
            {
                await db.SaveChangesAsync(ct);
                return result;
            }
            catch (DbUpdateConcurrencyException) when (round < MostRounds)
            {
                // Somebody was quicker.
            }
            catch (DbUpdateException e) when (round < MostRounds && Database.IsDuplicate(e))
            {
                // A step that we have already, or a receipt code given before.
            }
        }
    }

    /// <summary>Gives an open attempt the time that its learner has now; the schedule is told with the same save.</summary>
    /// <param name="until">The last instant that the dates of the item allow; null: the end of the run.</param>
    public async Task<bool> Extend(OpenAttempt open, DateTimeOffset? until, CancellationToken ct)
    {
        var attempt = open.Attempt;
        if (await db.AllowanceOf(attempt.RunId, attempt.ItemId, attempt.LearnerId, ct) is not { } extra || !attempt.Extend(extra, until))
            return false;
        db.Announce(new AttemptTimed(attempt.Id, attempt.Deadline!.Value));
        return true;
    }

    /// <summary>Ends an attempt and grades it; the facts go out with the same save.</summary>
    public void Submit(OpenAttempt open, AttemptEnd how, DateTimeOffset at) => Submit(open.Attempt, open.Questions, how, at, at >= open.Run.End);

    /// <inheritdoc cref="Submit(OpenAttempt, AttemptEnd, DateTimeOffset)"/>
    public void Submit(Attempt attempt, IReadOnlyList<QuestionBody> questions, AttemptEnd how, DateTimeOffset at, bool closed)
    {
        if (attempt.Submit(how, at, questions, closed) is not { } graded)
            return;
        db.Announce(graded);
        if (!attempt.ScoreTold)
            db.Announce(new ScoreHeld(attempt.Id, attempt.RunId, attempt.ItemId, at));
    }
}

/// <summary>An attempt with all that is needed to decide about it.</summary>
internal sealed record OpenAttempt(Attempt Attempt, RunTerm Run, IReadOnlyList<QuestionBody> Questions)
{
    /// <summary>How and when the attempt has come to its end by time; null: it goes on.</summary>
    public (AttemptEnd How, DateTimeOffset At)? Over(DateTimeOffset now)
    {
        var timeUp = Attempt.IsLate(now, Attempt.Deadline);
        var runOver = Run.StateAt(now) is RunState.Closed or RunState.Archived && Attempt.IsLate(now, Run.End);
        return (timeUp, runOver) switch
        {
            (true, true) when Run.End < Attempt.Deadline => (AttemptEnd.RunOver, Run.End),
            (true, _) => (AttemptEnd.TimeUp, Attempt.Deadline!.Value),
            (_, true) => (AttemptEnd.RunOver, Run.End),
            _ => null,
        };
    }

    /// <summary>Why nothing more is taken by an attempt that has ended.</summary>
    public Refused Ended() => Attempt.End switch
    {
        AttemptEnd.TimeUp => Refusals.TimeWasUp(Attempt.SubmittedAt!.Value),
        AttemptEnd.RunOver => Refusals.RunWasOver(Attempt.SubmittedAt!.Value),
        _ => Refusals.AlreadySubmitted(),
    };
}
