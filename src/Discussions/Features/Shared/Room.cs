using MediatR;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Enrollment.Contracts;

namespace MoocPlatform.Discussions.Features.Shared;

/// <summary>The talk of a run as one person finds it: the one answer to who may come in and who may write.</summary>
/// <param name="IsMember">Has joined (and perhaps left): may read.</param>
/// <param name="MayWrite">Is enrolled now.</param>
/// <param name="IsTeam">Has a role in the course, or runs the site.</param>
internal sealed record Room(RunTerm Run, Guid PersonId, bool IsMember, bool MayWrite, bool IsTeam)
{
    /// <summary>What keeps this person from writing, or from the talk as a whole; null: nothing.</summary>
    public Restraint? Restraint { get; init; }

    public bool MayRead => IsTeam || (IsMember && Restraint is not { IsBan: true });

    /// <summary>May take part as things are.</summary>
    public bool TakesPart => IsTeam || (MayWrite && Restraint is null);

    /// <summary>The room as any learner finds it, for what is the same for all: nobody's, so that names are those that peers see.</summary>
    public static Room OfPeers(RunTerm run) => new(run, Guid.Empty, true, false, false);

    /// <summary>What they may read.</summary>
    public Sight Sight => new(Run.RunId, PersonId, IsTeam);

    /// <summary>Throws why this person cannot write here now.</summary>
    public void MustBeOpen(DateTimeOffset now)
    {
        if (IsReadOnly(now))
            throw Refusals.RunIsOver(Run.End);
        if (IsTeam)
            return;
        if (Restraint is { } restraint)
            throw Refusals.Muted(restraint.Reason);
        if (!MayWrite)
            throw Refusals.NotEnrolled();
    }

    public bool IsReadOnly(DateTimeOffset now) => Run.StateAt(now) is RunState.Closed or RunState.Archived;
}

/// <summary>Finds the room of a run for a person.</summary>
internal sealed class Rooms(IMediator mediator, RestraintRead restraints)
{
    /// <summary>Null: no such run for this person. Whoever is not a member gets a room they may not read: a page tells them how to join.</summary>
    public async Task<Room?> Find(RunTerm? run, Guid? personId, bool isAdmin, CancellationToken ct)
    {
        if (run is null || personId is not { } person)
            return null;
        return await Of(run, await mediator.Send(new EnrolmentQuery(run.RunId, person), ct), person, isAdmin, ct);
    }

    /// <summary>The same for who has read the person's enrolment already.</summary>
    public async Task<Room?> Of(RunTerm run, EnrolmentState? enrolment, Guid? personId, bool isAdmin, CancellationToken ct)
    {
        if (personId is not { } person)
            return null;
        var role = await mediator.Send(new CourseRoleQuery(run.CourseId, person), ct);
        var isTeam = isAdmin || role is not null;
        if (!run.Published && !isTeam)
            return null;
        return new(run, person, enrolment is not null, enrolment is { Active: true }, isTeam)
        {
            Restraint = isTeam || enrolment is null ? null : await restraints.Find([run.CourseId, person], ct),
        };
    }

    public async Task<Room?> Find(string course, string run, Guid? personId, bool isAdmin, CancellationToken ct) =>
        await Find(await mediator.Send(new RunBySlugQuery(course, run), ct), personId, isAdmin, ct);
}
