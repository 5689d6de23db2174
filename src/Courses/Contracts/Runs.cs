using MediatR;

namespace MoocPlatform.Courses.Contracts;

/// <summary>Where a run stands. Computed from time and three acts (publish, close early, archive); never stored.</summary>
public enum RunState
{
    /// <summary>Seen by the team only.</summary>
    Draft,

    /// <summary>Published, not started: enrolment is open.</summary>
    Announced,

    /// <summary>Between start and end.</summary>
    Running,

    /// <summary>Ended: readable for ever, no new graded attempts, talk is read-only.</summary>
    Closed,

    /// <summary>Closed and out of the catalogue.</summary>
    Archived,
}

/// <summary>A run: when it takes learners in, when it starts and ends. All instants are UTC; <see cref="StateAt"/> tells the rest.</summary>
/// <param name="CourseSlug">Unique name of the course in addresses.</param>
/// <param name="RunSlug">Name of the run in addresses, unique in its course, such as <c>2026-11</c>.</param>
/// <param name="Zone">IANA zone of the course, such as <c>Europe/Bucharest</c>.</param>
/// <param name="Published">The first act: false means a draft.</param>
/// <param name="Start">The first instant of the run.</param>
/// <param name="End">The first instant after the run (an early close included).</param>
/// <param name="EnrolmentEnd">The first instant at which nobody is taken in any more.</param>
/// <param name="Archived">The third act.</param>
/// <param name="Cover">The course's picture.</param>
public sealed record RunTerm(
    Guid RunId, Guid CourseId, string CourseSlug, string RunSlug, string CourseTitle, string Language, string Zone, bool Published, DateTimeOffset Start,
    DateTimeOffset End, DateTimeOffset EnrolmentEnd, bool Archived, Cover Cover)
{
    /// <summary>Whether it was called off before its start. Then it is archived, too, and never took place.</summary>
    public bool Cancelled { get; init; }

    /// <summary>Whether who completes it gets a badge.</summary>
    public bool GivesBadge { get; init; }

    /// <summary>What the team announced last; null: nothing yet.</summary>
    public LatestAnnouncement? Announcement { get; init; }

    /// <summary>The state at an instant.</summary>
    public RunState StateAt(DateTimeOffset now) => this switch
    {
        { Published: false } => RunState.Draft,
        { Archived: true } => RunState.Archived,
        _ when now < Start => RunState.Announced,
        _ when now < End => RunState.Running,
        _ => RunState.Closed,
    };

    /// <summary>Whether learners may join at an instant.</summary>
    public bool TakesLearners(DateTimeOffset now) =>
        StateAt(now) is RunState.Announced or RunState.Running && now < EnrolmentEnd;
}

/// <summary>A course's picture, drawn from one of the design's patterns in one of its hues.</summary>
public sealed record Cover(string Pattern, string Hue);

/// <summary>The term of a run. Null: no such run. Drafts are answered too: whoever shows them checks the role.</summary>
public sealed record RunTermQuery(Guid RunId) : IRequest<RunTerm?>;

/// <summary>The terms of several runs at once, at most 500; unknown ones are left out.</summary>
public sealed record RunTermsQuery(IReadOnlyCollection<Guid> RunIds) : IRequest<IReadOnlyDictionary<Guid, RunTerm>>;

/// <summary>The run of an address <c>/learn/{course}/{run}</c>. Null: no such run.</summary>
public sealed record RunBySlugQuery(string Course, string Run) : IRequest<RunTerm?>;

/// <summary>The runs of a course that were published and not cancelled, the newest first. Empty: no such course, or none was published.</summary>
public sealed record PublishedRunsQuery(string Course) : IRequest<IReadOnlyList<RunTerm>>;

/// <summary>The runs of a course, earliest start first; drafts are answered too: whoever shows them checks the role. Empty: no such course.</summary>
public sealed record RunsOfCourseQuery(Guid CourseId) : IRequest<IReadOnlyList<RunTerm>>;

/// <summary>What a person may do in a course.</summary>
public enum CourseRole
{
    /// <summary>Answers, moderates, marks.</summary>
    Assistant,

    /// <summary>Writes, too.</summary>
    Instructor,

    /// <summary>Names the team, too.</summary>
    Owner,
}

/// <summary>The role of a person in a course, from its Team page. Null: none. Whoever runs the site may do all an owner may: pages ask the person for that.</summary>
public sealed record CourseRoleQuery(Guid CourseId, Guid PersonId) : IRequest<CourseRole?>;

/// <summary>The people of a course with their roles.</summary>
public sealed record CourseTeamQuery(Guid CourseId) : IRequest<IReadOnlyDictionary<Guid, CourseRole>>;

/// <summary>A run was published or its dates were moved: dates that hang on it are to be looked at again.</summary>
public sealed record RunScheduled(Guid RunId) : INotification;

/// <summary>A run has started. Told once in effect, at the start or, when the process was down, soon after it came up.</summary>
public sealed record RunStarted(Guid RunId, Guid CourseId, DateTimeOffset At) : INotification;

/// <summary>A run has ended. Told once in effect. <paramref name="At"/> is the end itself, not the moment of telling.</summary>
public sealed record RunClosed(Guid RunId, Guid CourseId, DateTimeOffset At) : INotification;
