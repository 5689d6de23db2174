using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Features.Teaching;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Grading;

/// <summary>
/// Reckons the grades of all learners of a run, a page at a time in one save each. With its grades a page keeps the facts of who has
/// completed the course. Killed in between and begun again, it finds what it did.
/// </summary>
internal sealed class GradeSweep(EnrollmentDb db, RosterBell roster, UnhurriedThread thread, TimeProvider clock)
{
    private const int AtOnce = 100;
    private const int Rests = 2; // times the work

    public async Task Over(GradeBasis basis, CancellationToken ct)
    {
        var after = Guid.Empty;
        while (await thread.Run(() => Some(basis, after, ct), Rests, ct) is { } last)
        {
            after = last;
            roster.Changed(basis.Run.RunId);
        }

        db.ChangeTracker.Clear();
    }

    // Where grades become final, what is final is left out: it was reckoned by the same plan, and facts keep it up to date.
    private async Task<Guid?> Some(GradeBasis basis, Guid after, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var run = basis.Run.RunId;
        var page = await db.Enrolments.Where(e => e.RunId == run && e.LearnerId.CompareTo(after) > 0 && !e.GradeFinal).OrderBy(e => e.LearnerId).Take(AtOnce).ToListAsync(ct);
        if (page.Count == 0)
            return null;
        var (first, last) = (page[0].LearnerId, page[^1].LearnerId);
        var scores = (await db.Scores.AsNoTracking().Where(s => s.RunId == run && s.LearnerId.CompareTo(first) >= 0 && s.LearnerId.CompareTo(last) <= 0).ToListAsync(ct))
            .ToLookup(s => s.LearnerId);
        var overrides = (await db.Overrides.AsNoTracking().Where(o => o.RunId == run && o.LearnerId.CompareTo(first) >= 0 && o.LearnerId.CompareTo(last) <= 0).ToListAsync(ct))
            .ToLookup(o => o.LearnerId);

        var merited = (await db.Set<Merit>().Where(m => m.RunId == run && m.PersonId.CompareTo(first) >= 0 && m.PersonId.CompareTo(last) <= 0).Select(m => m.PersonId).ToListAsync(ct)).ToHashSet();

        var now = clock.GetUtcNow();
        foreach (var enrolment in page)
        {
            var percent = basis.Percent([.. scores[enrolment.LearnerId]], [.. overrides[enrolment.LearnerId]]);
            var before = (enrolment.Grade, enrolment.GradeFinal);
            var completed = enrolment.Takes(basis, percent, now);
            if (completed is not null)
            {
                db.Announce(completed);
                if (!merited.Contains(enrolment.LearnerId))
                    db.Append(Merit.Of(completed)); // so that the first who is told of gets the badge together with the others
            }

            if (completed is not null || before != (enrolment.Grade, enrolment.GradeFinal))
                enrolment.Changed();
        }

        try
        {
            await db.SaveChangesAsync(ct);
            return last;
        }
        catch (DbUpdateConcurrencyException)
        {
            return after; // one of these learners did something at this moment: the page is read anew
        }
    }
}

/// <summary>The attempts of a run that has ended are all graded, says the schedule: its grades become final, if it still has ended. Asking again finds them so.</summary>
internal sealed record MakeGradesFinal(Guid RunId) : IRequest
{
    public static string Key(Guid runId) => $"final-grades/{runId:N}";
}

internal sealed class MakeGradesFinalHandler(EnrollmentDb db, GradeBases bases, GradeSweep sweep, IMediator mediator, TimeProvider clock) : IRequestHandler<MakeGradesFinal, Unit>
{
    public async Task<Unit> Handle(MakeGradesFinal request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await mediator.Send(new RunTermQuery(request.RunId), cancellationToken) is not { } run || run.End > now)
            return Unit.Value; // its end was moved

        if (!await db.ClosedGrades.AnyAsync(c => c.RunId == run.RunId, cancellationToken))
        {
            var (revision, _) = await bases.PlanOf(run.CourseId, null, cancellationToken);
            db.Add(new ClosedGrades { RunId = run.RunId, PlanRevision = revision, At = now });
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException e) when (Kernel.Database.IsDuplicate(e))
            {
                // Another node began in the same moment: what both do is the same.
            }
        }

        await sweep.Over((await bases.Of(run.RunId, cancellationToken))!, cancellationToken);
        var closed = await db.ClosedGrades.SingleAsync(c => c.RunId == run.RunId, cancellationToken);
        closed.DoneAt ??= now;
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}

/// <summary>The course of a run is graded in another way: all grades are reckoned anew, as long as they are not final.</summary>
internal sealed record GradeAnew(Guid RunId) : IRequest
{
    public static string Key(Guid runId) => $"grade-anew/{runId:N}";
}

internal sealed class GradeAnewHandler(GradeBases bases, GradeSweep sweep) : IRequestHandler<GradeAnew, Unit>
{
    public async Task<Unit> Handle(GradeAnew request, CancellationToken cancellationToken)
    {
        if (await bases.Of(request.RunId, cancellationToken) is { Final: false } basis)
            await sweep.Over(basis, cancellationToken);
        return Unit.Value;
    }
}
