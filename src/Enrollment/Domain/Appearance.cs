namespace MoocPlatform.Enrollment.Domain;

/// <summary>The name under which others meet a learner in a course, in all its runs. Without one it is the name of the account.</summary>
internal sealed class Appearance
{
    public const int Shortest = 2;
    public const int Longest = 60;

    public Guid LearnerId { get; init; }

    public Guid CourseId { get; init; }

    public string Pseudonym { get; private set; } = "";

    /// <summary>One in a course: two that differ in capitals or accents alone are the same.</summary>
    public string PseudonymKey { get; private set; } = "";

    /// <param name="pseudonym">Tidied, and held against the rules for names.</param>
    public void Call(string pseudonym) => (Pseudonym, PseudonymKey) = (pseudonym, NameKey.Of(pseudonym));
}

/// <summary>A learner gave or withdrew the consent that the team uses what they do in a course for research on teaching. Only ever appended.</summary>
internal sealed class Consent
{
    public Guid LearnerId { get; init; }

    public Guid CourseId { get; init; }

    /// <summary>From 1: two changes at one instant have an order, and of two clicks one counts.</summary>
    public int Number { get; init; }

    public bool Given { get; init; }

    public DateTimeOffset At { get; init; }
}
