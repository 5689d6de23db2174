using MediatR;

namespace MoocPlatform.Enrollment.Contracts;

/// <summary>A learner in a run, with progress kept compactly: one row, one read.</summary>
/// <param name="Active">False: has left. Nothing is deleted; joining again restores.</param>
/// <param name="Done">Bit n is set when the item of that <c>Number</c> is done.</param>
/// <param name="DoneCount">How many bits are set.</param>
/// <param name="LastItemId">The item opened last, on any device; null: none yet.</param>
public sealed record EnrolmentState(Guid RunId, Guid LearnerId, bool Active, DateTimeOffset JoinedAt, byte[] Done, int DoneCount, Guid? LastItemId)
{
    /// <summary>Whether the item of this number is done.</summary>
    public bool IsDone(int number) => number / 8 < Done.Length && (Done[number / 8] & (1 << (number % 8))) != 0;
}

/// <summary>The enrolment of a learner in a run. Null: never joined.</summary>
public sealed record EnrolmentQuery(Guid RunId, Guid LearnerId) : IRequest<EnrolmentState?>;

/// <summary>How many learners a run has, kept and not counted. Unknown runs are left out.</summary>
public sealed record LearnerCountsQuery(IReadOnlyCollection<Guid> RunIds) : IRequest<IReadOnlyDictionary<Guid, int>>;

/// <summary>The learners who are in a run, by id, one page at a time: to reach all of them however many they are.</summary>
/// <param name="After">The last of the page before; <see cref="Guid.Empty"/>: from the first.</param>
/// <param name="Most">At most so many, up to 1000. Fewer are answered on the last page only.</param>
public sealed record LearnersQuery(Guid RunId, Guid After, int Most) : IRequest<IReadOnlyList<Guid>>;

/// <summary>Joins a run. Sent by the process for demo content; people use the button. Asking twice is not an error.</summary>
public sealed record JoinRun(Guid RunId, Guid LearnerId) : IRequest;

/// <summary>A learner has joined a run, or come back.</summary>
public sealed record LearnerEnrolled(Guid RunId, Guid LearnerId, DateTimeOffset At) : INotification;

/// <summary>A learner has left a run.</summary>
public sealed record LearnerLeft(Guid RunId, Guid LearnerId, DateTimeOffset At) : INotification;

/// <summary>Addresses of Enrollment, from the root.</summary>
public static class EnrollmentLinks
{
    /// <summary>My learning.</summary>
    public const string Dashboard = "/my";

    /// <summary>POST: join a run, then go to it.</summary>
    public static string Join(string course, string run) => $"/learn/{course}/{run}/join";

    /// <summary>Leave a run (GET asks, POST does).</summary>
    public static string Leave(string course, string run) => $"/learn/{course}/{run}/leave";

    /// <summary>POST (fields <c>item</c> = slug, <c>undo</c> = true to take it back): marks an item complete, then goes on to the next.</summary>
    public static string Complete(string course, string run) => $"/learn/{course}/{run}/complete";

    /// <summary>My progress in a run.</summary>
    public static string Progress(string course, string run) => $"/learn/{course}/{run}/progress";

    /// <summary>How I appear in a course: pseudonym and consent. For who has joined.</summary>
    public static string Me(string course, string run) => $"/learn/{course}/{run}/me";

    /// <summary>How a course is graded and what completes it; for who writes the course.</summary>
    public static string Grading(string course) => $"/teach/{course}/grading";

    /// <summary>The learners of a run with their progress and grades; for the team.</summary>
    public static string Learners(string course, string run) => $"/teach/{course}/runs/{run}/learners";

    /// <summary>One learner of a run with everything; for the team.</summary>
    public static string Learner(string course, string run, Guid learner) => $"{Learners(course, run)}/{learner:N}";

    /// <summary>A run in numbers, for its team.</summary>
    public static string Numbers(string course, string run) => $"/teach/{course}/runs/{run}/numbers";

    /// <summary>Live channel of a run's numbers, for its team: <c>made</c> when they were counted anew. Without numbers of its own.</summary>
    public static string NumbersChannel(Guid runId) => $"numbers:{runId:N}";

    /// <summary>Live channel of a run's learners, for its team: <c>changed</c> when one joined, left or did something. Without numbers of its own.</summary>
    public static string LearnersChannel(Guid runId) => $"learners:{runId:N}";

    /// <summary>Live channel of a learner's own progress: <c>counted</c> when a result has reached it.</summary>
    public static string ProgressChannel(Guid learnerId) => $"progress:{learnerId:N}";

    /// <summary>What everyone may know of a course in numbers; the same ends in <c>.csv</c> and <c>.json</c> for programs.</summary>
    public static string OpenData(string course) => $"/courses/{course}/data";
}

/// <summary>Parts that other modules' pages show by name.</summary>
public static class DiaryParts
{
    /// <summary>
    /// View component: the place to write beside a lesson, for who takes part. Reads nothing.
    /// Arguments: <c>run</c> (Courses.Contracts.RunTerm), <c>itemId</c> (Guid), <c>itemSlug</c> (string), <c>prompts</c>
    /// (IReadOnlyList of string: what the author asks here, as plain text).
    /// </summary>
    public const string BesideItem = "DiaryBesideItem";
}

/// <summary>Addresses of the diary, from the root.</summary>
public static class DiaryLinks
{
    /// <summary>My diary; <c>?item=</c> shows what I wrote beside one step, <c>?q=</c> searches.</summary>
    public const string Diary = "/my/diary";

    /// <summary>Where an entry is written, and POSTed to.</summary>
    public const string New = "/my/diary/new";

    /// <summary>The whole diary as one Markdown file.</summary>
    public const string File = "/my/diary.md";

    /// <summary>One entry of mine.</summary>
    public static string Entry(Guid entry) => $"{Diary}/{entry:N}";

    /// <summary>A shared entry, open to everyone.</summary>
    public static string Shared(Guid entry) => $"/diary/{entry:N}";
}
