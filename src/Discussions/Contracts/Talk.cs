using MediatR;

namespace MoocPlatform.Discussions.Contracts;

/// <summary>A thread was started. <paramref name="ItemId"/>: the lesson or quiz it belongs to; null: the board alone.</summary>
public sealed record ThreadStarted(Guid ThreadId, Guid RunId, Guid? ItemId, Guid AuthorId, DateTimeOffset At) : INotification;

/// <summary>A reply or comment was posted.</summary>
public sealed record ReplyPosted(Guid PostId, Guid ThreadId, Guid RunId, Guid AuthorId, DateTimeOffset At) : INotification;

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
}

/// <summary>Addresses of Discussions, from the root.</summary>
public static class TalkLinks
{
    /// <summary>The board of a run.</summary>
    public static string Board(string course, string run) => $"/learn/{course}/{run}/talk";

    /// <summary>A thread.</summary>
    public static string Thread(string course, string run, Guid thread) => $"/learn/{course}/{run}/talk/{thread:N}";

    /// <summary>Live channel of a run's talk, numbered. For those enrolled and the team.</summary>
    public static string Channel(Guid runId) => $"talk:{runId:N}";
}

/// <summary>How many threads of a run have no answer yet: for the team's home.</summary>
public sealed record UnansweredCountQuery(Guid RunId) : IRequest<int>;
