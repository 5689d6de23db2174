namespace MoocPlatform.Quizzes.Domain;

/// <summary>Something a learner answered: never changed, never removed.</summary>
internal sealed class Step
{
    public Guid AttemptId { get; init; }

    /// <summary>Made by the page in the browser, anew each time it is opened.</summary>
    public Guid Page { get; init; }

    /// <summary>Given by the page, growing.</summary>
    public long Sequence { get; init; }

    /// <summary>Its place on the sheet, from 0.</summary>
    public int Question { get; init; }

    /// <summary>A <see cref="Grading.Answer"/> as JSON; null: taken back.</summary>
    public string? Answer { get; init; }

    /// <summary>Which check of the answer this was, from 1; 0: it was only given.</summary>
    public int Try { get; init; }

    public DateTimeOffset At { get; init; }
}
