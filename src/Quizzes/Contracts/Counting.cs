using MediatR;

namespace MoocPlatform.Quizzes.Contracts;

/// <summary>Which of a learner's attempts at a quiz counts.</summary>
public enum CountedAttempt
{
    /// <summary>The one with the most points.</summary>
    Best,

    /// <summary>The one submitted with the lowest number.</summary>
    First,

    /// <summary>The one submitted with the highest number.</summary>
    Last,

    /// <summary>All, by their mean.</summary>
    Average,
}

/// <summary>What of a quiz matters to a grade.</summary>
/// <param name="Counts">Which attempt counts.</param>
/// <param name="Pass">Per cent of the points needed to pass, 0 to 100.</param>
public sealed record QuizRule(CountedAttempt Counts, int Pass);

/// <summary>The rules of quizzes, by item; those whose text has not arrived yet are left out.</summary>
public sealed record QuizRulesQuery(IReadOnlyCollection<Guid> ItemIds) : IRequest<IReadOnlyDictionary<Guid, QuizRule>>;

/// <summary>The quizzes that close later for a learner than for everybody, in the given runs (at most 50).</summary>
public sealed record LaterDatesQuery(Guid LearnerId, IReadOnlyCollection<Guid> RunIds) : IRequest<IReadOnlyList<LaterDate>>;

/// <summary>A quiz that closes later for one learner: at <paramref name="Until"/>.</summary>
public sealed record LaterDate(Guid RunId, Guid ItemId, DateTimeOffset Until);

/// <summary>
/// Every attempt of a run that has ended was submitted, and every score that was held back was told: the facts of those attempts were announced
/// before this one. Told at least once for each end of a run.
/// </summary>
public sealed record AttemptsClosed(Guid RunId, DateTimeOffset At) : INotification;
