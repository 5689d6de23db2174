using MoocPlatform.Courses.Contracts;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Enrollment.Domain;

/// <summary>What an attempt is worth, as Quizzes has told: a copy fed by its facts.</summary>
internal sealed class AttemptScore
{
    public Guid AttemptId { get; init; }

    public Guid RunId { get; init; }

    public Guid LearnerId { get; init; }

    public Guid ItemId { get; init; }

    /// <summary>Counts the learner's attempts at the quiz from 1; 0: a change was heard before the attempt itself.</summary>
    public int Number { get; private set; }

    public decimal Score { get; private set; }

    public decimal Points { get; private set; }

    public bool Passed { get; private set; }

    /// <summary>Whether the score may be known. One that may not counts nowhere yet.</summary>
    public bool Shown { get; private set; }

    /// <summary>The highest change that was heard.</summary>
    public int Change { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>Per cent of the points; null: not known.</summary>
    public Ratio? Percent => Shown ? Grading.Percent(Score, Points) : null;

    public void Hear(AttemptGraded fact)
    {
        (Number, At) = (fact.Number, fact.At);
        if (Change == 0)
            (Score, Points, Passed, Shown) = (fact.Score, fact.Points, fact.Passed, fact.ScoreShown);
    }

    public void Hear(AttemptRegraded fact)
    {
        if (fact.Change > Change)
            (Score, Points, Passed, Shown, Change) = (fact.Score, fact.Points, fact.Passed, true, fact.Change);
        if (Number == 0)
            At = fact.At;
    }

    /// <summary>What counts of a learner's attempts at one quiz, in per cent; null: no score is known.</summary>
    public static Ratio? Counted(IEnumerable<AttemptScore> attempts, CountedAttempt rule)
    {
        var known = attempts.Where(a => a.Percent is not null).OrderBy(a => a.Number).Select(a => a.Percent!.Value).ToList();
        return known.Count == 0 ? null : rule switch
        {
            CountedAttempt.First => known[0],
            CountedAttempt.Last => known[^1],
            CountedAttempt.Average => Grading.Mean(known),
            _ => known.Max(),
        };
    }
}

/// <summary>A result or a grade that the team has set by hand: appended, never changed. The newest of a learner and thing counts.</summary>
internal sealed class GradeOverride
{
    public const int LongestComment = 1000;

    public Guid Id { get; init; }

    public Guid RunId { get; init; }

    public Guid LearnerId { get; init; }

    /// <summary>Order of what was set for the learner: instants may be equal, this never is.</summary>
    public int Number { get; init; }

    /// <summary>The quiz; <see cref="Guid.Empty"/>: the grade of the course.</summary>
    public Guid ItemId { get; init; }

    /// <summary>0 to 100; null: what was set before is taken back.</summary>
    public decimal? Percent { get; init; }

    /// <summary>Why; the learner reads it.</summary>
    public string Comment { get; init; } = "";

    public Guid ById { get; init; }

    public DateTimeOffset At { get; init; }
}

/// <summary>What the grades of a run go by.</summary>
/// <param name="Final">Whether the run's grades were made final or are being so.</param>
internal sealed record GradeBasis(RunTerm Run, Outline Outline, GradePlan Plan, IReadOnlyDictionary<Guid, QuizRule> Rules, bool Final)
{
    /// <summary>The quizzes that could count.</summary>
    public IEnumerable<OutlineItem> Quizzes => Outline.Items.Where(i => i.Kind == ItemKind.Quiz);

    /// <summary>A learner's results, one for each quiz of the run, those set by hand in place of those reached.</summary>
    public IReadOnlyList<QuizMark> Marks(IEnumerable<AttemptScore> scores, IEnumerable<GradeOverride> overrides)
    {
        var (byItem, set) = (scores.ToLookup(s => s.ItemId), Set(overrides));
        return [.. Quizzes.Select(q => new QuizMark(q.Id, set.TryGetValue(q.Id, out var by) ? by.Percent : AttemptScore.Counted(byItem[q.Id], Counts(q.Id))))];
    }

    /// <summary>The grade of the course in per cent: as set by hand, or else of what is certain, so that what has no score counts 0. Null: nothing counts.</summary>
    public Ratio? Percent(IReadOnlyCollection<AttemptScore> scores, IReadOnlyCollection<GradeOverride> overrides) =>
        Set(overrides).TryGetValue(Guid.Empty, out var by) ? by.Percent : Grading.Of(Plan, Marks(scores, overrides), missing: 0).Percent;

    /// <summary>What is set by hand now, by quiz; <see cref="Guid.Empty"/>: the grade of the course.</summary>
    public static IReadOnlyDictionary<Guid, GradeOverride> Set(IEnumerable<GradeOverride> overrides) =>
        overrides.GroupBy(o => o.ItemId).Select(g => g.MaxBy(o => o.Number)!).Where(o => o.Percent is not null).ToDictionary(o => o.ItemId);

    private CountedAttempt Counts(Guid item) => Rules.TryGetValue(item, out var rule) ? rule.Counts : CountedAttempt.Best;
}
