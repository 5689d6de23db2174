using Microsoft.EntityFrameworkCore;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Features.Shared;
using MoocPlatform.Quizzes.Grading;
using MoocPlatform.Quizzes.Persistence;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Features.Regrading;

/// <summary>What a regrade means for one attempt, and how it is done.</summary>
internal sealed class Regrader(QuizzesDb db, QuestionShelf shelf, TimeProvider clock)
{
    /// <summary>Every version of a question.</summary>
    public Task<HashSet<Guid>> VersionsOf(Guid questionId, CancellationToken ct) =>
        db.Versions.Where(v => v.QuestionId == questionId).Select(v => v.Id).ToHashSetAsync(ct);

    /// <summary>A question that the attempts of a quiz may have: its own, or one of the course that was drawn.</summary>
    public IQueryable<Question> Known(Guid itemId, Guid questionId) =>
        db.Set<Question>().Where(q => q.Id == questionId && q.Kind != Kinds.Draw
            && db.Quizzes.Any(own => own.Id == itemId && db.Quizzes.Any(z => z.Id == q.QuizId && z.CourseId == own.CourseId)));

    /// <summary>Questions of the course's other quizzes with a tag by which a quiz draws.</summary>
    public async Task<IReadOnlyList<Question>> DrawnFromElsewhere(Guid itemId, CancellationToken ct)
    {
        var draws = await db.Set<Question>().Where(q => q.QuizId == itemId && q.Kind == Kinds.Draw).Select(q => q.VersionId).ToListAsync(ct);
        var tags = (await shelf.Of(draws, ct)).OfType<Draw>().Select(d => d.Tag).Distinct(StringComparer.Ordinal).ToList();
        var found = new List<Question>();
        foreach (var tag in tags)
        {
            found.AddRange(await db.Set<Question>().AsNoTracking().Where(q => q.QuizId != itemId && q.Tags.Contains("|" + tag + "|")
                && db.Quizzes.Any(own => own.Id == itemId && db.Quizzes.Any(z => z.Id == q.QuizId && z.CourseId == own.CourseId))).OrderBy(q => q.Id).ToListAsync(ct));
        }

        return [.. found.DistinctBy(q => q.Id)];
    }

    /// <summary>Attempts of a quiz in a run that were graded, after one of them, in the order of their keys.</summary>
    public IQueryable<Attempt> Graded(Guid runId, Guid itemId, Guid after) =>
        db.Attempts.Where(a => a.RunId == runId && a.ItemId == itemId && a.SubmittedAt != null && a.Id.CompareTo(after) > 0).OrderBy(a => a.Id);

    /// <summary>Grades an attempt anew, with the next save.</summary>
    /// <returns>Null: its score stays as it is.</returns>
    public async Task<ScoreChange?> Apply(Regrade regrade, Attempt attempt, IReadOnlySet<Guid> versions, CancellationToken ct)
    {
        if (await Look(attempt, versions, regrade.VersionId, regrade.Policy, ct) is not { Worth: { } worth } regraded)
            return null;
        var change = attempt.SetFraction(regraded.Question, worth, regraded.Dealt, regrade.VersionId, byHand: false, ReasonOf(regrade, undoes: false));
        Keep(attempt, change);
        return change;
    }

    /// <summary>Keeps a change and tells it.</summary>
    public void Keep(Attempt attempt, ScoreChange change)
    {
        db.Add(change);
        if (attempt.Tell(change) is { } told)
            db.Announce(told);
    }

    public Reason ReasonOf(Regrade regrade, bool undoes) => new(clock.NewKey(), regrade.Id, undoes, regrade.Why, regrade.ById, clock.GetUtcNow());

    /// <returns>Null: the question was not asked in the attempt.</returns>
    public async Task<Regraded?> Look(Attempt attempt, IReadOnlySet<Guid> versions, Guid version, RegradePolicy policy, CancellationToken ct)
    {
        var sheet = attempt.Sheet;
        var question = sheet.Questions.ToList().FindIndex(q => versions.Contains(q.Version));
        if (question < 0)
            return null;
        var questions = await shelf.Regraded(sheet, sheet.With(question, version), ct);
        var (asked, now) = questions[question];
        var fits = policy == RegradePolicy.FullCredit || now is not null;
        var worth = fits ? attempt.Worth(question, policy, asked, now ?? asked) : null;
        return new Regraded(question, [.. questions.Select(q => q.Dealt)], fits, worth == attempt.Held[question]?.Fraction ? null : worth);
    }
}

/// <param name="Question">Place on the sheet, from 0.</param>
/// <param name="Fits">False: the answer speaks of other options than the new version has.</param>
/// <param name="Worth">The new part of the points; null: it stays as it is.</param>
internal sealed record Regraded(int Question, IReadOnlyList<QuestionBody> Dealt, bool Fits, decimal? Worth);
