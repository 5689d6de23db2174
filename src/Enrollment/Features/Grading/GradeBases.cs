using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Enrollment.Features.Grading;

/// <summary>Finds what the grades of a run go by, and completes courses by it.</summary>
internal sealed class GradeBases(EnrollmentDb db, IMediator mediator, TimeProvider clock)
{
    /// <summary>Null: no such run.</summary>
    public async Task<GradeBasis?> Of(Guid runId, CancellationToken ct)
    {
        if (await mediator.Send(new RunTermQuery(runId), ct) is not { } run || await mediator.Send(new OutlineQuery(runId), ct) is not { } outline)
            return null;
        var closed = run.End <= clock.GetUtcNow() ? await db.ClosedGrades.AsNoTracking().SingleOrDefaultAsync(c => c.RunId == runId, ct) : null;
        var (_, plan) = await PlanOf(run.CourseId, closed?.PlanRevision, ct);
        Guid[] quizzes = [.. outline.Items.Where(i => i.Kind == ItemKind.Quiz).Select(i => i.Id)];
        var rules = quizzes.Length == 0 ? new Dictionary<Guid, QuizRule>() : await mediator.Send(new QuizRulesQuery(quizzes), ct);
        return new GradeBasis(run, outline, plan, rules, Final: closed is not null);
    }

    /// <summary>How a course is graded, with the revision of it: 0 for the usual one.</summary>
    /// <param name="revision">Null: the newest.</param>
    public async Task<(int Revision, GradePlan Plan)> PlanOf(Guid courseId, int? revision, CancellationToken ct)
    {
        var kept = await db.Plans.AsNoTracking().Where(p => p.CourseId == courseId && (revision == null || p.Revision == revision))
            .OrderByDescending(p => p.Revision).FirstOrDefaultAsync(ct);
        return kept is null ? (0, GradePlan.Usual) : (kept.Revision, GradePlan.Read(kept.Body));
    }

    /// <summary>What was reached and what was set by hand.</summary>
    public async Task<(List<AttemptScore> Scores, List<GradeOverride> Overrides)> ResultsOf(Guid runId, Guid learnerId, CancellationToken ct) =>
        (await db.Scores.AsNoTracking().Where(s => s.RunId == runId && s.LearnerId == learnerId).ToListAsync(ct),
            await db.Overrides.AsNoTracking().Where(o => o.RunId == runId && o.LearnerId == learnerId).ToListAsync(ct));

    /// <summary>A step was done: completes the course, if that was the last that its rule asks for. After the end of the run, steps complete it no more.</summary>
    public async Task Complete(Enrolment enrolment, CancellationToken ct)
    {
        if (enrolment is not { Active: true, CompletedAt: null }
            || await mediator.Send(new RunTermQuery(enrolment.RunId), ct) is not { } run || await mediator.Send(new OutlineQuery(enrolment.RunId), ct) is not { } outline)
            return;
        var now = clock.GetUtcNow();
        if (now >= run.End || !(await PlanOf(run.CourseId, null, ct)).Plan.AreStepsDone(outline, enrolment.State()) || await Of(enrolment.RunId, ct) is not { } basis)
            return;
        var (scores, overrides) = await ResultsOf(enrolment.RunId, enrolment.LearnerId, ct);
        if (enrolment.Completes(basis, basis.Percent(scores, overrides), now) is { } completed)
            db.Announce(completed);
    }
}
