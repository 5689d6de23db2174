namespace MoocPlatform.Discussions.Domain;

/// <summary>Whether a person hears of what is new in a thread.</summary>
internal enum Follows
{
    /// <summary>Never said: taking part makes it a yes.</summary>
    Unsaid,

    Yes,

    /// <summary>Said no, and taking part does not change that.</summary>
    No,
}

/// <summary>How far a person has read in a thread, and whether they follow it.</summary>
internal sealed class Place
{
    public Guid PersonId { get; init; }

    public Guid ThreadId { get; init; }

    public Guid RunId { get; init; }

    /// <summary>The number of the last text they have read.</summary>
    public long Read { get; set; }

    public Follows Follows { get; set; }

    /// <summary>Whether they may read it only because they are of the team.</summary>
    public bool AsTeam { get; set; }
}

/// <summary>A person in the talk of a run.</summary>
internal sealed class Participant
{
    public Guid RunId { get; init; }

    public Guid PersonId { get; init; }

    /// <summary>When they first wrote; null: not yet.</summary>
    public DateTimeOffset? WroteAt { get; set; }

    /// <summary>Whether a text of theirs has been there for all to read: then the next is not held.</summary>
    public bool Known { get; set; }

    /// <summary>Everything up to this number counts as read.</summary>
    public long ReadTo { get; set; }

    /// <summary>Texts since <see cref="HourFrom"/>, for the limit of who is new.</summary>
    public int InHour { get; set; }

    public DateTimeOffset? HourFrom { get; set; }

    public bool IsNew(DateTimeOffset now) => WroteAt is not { } first || now < first + Newcomers.NewFor;

    /// <summary>Counts one more text.</summary>
    public void Wrote(DateTimeOffset now)
    {
        WroteAt ??= now;
        if (HourFrom is not { } from || now >= from + TimeSpan.FromHours(1))
            (HourFrom, InHour) = (now, 0);
        InHour++;
    }
}

/// <summary>What who is new in a talk may not do yet.</summary>
internal static class Newcomers
{
    /// <summary>For how long after the first text.</summary>
    public static readonly TimeSpan NewFor = TimeSpan.FromDays(1);

    public const int MostLinks = 2;
    public const int MostMentions = 2;
    public const int MostInAnHour = 10;
}

/// <summary>A person named in a writing.</summary>
internal sealed class Mention
{
    /// <summary>Most in one text.</summary>
    public const int Most = 10;

    public Guid WritingId { get; init; }

    public Guid PersonId { get; init; }
}

/// <summary>A person who may not write in a course's talk, or not even read it.</summary>
internal sealed class Restraint
{
    public Guid CourseId { get; init; }

    public Guid PersonId { get; init; }

    /// <summary>Neither writes nor reads; otherwise only does not write.</summary>
    public bool IsBan { get; set; }

    public string Reason { get; set; } = "";

    public DateTimeOffset At { get; set; }
}

/// <summary>Somebody asks the team to look at a writing.</summary>
internal sealed class Report
{
    public const int LongestReason = 1000;

    public Guid WritingId { get; init; }

    public Guid PersonId { get; init; }

    public Guid RunId { get; init; }

    public string Reason { get; init; } = "";

    public DateTimeOffset At { get; init; }

    /// <summary>Looked at by the team.</summary>
    public bool IsClosed { get; set; }
}

/// <summary>What the team can do, as the audit log names it. Kept as a number: only ever append.</summary>
internal enum TeamAct
{
    Release,
    Hide,
    Restore,
    Delete,
    Dismiss,
    Pin,
    Unpin,
    Close,
    Open,
    Move,
    Merge,
    AskConsent,
    MakePublic,
    Mute,
    Ban,
    Lift,
    Settings,
    HeldByRule,
    Appeal,
    Agree,
    Decline,
}

/// <summary>One line of the audit log; never changed.</summary>
internal sealed class LoggedAct
{
    public Guid Id { get; init; }

    public Guid RunId { get; init; }

    public Guid? ThreadId { get; init; }

    public Guid? WritingId { get; init; }

    /// <summary>Whom it was done to.</summary>
    public Guid? PersonId { get; init; }

    public Guid ById { get; init; }

    public TeamAct Act { get; init; }

    public string Reason { get; init; } = "";

    public DateTimeOffset At { get; init; }
}
