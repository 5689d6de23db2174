namespace MoocPlatform.Quizzes.Analysis;

/// <summary>
/// The statistics of a quiz and of each question, as Moodle's quiz report defines them (docs.moodle.org, Quiz statistics calculations).
/// Percentages are 0 to 100, marks are points. Null: undefined for these attempts.
/// </summary>
internal sealed record QuizAnalysis
{
    /// <summary>With fewer attempts nothing is said: figures would tell of people, not of questions.</summary>
    public const int Least = 5;

    /// <summary>How many attempts are counted.</summary>
    public required int Attempts { get; init; }

    /// <summary>Points that can be had.</summary>
    public required double Points { get; init; }

    /// <summary>Mean of the scores, in points.</summary>
    public double? Mean { get; init; }

    public double? Median { get; init; }

    /// <summary>Of the scores, in points, with n − 1 below.</summary>
    public double? StandardDeviation { get; init; }

    public double? Skewness { get; init; }

    public double? Kurtosis { get; init; }

    /// <summary>Coefficient of internal consistency, Cronbach's alpha, in percent: at most 100, and it can be negative.</summary>
    public double? Consistency { get; init; }

    /// <summary>How much of the spread is chance, in percent.</summary>
    public double? ErrorRatio { get; init; }

    /// <summary>How far a score may be off by chance, in points.</summary>
    public double? StandardError { get; init; }

    /// <summary>How many attempts scored 0–10 %, 10–20 %, … 90–100 % (the whole included).</summary>
    public required IReadOnlyList<int> Histogram { get; init; }

    /// <summary>In the order of the quiz; questions drawn for one place stand together.</summary>
    public required IReadOnlyList<QuestionAnalysis> Questions { get; init; }
}

/// <summary>The statistics of one question.</summary>
internal sealed record QuestionAnalysis
{
    public required Guid Question { get; init; }

    /// <summary>The newest version that was answered.</summary>
    public required Guid Version { get; init; }

    /// <summary>Place in the quiz, from 1; questions drawn for one place share it.</summary>
    public required int Slot { get; init; }

    /// <summary>Whether it was drawn: only some were asked it.</summary>
    public required bool Drawn { get; init; }

    public required int Attempts { get; init; }

    public required double Points { get; init; }

    /// <summary>Mean mark of the points, in percent.</summary>
    public double? Facility { get; init; }

    /// <summary>Of the marks, in percent of the points.</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>What guessing would give, in percent. Null: not computed for this type.</summary>
    public double? RandomGuess { get; init; }

    /// <summary>Its share of the points, in percent.</summary>
    public double? IntendedWeight { get; init; }

    /// <summary>Its share in what tells learners apart, in percent. Null: its covariance with the score is negative, or it is drawn.</summary>
    public double? EffectiveWeight { get; init; }

    /// <summary>Correlation with the rest of the quiz, −100 to 100; of a drawn question with the whole quiz.</summary>
    public double? Discrimination { get; init; }

    /// <summary>Covariance with the rest of the best possible one, in percent.</summary>
    public double? Efficiency { get; init; }

    public required IReadOnlyList<ResponseCount> Responses { get; init; }

    /// <summary>How many attempts each quarter of the class has, the best quarter first.</summary>
    public required IReadOnlyList<int> Quarters { get; init; }
}

/// <summary>How often something was answered.</summary>
/// <param name="Worth">Part of the points that it is worth.</param>
/// <param name="ByQuarter">Counts, the best quarter of the class first.</param>
internal sealed record ResponseCount(ResponseKind Kind, string Words, double Worth, IReadOnlyList<int> ByQuarter)
{
    public int Count => ByQuarter.Sum();
}
