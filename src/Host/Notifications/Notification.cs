using System.Security.Cryptography;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Notifications;

/// <summary>What a person is told of. The numbers are kept.</summary>
internal enum NoticeKind
{
    /// <summary>Named in a writing.</summary>
    Mention = 0,

    /// <summary>A reply in a thread that one has begun or follows.</summary>
    Reply = 1,

    /// <summary>A new thread that one is to hear of.</summary>
    Thread = 2,

    /// <summary>One's answer was accepted or endorsed.</summary>
    Mark = 3,

    /// <summary>The team did something to one's writing.</summary>
    Moderation = 4,

    /// <summary>Announced to everyone in a run.</summary>
    Announcement = 5,

    /// <summary>A receipt, or a score that has changed.</summary>
    Quiz = 6,

    /// <summary>A badge of one's own: issued, or revoked.</summary>
    Badge = 7,

    /// <summary>The team has written to some learners.</summary>
    TeamMessage = 8,

    /// <summary>Something waits for the team of a course, of which one is.</summary>
    Queue = 9,
}

/// <summary>When a kind comes by mail. The numbers are kept.</summary>
internal enum MailPace
{
    Off = 0,

    Now = 1,

    /// <summary>Together, in the morning.</summary>
    Daily = 2,

    /// <summary>Together, on Monday morning.</summary>
    Weekly = 3,
}

/// <summary>
/// One thing that one person is told of. Its id is made of the thing and the person: told again, on any node, it is found.
/// What others wrote is not kept here but asked for when it is shown or sent (<see cref="NoticeWords"/>), so that nobody reads by a notification
/// what they may not read any more.
/// </summary>
internal sealed class Notification
{
    /// <summary>Characters of the longest title kept; a longer one is cut.</summary>
    public const int LongestTitle = 200;

    public Guid Id { get; private init; }

    public Guid PersonId { get; private init; }

    public NoticeKind Kind { get; private init; }

    /// <summary>The more exact kind: a <c>HearsAs</c>, <c>AnswerMark</c> or <c>ModerationAct</c>; for a quiz 0 a receipt, 1 a changed score.</summary>
    public int Detail { get; private init; }

    /// <summary>The writing, announcement or attempt; the run in whose talk something waits.</summary>
    public Guid SubjectId { get; private init; }

    /// <summary>What is told together, and seen together: the thread, the run of an announcement, the attempt.</summary>
    public Guid BundleId { get; private init; }

    /// <summary>Title of the thread, announcement or quiz; empty: asked for when it is read.</summary>
    public string Title { get; private set; } = "";

    /// <summary>Title of the course; empty: asked for when it is read.</summary>
    public string Place { get; private set; } = "";

    /// <summary>What the team said to the author; null: nothing.</summary>
    public string? Note { get; private set; }

    /// <summary>From the root; empty: asked for when it is read.</summary>
    public string Link { get; private set; } = "";

    public DateTimeOffset At { get; private init; }

    /// <summary>Null: not yet.</summary>
    public DateTimeOffset? SeenAt { get; private set; }

    /// <summary>When it was to go by mail, as chosen when it was told.</summary>
    public MailPace Pace { get; private set; }

    /// <summary>The mail that tells of it; null: none yet, or none ever.</summary>
    public Guid? MailId { get; private set; }

    public static Notification New(Guid id, Guid person, NoticeKind kind, int detail, Guid subject, Guid bundle, DateTimeOffset at) => new()
    {
        Id = id,
        PersonId = person,
        Kind = kind,
        Detail = detail,
        SubjectId = subject,
        BundleId = bundle,
        At = at,
    };

    /// <summary>Keeps words with it: those of the team and of the process, never those of other people.</summary>
    public Notification With(string title, string place, string link, string? note = null)
    {
        (Title, Place, Link, Note) = (Cut(title), Cut(place), link, note);
        return this;
    }

    /// <summary>The id of what is told of a thing to a person: the same for the same two, on every node and at every try.</summary>
    public static Guid IdOf(Guid thing, Guid person)
    {
        Span<byte> both = stackalloc byte[32];
        thing.TryWriteBytes(both);
        person.TryWriteBytes(both[16..]);
        return new Guid(SHA256.HashData(both).AsSpan(0, 16));
    }

    /// <summary>Decides how it goes by mail. A mail of its own has its id.</summary>
    public void Send(MailPace pace) => (Pace, MailId) = (pace, pace == MailPace.Now ? Id : null);

    private static string Cut(string text) => text.Length <= LongestTitle ? text : text[..(LongestTitle - 1)] + "…";
}

/// <summary>What a person's bell shows, kept and not counted, and when the next mails with several notifications are due.</summary>
internal sealed class Tray
{
    public Guid PersonId { get; init; }

    public int Unseen { get; private set; }

    /// <summary>Counts the changes: the number of the person's live channel.</summary>
    public long Number { get; private set; }

    /// <summary>Null: nothing waits for it.</summary>
    public DateTimeOffset? DailyAt { get; private set; }

    /// <summary>Null: nothing waits for it.</summary>
    public DateTimeOffset? WeeklyAt { get; private set; }

    /// <summary>The live channel of a person, for this person alone.</summary>
    public static string Channel(Guid person) => $"me:{person:N}";
}

/// <summary>When a kind comes by mail, where a person chose something else than <see cref="NoticeKinds.Usual"/>.</summary>
internal sealed class MailChoice
{
    public Guid PersonId { get; init; }

    public NoticeKind Kind { get; init; }

    public MailPace Pace { get; set; }
}

/// <summary>What is usual for the kinds.</summary>
internal static class NoticeKinds
{
    public static readonly IReadOnlyList<NoticeKind> All = Enum.GetValues<NoticeKind>();

    /// <summary>
    /// When a kind comes by mail as long as nothing was chosen. Quiet: what people write comes together, once a day or week; at once comes what the
    /// team says to one person or to all, and receipts.
    /// </summary>
    public static MailPace Usual(NoticeKind kind) => kind switch
    {
        NoticeKind.Moderation or NoticeKind.Announcement or NoticeKind.Quiz or NoticeKind.Badge or NoticeKind.TeamMessage => MailPace.Now,
        NoticeKind.Thread => MailPace.Weekly,
        _ => MailPace.Daily,
    };

    /// <summary>Whether many of a kind may come in an hour: then mails at once are capped.</summary>
    public static bool MayBeMany(NoticeKind kind) => kind is NoticeKind.Mention or NoticeKind.Reply or NoticeKind.Thread or NoticeKind.Mark or NoticeKind.Queue;

    /// <summary>The next morning after an instant: 08:00 in the zone of the reader, of any day or of a Monday.</summary>
    public static DateTimeOffset Morning(DateTimeOffset after, string? zone, bool ofMonday)
    {
        var place = zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? known : TimeZoneInfo.Utc;
        var local = TimeZoneInfo.ConvertTime(after, place).DateTime;
        var day = local.Date.AddHours(8) > local ? local.Date : local.Date.AddDays(1);
        while (ofMonday && day.DayOfWeek != DayOfWeek.Monday)
            day = day.AddDays(1);
        var morning = day.AddHours(8);
        return new DateTimeOffset(morning, place.GetUtcOffset(morning)).ToUniversalTime();
    }
}
