namespace MoocPlatform.Host.PersonalData;

/// <summary>A person's data as one ZIP: being made, or ready until it ends. One a person; a new one takes the place of the last.</summary>
internal sealed class Takeaway
{
    /// <summary>For how long it can be fetched once it is ready.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>After so long it can be asked for again though it never became ready.</summary>
    public static readonly TimeSpan LongestWork = TimeSpan.FromHours(1);

    public Guid PersonId { get; init; }

    public DateTimeOffset AskedAt { get; set; }

    /// <summary>Parts that are in it already, of <see cref="Parts"/>.</summary>
    public int Done { get; set; }

    public int Parts { get; set; }

    /// <summary>Null: being made.</summary>
    public DateTimeOffset? ReadyAt { get; set; }

    public long Bytes { get; set; }

    public DateTimeOffset? EndsAt => ReadyAt + Kept;

    public bool IsBeingMade(DateTimeOffset now) => ReadyAt is null && now - AskedAt < LongestWork;

    public bool CanBeFetched(DateTimeOffset now) => EndsAt > now;
}

/// <summary>The ZIP itself, apart from what every look at the page reads.</summary>
internal sealed class TakeawayFile
{
    public Guid PersonId { get; init; }

    public byte[] Content { get; set; } = [];
}

/// <summary>A person has said that their account is to be deleted, and can still change their mind.</summary>
internal sealed class Departure
{
    /// <summary>Time to change one's mind.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromDays(14);

    public Guid PersonId { get; init; }

    /// <summary>The id under which remains what others need; made once, so that a second try goes on where the first one ended.</summary>
    public Guid Nobody { get; init; }

    public DateTimeOffset AskedAt { get; init; }

    public DateTimeOffset DueAt { get; init; }
}
