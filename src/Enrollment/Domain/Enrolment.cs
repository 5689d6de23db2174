using System.Numerics;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;

namespace MoocPlatform.Enrollment.Domain;

/// <summary>A learner in a run. Progress is kept here compactly, derived from the activity log and rebuildable from it.</summary>
internal sealed class Enrolment
{
    public Guid RunId { get; init; }

    public Guid LearnerId { get; init; }

    /// <summary>False: has left. Everything stays, and joining again restores it.</summary>
    public bool Active { get; private set; }

    public DateTimeOffset JoinedAt { get; init; }

    public DateTimeOffset? LeftAt { get; private set; }

    /// <summary>One bit for each item number, least significant bit first; no trailing zero bytes, so that equal progress is equal bytes.</summary>
    public byte[] Done { get; private set; } = [];

    public int DoneCount { get; private set; }

    public Guid? LastItemId { get; private set; }

    public DateTimeOffset LastSeenAt { get; private set; }

    /// <summary>Moved by each activity. The concurrency token: two tabs cannot lose each other's work.</summary>
    public int Version { get; private set; }

    /// <summary>Lets a learner into a run.</summary>
    public static Enrolment In(RunTerm term, Guid learnerId, DateTimeOffset now)
    {
        if (!term.TakesLearners(now))
            throw Refusals.NotOpen(term, now);
        return new() { RunId = term.RunId, LearnerId = learnerId, Active = true, JoinedAt = now, LastSeenAt = now };
    }

    /// <summary>Whether anything changed: asking twice is not an error.</summary>
    public bool ComeBack(RunTerm term, DateTimeOffset now)
    {
        if (Active)
            return false;
        if (!term.TakesLearners(now))
            throw Refusals.NotOpen(term, now);
        (Active, LeftAt) = (true, null);
        return true;
    }

    public bool Leave(DateTimeOffset now)
    {
        if (!Active)
            return false;
        (Active, LeftAt) = (false, now);
        return true;
    }

    public void Saw(Guid itemId, DateTimeOffset now) => (LastItemId, LastSeenAt) = (itemId, now);

    /// <summary>Does something about an item: it goes into the progress, and what is returned into the log.</summary>
    /// <param name="completes">Whether the item's rule is met by it.</param>
    public Activity Does(Guid key, ActivityKind kind, OutlineItem item, bool completes, DateTimeOffset now)
    {
        var activity = new Activity
        {
            Id = key,
            Number = ++Version,
            RunId = RunId,
            LearnerId = LearnerId,
            ItemId = item.Id,
            ItemNumber = item.Number,
            Kind = kind,
            Completes = completes,
            At = now,
        };
        Done = Progress.With(Done, activity);
        DoneCount = Progress.Count(Done);
        return activity;
    }

    /// <summary>Makes the progress anew from the whole log, in its order.</summary>
    public void Rebuild(IEnumerable<Activity> log)
    {
        Done = log.Aggregate(Array.Empty<byte>(), Progress.With);
        DoneCount = Progress.Count(Done);
    }

    public EnrolmentState State() => new(RunId, LearnerId, Active, JoinedAt, Done, DoneCount, LastItemId);
}

/// <summary>What the log keeps.</summary>
internal enum ActivityKind
{
    Joined,
    Left,
    CameBack,

    /// <summary>Opened an item for the first time.</summary>
    Viewed,
    Completed,
    TakenBack,
    QuizTaken,
    QuizPassed,
}

/// <summary>One line of the log: appended, never changed.</summary>
internal sealed class Activity
{
    public Guid Id { get; init; }

    public Guid RunId { get; init; }

    public Guid LearnerId { get; init; }

    /// <summary>Order in the learner's log: the version of the enrolment that it led to. Instants may be equal, this never is.</summary>
    public int Number { get; init; }

    public ActivityKind Kind { get; init; }

    public Guid? ItemId { get; init; }

    /// <summary>Number of the item; −1 where there is none.</summary>
    public int ItemNumber { get; init; } = -1;

    /// <summary>Whether the item's rule, as it was then, was met by this.</summary>
    public bool Completes { get; init; }

    public DateTimeOffset At { get; init; }
}

/// <summary>Progress as a set of bits.</summary>
internal static class Progress
{
    /// <summary>The bits after an activity. Only the learner takes a bit back; nothing the course does ever clears one.</summary>
    public static byte[] With(byte[] done, Activity activity)
    {
        if (activity.ItemNumber < 0 || (!activity.Completes && activity.Kind != ActivityKind.TakenBack))
            return done;
        var (index, bit) = (activity.ItemNumber / 8, (byte)(1 << (activity.ItemNumber % 8)));
        var bits = new byte[Math.Max(done.Length, index + 1)];
        done.CopyTo(bits, 0);
        bits[index] = activity.Completes ? (byte)(bits[index] | bit) : (byte)(bits[index] & ~bit);
        return bits.AsSpan().TrimEnd((byte)0).ToArray();
    }

    public static int Count(byte[] done) => done.Sum(b => BitOperations.PopCount(b));
}

/// <summary>How many learners a run has: kept, never counted on a page view.</summary>
internal sealed class RunTally
{
    public Guid RunId { get; init; }

    public int Learners { get; init; }
}
