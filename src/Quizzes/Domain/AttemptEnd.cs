namespace MoocPlatform.Quizzes.Domain;

/// <summary>How an attempt ended.</summary>
internal enum AttemptEnd
{
    /// <summary>It is open.</summary>
    None,

    /// <summary>The learner submitted it.</summary>
    Submitted,

    /// <summary>The time was up: what was held was submitted.</summary>
    TimeUp,

    /// <summary>The run ended: what was held was submitted.</summary>
    RunOver,
}
