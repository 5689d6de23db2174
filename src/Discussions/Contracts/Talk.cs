using MediatR;

namespace MoocPlatform.Discussions.Contracts;

/// <summary>
/// A thread can be seen: it was started, or released after it had been held. <paramref name="ItemId"/>: the lesson or quiz it belongs to;
/// null: the board alone.
/// </summary>
public sealed record ThreadStarted(Guid ThreadId, Guid RunId, Guid? ItemId, Guid AuthorId, DateTimeOffset At) : INotification;

/// <summary>A reply or comment can be seen: it was posted, or released after it had been held.</summary>
public sealed record ReplyPosted(Guid PostId, Guid ThreadId, Guid RunId, Guid AuthorId, DateTimeOffset At) : INotification;

/// <summary>A reply was marked as an answer. <paramref name="AuthorId"/>: who wrote it, not who marked it.</summary>
public sealed record AnswerMarked(Guid PostId, Guid ThreadId, Guid RunId, Guid AuthorId, AnswerMark Mark, DateTimeOffset At) : INotification;

/// <summary>The two marks of an answer.</summary>
public enum AnswerMark
{
    /// <summary>By who asked.</summary>
    Accepted,

    /// <summary>By the team.</summary>
    Endorsed,
}

/// <summary>
/// The team, or a rule that it has set, did something to a writing. <paramref name="Reason"/>: in the words of the team, to be shown to the
/// author; empty: the rule for first posts (<see cref="ModerationAct.Held"/>), or none was given.
/// </summary>
public sealed record WritingModerated(Guid WritingId, Guid ThreadId, Guid RunId, Guid AuthorId, ModerationAct Act, string Reason, DateTimeOffset At) : INotification;

/// <summary>
/// Something came to what waits for the team of a run's talk (a report, a first text, an author's answer, an asker's consent), or nothing waits
/// there any more: <see cref="TalkQueueCountQuery"/> tells.
/// </summary>
public sealed record TeamQueueChanged(Guid RunId, DateTimeOffset At) : INotification;

/// <summary>What was done to a writing.</summary>
public enum ModerationAct
{
    /// <summary>It waits until the team has seen it.</summary>
    Held,

    /// <summary>The team has seen it: everyone may read it.</summary>
    Released,

    /// <summary>Nobody but its author and the team may read it.</summary>
    Hidden,

    /// <summary>No longer hidden.</summary>
    Restored,

    /// <summary>Its text is gone for good.</summary>
    Deleted,

    /// <summary>Nothing yet: the asker of a private question is asked whether all may read it.</summary>
    ConsentAsked,
}

/// <summary>
/// Who is to hear of a writing: those it names, who owns what it answers, and who follows the thread; each person once, with the strongest
/// reason, never its author, never who may not read it. What a learner writes in a private question goes to the whole team. In the order of their ids, at most 500, those after <paramref name="After"/>
/// (null: from the first). Empty: nobody, or no such writing, or it is held, hidden or deleted.
/// </summary>
public sealed record HearersQuery(Guid WritingId, Guid? After) : IRequest<IReadOnlyList<Hearer>>;

/// <summary>A person who is to hear of a writing.</summary>
public sealed record Hearer(Guid PersonId, HearsAs As);

/// <summary>Why a person hears of a writing, the strongest reason first.</summary>
public enum HearsAs
{
    /// <summary>Named in it: <c>@Name</c>.</summary>
    Mentioned,

    /// <summary>It answers what this person wrote: the thread, or the reply it comments on.</summary>
    Owner,

    /// <summary>Follows the thread.</summary>
    Follower,
}

/// <summary>A writing as news for one reader. Null: this person may not see it (any more), or it is held, hidden or deleted.</summary>
public sealed record WritingQuery(Guid WritingId, Guid ReaderId) : IRequest<WritingNews?>;

/// <summary>A writing as news.</summary>
/// <param name="CourseTitle">Null: the run has no name any more.</param>
/// <param name="AuthorId">Null: anonymous to this reader.</param>
/// <param name="Excerpt">Plain text, at most 300 characters.</param>
/// <param name="Link">From the root, to the writing itself.</param>
/// <param name="IsThread">Whether it begins a thread.</param>
/// <param name="IsQuestion">Whether its thread is a question.</param>
public sealed record WritingNews(
    Guid WritingId, Guid ThreadId, Guid RunId, string? CourseTitle, string ThreadTitle, Guid? AuthorId, string Excerpt, string Link,
    DateTimeOffset At, bool IsThread, bool IsQuestion)
{
    /// <summary>What this reader may call the author: perhaps a pseudonym. Null: anonymous to this reader, or gone.</summary>
    public string? AuthorName { get; init; }

    /// <summary>One of the design's hues, for the circle with the author's initials. Null: anonymous to this reader, or gone.</summary>
    public string? AuthorHue { get; init; }
}

/// <summary>Parts that other modules' pages show by name.</summary>
public static class TalkParts
{
    /// <summary>
    /// View component: the threads beside an item, with "ask a question".
    /// Arguments: <c>run</c> (Courses.Contracts.RunTerm), <c>itemId</c> (Guid), <c>itemSlug</c> (string), <c>mine</c>
    /// (Enrollment.Contracts.EnrolmentState of the reader, null: never joined).
    /// Shows nothing but a sentence to who may not read the talk.
    /// </summary>
    public const string BesideItem = "TalkBesideItem";

    /// <summary>
    /// View component for the head of a run's pages: in how many threads something is new to the reader. Argument: <c>run</c>
    /// (Courses.Contracts.RunTerm), and perhaps <c>unread</c> (int), where the page knows it. Nothing for a visitor, for who may not read the talk, and when there is nothing new. At most 5 s old.
    /// </summary>
    public const string Unread = "TalkUnread";
}

/// <summary>Addresses of Discussions, from the root.</summary>
public static class TalkLinks
{
    /// <summary>The board of a run.</summary>
    public static string Board(string course, string run) => $"/learn/{course}/{run}/talk";

    /// <summary>A thread.</summary>
    public static string Thread(string course, string run, Guid thread) => $"/learn/{course}/{run}/talk/{thread:N}";

    /// <summary>A writing where it stands: leads on to its page of the thread.</summary>
    public static string Writing(string course, string run, Guid thread, Guid writing) => $"{Thread(course, run, thread)}/{writing:N}";

    /// <summary>What waits for the team: reported, held, answered, agreed to.</summary>
    public static string Queue(string course, string run) => $"{Board(course, run)}/queue";

    /// <summary>
    /// Live channel of a run's talk, numbered. For those enrolled and the team. It says that something is new, at most once a second, and
    /// never what.
    /// </summary>
    public static string Channel(Guid runId) => $"talk:{runId:N}";

    /// <summary>Live channel that counts who is on a run's board (<c>here</c>).</summary>
    public static string BoardChannel(Guid runId) => $"board:{runId:N}";

    /// <summary>The same as the run's for one thread, for those who may read it; tells also how many are here (<c>here</c>) and who writes (<c>writing</c>).</summary>
    public static string ThreadChannel(Guid threadId) => $"thread:{threadId:N}";
}

/// <summary>How many threads of a run have no answer yet: for the team's home.</summary>
public sealed record UnansweredCountQuery(Guid RunId) : IRequest<int>;

/// <summary>
/// In how many threads of a run something is new to a person, for a page's header; at most 100, which means that or more. 0 for who may not
/// read the talk. One bounded look at an index.
/// </summary>
public sealed record UnreadTalkQuery(Guid RunId, Guid PersonId) : IRequest<int>;

/// <summary>What the page of a lesson shows of the talk to somebody enrolled.</summary>
public sealed record TalkGlanceQuery(Guid CourseId, Guid RunId, Guid ItemId, Guid PersonId) : IRequest<TalkGlance>;

/// <summary>The talk at a glance.</summary>
/// <param name="Sequence">Number of the talk that the threads beside the item were read at: as long as it stays, so do they.</param>
/// <param name="Unread">As <see cref="UnreadTalkQuery"/> answers, at most 5 s old.</param>
/// <param name="IsRestrained">Muted or banned: what they are shown is theirs alone.</param>
public sealed record TalkGlance(long Sequence, int Unread, bool IsRestrained);

/// <summary>How much waits for the team in a run's talk: reported, held, answered, agreed to; at most 100.</summary>
public sealed record TalkQueueCountQuery(Guid RunId) : IRequest<int>;
