namespace MoocPlatform.Enrollment.Domain;

/// <summary>A message of the team to some learners of a run.</summary>
internal sealed class TeamMessage
{
    public const int LongestSubject = 150;
    public const int LongestText = 5000;

    /// <summary>At most so many are named; more are reached by what they have in common.</summary>
    public const int MostNamed = 100;

    public Guid Id { get; init; }

    public Guid RunId { get; init; }

    public Guid ById { get; init; }

    public string Subject { get; init; } = "";

    /// <summary>Plain text.</summary>
    public string Text { get; init; } = "";

    /// <summary>The learners it is for, as ids separated by spaces; empty: all who stand so and are called so.</summary>
    public string Named { get; init; } = "";

    /// <summary>Null: all who have not left.</summary>
    public Standing? Standing { get; init; }

    /// <summary>How the name begins, as it is sorted; empty: any.</summary>
    public string NameFrom { get; init; } = "";

    public DateTimeOffset At { get; init; }
}

/// <summary>A person's dates for a calendar of their own: an address that nobody can guess, until it is taken back.</summary>
internal sealed class PrivateCalendar
{
    public Guid PersonId { get; init; }

    /// <summary>SHA-256 of the secret in the address: who reads the table cannot read the calendar.</summary>
    public string Hash { get; set; } = "";

    /// <summary>The secret, sealed by the process so that its owner can see the address again.</summary>
    public string Sealed { get; set; } = "";

    public DateTimeOffset At { get; set; }
}
