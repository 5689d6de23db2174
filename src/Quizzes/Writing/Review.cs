namespace MoocPlatform.Quizzes.Writing;

/// <summary>How a learner learns how an answer did.</summary>
internal enum FeedbackMode
{
    /// <summary>After the attempt was submitted.</summary>
    Deferred,

    /// <summary>Question by question: an answer that was checked is final.</summary>
    Immediate,

    /// <summary>Question by question, with several tries: each wrong one costs, and opens the next hint.</summary>
    Interactive,
}

/// <summary>What of a result is seen.</summary>
[Flags]
internal enum Seen
{
    None = 0,

    /// <summary>The points, whether it is passed, and the words of the score band.</summary>
    Score = 1,

    /// <summary>Whether each answer is right.</summary>
    Correct = 2,

    /// <summary>The author's words for the option, the key and the question.</summary>
    Feedback = 4,

    /// <summary>The right answers.</summary>
    Keys = 8,

    All = Score | Correct | Feedback | Keys,
}

/// <summary>Until when a score is held back.</summary>
internal enum ScoreHold
{
    /// <summary>It is told when the attempt is graded.</summary>
    Never,

    /// <summary>Until "right after" is over.</summary>
    ForMinutes,

    /// <summary>Until nobody can answer any more.</summary>
    UntilClosed,
}

/// <summary>
/// What is seen when. Moodle's review options, told by moment.
/// </summary>
/// <param name="During">While the attempt is open, of a question that was checked.</param>
/// <param name="After">For two minutes after submitting.</param>
/// <param name="Open">Later, while the quiz is open.</param>
/// <param name="Closed">Once the date of the quiz or the end of the run has passed.</param>
internal sealed record ReviewTable(Seen During, Seen After, Seen Open, Seen Closed)
{
    /// <summary>How long "right after" lasts.</summary>
    public static readonly TimeSpan RightAfter = TimeSpan.FromMinutes(2);

    public static readonly ReviewTable Default = new(Seen.Correct | Seen.Feedback | Seen.Keys, Seen.All, Seen.All, Seen.All);

    /// <summary>Until when the score is told to nobody, the learner included.</summary>
    public ScoreHold Hold => After.HasFlag(Seen.Score) ? ScoreHold.Never : Open.HasFlag(Seen.Score) ? ScoreHold.ForMinutes : ScoreHold.UntilClosed;

    /// <summary>What is seen of an attempt that was submitted.</summary>
    /// <param name="closedAt">When nobody can answer any more.</param>
    public Seen At(DateTimeOffset submittedAt, DateTimeOffset closedAt, DateTimeOffset now) =>
        now >= closedAt ? Closed : now < submittedAt + RightAfter ? After : Open;
}

/// <summary>What is said to whoever reached so many percent of the points.</summary>
/// <param name="From">Percent, 0 to 100.</param>
internal sealed record BandText(int From)
{
    public Passage Text { get; } = new();
}
