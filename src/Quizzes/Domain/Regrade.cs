namespace MoocPlatform.Quizzes.Domain;

/// <summary>What counts when a key was changed after people had answered.</summary>
internal enum RegradePolicy
{
    /// <summary>The new key, whoever loses by it.</summary>
    NewKey,

    /// <summary>The old key or the new one, whichever gives more.</summary>
    EitherKey,

    /// <summary>Everybody who was asked has all the points.</summary>
    FullCredit,

    /// <summary>The new key, but nobody has less than now.</summary>
    NeverLower,
}

/// <summary>Where a regrade stands.</summary>
internal enum RegradeState
{
    Applying,
    Applied,
    Undoing,
    Undone,
}

/// <summary>One question of a run graded anew. It goes through the attempts page by page and remembers where it is.</summary>
internal sealed class Regrade
{
    public Guid Id { get; init; }

    public Guid RunId { get; init; }

    public Guid ItemId { get; init; }

    public Guid QuestionId { get; init; }

    /// <summary>The version whose key counts.</summary>
    public Guid VersionId { get; init; }

    public RegradePolicy Policy { get; init; }

    /// <summary>For the learners.</summary>
    public string Why { get; init; } = "";

    public Guid ById { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>The concurrency token: two processes that work on it see each other.</summary>
    public RegradeState State { get; private set; }

    /// <summary>The attempt, or when it is undone the change, that was done last.</summary>
    public Guid Cursor { get; private set; }

    public int Gained { get; private set; }

    public int Lost { get; private set; }

    public bool IsRunning => State is RegradeState.Applying or RegradeState.Undoing;

    public void Advance(Guid cursor, int gained, int lost) => (Cursor, Gained, Lost) = (cursor, Gained + gained, Lost + lost);

    public void Finish() => State = State is RegradeState.Undoing ? RegradeState.Undone : RegradeState.Applied;

    public void Undo()
    {
        if (State != RegradeState.Applied)
            throw Refusals.NotToUndo();
        (State, Cursor) = (RegradeState.Undoing, Guid.Empty);
    }
}

/// <summary>A score that was changed after it was graded: what it was, what it became, by whom and why. Never changed, never removed.</summary>
internal sealed class ScoreChange
{
    /// <summary>Longest reason, in UTF-16 units.</summary>
    public const int LongestWhy = 500;

    public Guid Id { get; init; }

    public Guid AttemptId { get; init; }

    /// <summary>The regrade it belongs to; null: somebody set it by hand.</summary>
    public Guid? RegradeId { get; init; }

    /// <summary>Whether it takes the regrade back.</summary>
    public bool Undoes { get; init; }

    /// <summary>Place on the sheet, from 0; -1: the attempt as a whole.</summary>
    public int Question { get; init; }

    /// <summary>Part of the points of the question, 0 to 1; of the attempt as a whole: the points set by hand, null: none.</summary>
    public decimal? OldValue { get; init; }

    public decimal? NewValue { get; init; }

    public decimal OldScore { get; init; }

    public decimal NewScore { get; init; }

    public string Why { get; init; } = "";

    public Guid ById { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>Whether the fraction had been set by hand, or by which version it was graded: needed to take a regrade back.</summary>
    public Guid? OldGradedBy { get; init; }
}
