using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.Quizzes.Grading;

namespace MoocPlatform.Quizzes.Domain;

/// <summary>What happens to the score of an attempt after it was graded.</summary>
internal sealed partial class Attempt
{
    /// <summary>Points that the team has set for the attempt as a whole; null: the sum of its questions counts.</summary>
    public decimal? SetScore { get; private set; }

    /// <summary>The sheet with the versions by whose keys the attempt is graded now.</summary>
    public Sheet AsGraded => Held.Any(h => h?.GradedBy is not null)
        ? Sheet with { Questions = [.. Sheet.Questions.Select((q, i) => Held[i]?.GradedBy is { } version ? q with { Version = version } : q)] }
        : Sheet;

    /// <summary>What a question would be worth by a policy; null: it stays, because it was set by hand or was graded by this version.</summary>
    /// <param name="dealt">The question as it was asked.</param>
    /// <param name="now">The question with the key that counts.</param>
    public decimal? Worth(int question, RegradePolicy policy, QuestionBody dealt, QuestionBody now)
    {
        if (IsOpen || Held[question] is not { } held || held.SetByHand)
            return null;
        var (before, byNew) = (held.Fraction ?? 0, FractionOf(held, now));
        return policy switch
        {
            RegradePolicy.EitherKey => Math.Max(FractionOf(held, dealt), byNew),
            RegradePolicy.FullCredit => 1,
            RegradePolicy.NeverLower => Math.Max(before, byNew),
            _ => byNew,
        };
    }

    /// <summary>The score if a question were worth so much.</summary>
    public decimal ScoreWith(int question, decimal fraction, IReadOnlyList<QuestionBody> dealt) =>
        SetScore ?? Grader.Score(Held.Select((h, i) => (dealt[i], i == question ? fraction : h?.Fraction ?? 0)));

    /// <summary>Gives a question of a graded attempt another worth.</summary>
    /// <param name="gradedBy">The version by whose key; null: as it was dealt.</param>
    /// <param name="byHand">Whether somebody set it: then no regrade touches it.</param>
    /// <param name="change">Who, why, when; its scores are filled in here.</param>
    public ScoreChange SetFraction(int question, decimal fraction, IReadOnlyList<QuestionBody> dealt, Guid? gradedBy, bool byHand, Reason change)
    {
        var (before, oldScore) = (Held[question]!, Score ?? 0);
        Hold(question, before with { Fraction = fraction, GradedBy = gradedBy, SetByHand = byHand });
        Rescore(dealt);
        return change.Of(this, question, before.Fraction, fraction, oldScore, before.GradedBy);
    }

    /// <summary>Sets the points of the attempt as a whole, or lets the sum of the questions count again.</summary>
    public ScoreChange SetWhole(decimal? points, IReadOnlyList<QuestionBody> dealt, Reason change)
    {
        if (points < 0 || points > Points)
            throw Refusals.PointsFrom(Points);
        var (before, oldScore) = (SetScore, Score ?? 0);
        SetScore = points is { } set ? Math.Round(set, 4) : null;
        Version++;
        Rescore(dealt);
        return change.Of(this, -1, before, SetScore, oldScore, null);
    }

    /// <summary>What the house is told of a change; null: the score is as it was, or is told later.</summary>
    public AttemptRegraded? Tell(ScoreChange change)
    {
        if (!ScoreTold || change.OldScore == change.NewScore)
            return null;
        return new AttemptRegraded(change.Id, ++Changes, Id, RunId, ItemId, LearnerId, change.OldScore, change.NewScore, Points, Passed, change.Why, change.At);
    }

    private void Rescore(IReadOnlyList<QuestionBody> dealt)
    {
        var score = ScoreWith(-1, 0, dealt);
        (Score, Passed) = (score, Passes(score));
    }
}

/// <summary>Who changes a score, why and when.</summary>
internal sealed record Reason(Guid Key, Guid? RegradeId, bool Undoes, string Why, Guid ById, DateTimeOffset At)
{
    public ScoreChange Of(Attempt attempt, int question, decimal? oldValue, decimal? newValue, decimal oldScore, Guid? oldGradedBy) => new()
    {
        Id = Key,
        AttemptId = attempt.Id,
        RegradeId = RegradeId,
        Undoes = Undoes,
        Question = question,
        OldValue = oldValue,
        NewValue = newValue,
        OldScore = oldScore,
        NewScore = attempt.Score ?? 0,
        Why = Why,
        ById = ById,
        At = At,
        OldGradedBy = oldGradedBy,
    };
}
