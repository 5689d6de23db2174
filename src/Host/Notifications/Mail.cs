using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Notifications;

/// <summary>Where a mail stands.</summary>
internal enum MailState
{
    /// <summary>Waits for its turn or its next try.</summary>
    Queued = 0,

    /// <summary>The mail server, or the folder, has taken it.</summary>
    Sent = 1,

    /// <summary>Given up after too many tries; an admin may send it again.</summary>
    Failed = 2,
}

/// <summary>One mail to one person, kept before it is sent.</summary>
internal sealed class Mail
{
    public Guid Id { get; private init; }

    public string To { get; private init; } = "";

    public string Subject { get; private init; } = "";

    /// <summary>Plain text. The HTML alternative is made of it when it is sent.</summary>
    public string Body { get; private init; } = "";

    /// <summary>One of many with the same words: it waits until nothing that was written to one person is due.</summary>
    public bool ToMany { get; private init; }

    public MailState State { get; private set; }

    /// <summary>Why the last try failed.</summary>
    public string? Reason { get; private set; }

    public int Attempts { get; private set; }

    public DateTimeOffset QueuedAt { get; private init; }

    public DateTimeOffset NextAt { get; private set; }

    public DateTimeOffset? SentAt { get; private set; }

    /// <param name="id">Of the mail, where asking twice must not make two; null: a new one.</param>
    public static Mail New(string to, string subject, string body, TimeProvider clock, Guid? id = null, bool toMany = false) => new()
    {
        Id = id ?? clock.NewKey(),
        To = to,
        Subject = OneLine(subject),
        Body = body,
        ToMany = toMany,
        QueuedAt = clock.GetUtcNow(),
        NextAt = clock.GetUtcNow(),
    };

    // A line break in a header would begin another header.
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
