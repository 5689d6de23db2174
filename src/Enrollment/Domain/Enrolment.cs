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

    /// <summary>For lists of the team: where the learner stands.</summary>
    public Standing Standing { get; private set; }

    /// <summary>For lists of the team: the learner's name as it is sorted (<see cref="NameKey"/>), brought up to date when the learner does something.</summary>
    public string SortName { get; private set; } = "";

    /// <summary>For lists of the team: the grade as <see cref="Grade.Kept"/> keeps it.</summary>
    public int Grade { get; private set; } = -1;

    /// <summary>Whether the run has ended and the grade was made final.</summary>
    public bool GradeFinal { get; private set; }

    /// <summary>When the course was completed; null: it was not. Nothing takes it back.</summary>
    public DateTimeOffset? CompletedAt { get; private set; }

    /// <summary>Moved by each activity. The concurrency token: two tabs cannot lose each other's work.</summary>
    public int Version { get; private set; }

    /// <summary>Lets a learner into a run.</summary>
    public static Enrolment In(RunTerm term, Guid learnerId, string? name, DateTimeOffset now)
    {
        if (!term.TakesLearners(now))
            throw Refusals.NotOpen(term, now);
        return new() { RunId = term.RunId, LearnerId = learnerId, SortName = NameKey.Of(name ?? ""), Active = true, JoinedAt = now, LastSeenAt = now };
    }

    /// <summary>Whether anything changed: asking twice is not an error.</summary>
    public bool ComeBack(RunTerm term, DateTimeOffset now)
    {
        if (Active)
            return false;
        if (!term.TakesLearners(now))
            throw Refusals.NotOpen(term, now);
        (Active, LeftAt, Standing) = (true, null, CompletedAt is null ? Standing.Learning : Standing.Completed);
        return true;
    }

    public bool Leave(DateTimeOffset now)
    {
        if (!Active)
            return false;
        (Active, LeftAt, Standing) = (false, now, Standing.Left);
        return true;
    }

    /// <summary>Takes over the name that others see.</summary>
    public void IsCalled(string? name)
    {
        if (name is not null)
            SortName = NameKey.Of(name);
    }

    /// <summary>Takes over a grade that was reckoned, and completes the course if that is enough.</summary>
    /// <param name="percent">As <see cref="GradeBasis.Percent"/> tells.</param>
    /// <returns>What is to be told; null: the course was completed before, or is not yet.</returns>
    public CourseCompleted? Takes(GradeBasis basis, Ratio? percent, DateTimeOffset now)
    {
        (Grade, GradeFinal) = (Domain.Grade.Kept(percent), GradeFinal || basis.Final);
        return Completes(basis, percent, now);
    }

    /// <summary>Completes the course when its rule is met.</summary>
    /// <returns>What is to be told; null: it was completed before, or is not yet.</returns>
    public CourseCompleted? Completes(GradeBasis basis, Ratio? percent, DateTimeOffset now)
    {
        if (!Active || CompletedAt is not null || !basis.Plan.AreStepsDone(basis.Outline, State()))
            return null;
        if (basis.Plan.NeedsMark && (!basis.Final || percent < (Ratio)basis.Plan.PassMark))
            return null;
        (CompletedAt, Standing) = (now, Standing.Completed);
        return new(RunId, basis.Run.CourseId, LearnerId, now, Domain.Grade.Of(Domain.Grade.Kept(percent)));
    }

    /// <summary>Something else than an activity has changed.</summary>
    public void Changed() => Version++;

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

/// <summary>Where a learner stands. The numbers are kept.</summary>
internal enum Standing
{
    Learning = 0,
    Completed = 1,
    Left = 2,
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

    /// <summary>A quiz's score has changed, or may be known now, and it is not passed by it.</summary>
    QuizRegraded,
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
