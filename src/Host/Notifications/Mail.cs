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

    /// <summary>Not sent, and rightly so: the reason says why.</summary>
    Skipped = 3,
}

/// <summary>Where the words of a mail come from.</summary>
internal enum MailWords
{
    /// <summary>Written when it was queued.</summary>
    Kept = 0,

    /// <summary>Of its notifications, found when it is sent: what may not be read any more by then is not in it.</summary>
    Found = 1,
}

/// <summary>One mail to one person, kept before it is sent.</summary>
internal sealed class Mail : ILent
{
    public Guid Id { get; private init; }

    public string To { get; private init; } = "";

    public string Subject { get; private set; } = "";

    /// <summary>Plain text. The HTML alternative is made of it when it is sent.</summary>
    public string Body { get; private set; } = "";

    public MailWords Words { get; private init; }

    /// <summary>Whom it tells of something; null: a mail about the account itself, which nobody can turn off.</summary>
    public Guid? PersonId { get; private init; }

    /// <summary>Kind of the one thing it tells of; null: several, or about the account.</summary>
    public NoticeKind? Kind { get; private init; }

    /// <summary>Null: about the account.</summary>
    public MailPace? Pace { get; private init; }

    /// <summary>The signed word that ends such mails; null: about the account.</summary>
    public string? Unsubscribe { get; private init; }

    /// <summary>One of many with the same words: it waits until nothing that was written to one person is due.</summary>
    public bool ToMany { get; private init; }

    public MailState State { get; private set; }

    /// <summary>Why the last try failed, or why it is not sent.</summary>
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

    /// <summary>A mail of one notification, which has its id.</summary>
    /// <param name="letter">Null: the words are found when it is sent.</param>
    public static Mail About(Notification told, Recipient to, Letter? letter, string unsubscribe, TimeProvider clock, bool toMany) => new()
    {
        Id = told.Id,
        To = to.Mail,
        Subject = OneLine(letter?.Subject ?? ""),
        Body = letter?.Body ?? "",
        Words = letter is null ? MailWords.Found : MailWords.Kept,
        PersonId = to.Id,
        Kind = told.Kind,
        Pace = MailPace.Now,
        Unsubscribe = unsubscribe,
        ToMany = toMany,
        QueuedAt = clock.GetUtcNow(),
        NextAt = clock.GetUtcNow(),
    };

    /// <summary>A mail of everything that waits for a morning.</summary>
    public static Mail Together(Guid id, Guid person, string to, MailPace pace, string unsubscribe, TimeProvider clock) => new()
    {
        Id = id,
        To = to,
        Words = MailWords.Found,
        PersonId = person,
        Pace = pace,
        Unsubscribe = unsubscribe,
        ToMany = true,
        QueuedAt = clock.GetUtcNow(),
        NextAt = clock.GetUtcNow(),
    };

    /// <summary>Gives it the words found.</summary>
    public void Say(Letter letter) => (Subject, Body) = (OneLine(letter.Subject), letter.Body);

    // A line break in a header would begin another header.
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
