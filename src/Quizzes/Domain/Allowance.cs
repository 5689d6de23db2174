namespace MoocPlatform.Quizzes.Domain;

/// <summary>Time that the team gives a learner: on top of the limit, so many minutes and so many percent of it; and a later date on which a quiz closes.</summary>
internal sealed class Allowance
{
    public const int MostMinutes = 1440;
    public const int MostPercent = 500;

    public Guid RunId { get; init; }

    public Guid LearnerId { get; init; }

    /// <summary>The quiz it is for; empty: every quiz of the run that has none of its own.</summary>
    public Guid ItemId { get; init; }

    public int Minutes { get; private set; }

    /// <summary>Of the quiz's own limit, rounded up to whole minutes.</summary>
    public int Percent { get; private set; }

    /// <summary>When the quiz closes for this learner, if that is later than for the others; null: as for them.</summary>
    public DateTimeOffset? Until { get; private set; }

    public Guid ById { get; private set; }

    public DateTimeOffset At { get; private set; }

    public void Give(int minutes, int percent, DateTimeOffset? until, Guid byId, DateTimeOffset now)
    {
        if (minutes is < 0 or > MostMinutes)
            throw Refusals.ExtraMinutes(MostMinutes);
        if (percent is < 0 or > MostPercent)
            throw Refusals.ExtraPercent(MostPercent);
        (Minutes, Percent, Until, ById, At) = (minutes, percent, until, byId, now);
    }

    /// <summary>Minutes on top of a limit of so many; 0 without a limit.</summary>
    public int Of(int? limit) => limit is { } minutes ? Minutes + (((minutes * Percent) + 99) / 100) : 0;
}

/// <summary>What a learner did at a quiz before.</summary>
/// <param name="Attempts">How many were made.</param>
/// <param name="LastEnd">When the newest ended; null: none has.</param>
internal sealed record Past(int Attempts, DateTimeOffset? LastEnd)
{
    /// <summary>When the next attempt may start by the quiz's wait; null: at once.</summary>
    public DateTimeOffset? NextAt(Quiz quiz) => quiz.Wait > 0 ? LastEnd?.AddMinutes(quiz.Wait) : null;
}
