using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Persistence;

namespace MoocPlatform.Enrollment.Features.Grading;

/// <summary>The grade of a learner, reckoned now, with all that it comes from. Null: never joined.</summary>
internal sealed record LearnerGradeQuery(Guid RunId, Guid LearnerId) : IRequest<LearnerGrade?>;

/// <param name="Overrides">All that was set by hand, in order.</param>
internal sealed record LearnerGrade(GradeBasis Basis, Enrolment Enrolment, IReadOnlyList<AttemptScore> Scores, IReadOnlyList<GradeOverride> Overrides)
{
    public bool Final => Basis.Final && Enrolment.GradeFinal;

    public IReadOnlyList<QuizMark> Marks { get; } = Basis.Marks(Scores, Overrides);

    /// <summary>What is set by hand now, by quiz; empty id: the grade of the course.</summary>
    public IReadOnlyDictionary<Guid, GradeOverride> SetByHand { get; } = GradeBasis.Set(Overrides);

    /// <summary>As if nothing more came: what has no score counts 0. Once the run has ended, this is the grade.</summary>
    public Grade Certain { get; } = Domain.Grading.Of(Basis.Plan, Basis.Marks(Scores, Overrides), 0m);

    /// <summary>Of what has been graded.</summary>
    public Grade SoFar { get; } = Domain.Grading.Of(Basis.Plan, Basis.Marks(Scores, Overrides), null);

    /// <summary>How the grade came about, as it is shown now.</summary>
    public Grade Shown => Basis.Final ? Certain : SoFar;

    /// <summary>The grade of the course: as set by hand, or else as reckoned with what has no score as 0.</summary>
    public Ratio? Percent => SetByHand.TryGetValue(Guid.Empty, out var by) ? by.Percent : Certain.Percent;

    /// <summary>What the grade would be with other results; those set by hand stay. What has none counts 0.</summary>
    public Ratio? WhatIf(IReadOnlyDictionary<Guid, decimal> supposed) => Domain.Grading.Of(
        Basis.Plan,
        Marks.Select(m => !SetByHand.ContainsKey(m.ItemId) && supposed.TryGetValue(m.ItemId, out var percent) ? m with { Percent = Math.Clamp(percent, 0, 100) } : m),
        0m).Percent;
}

internal sealed class LearnerGradeQueryHandler(EnrollmentDb db, GradeBases bases) : IRequestHandler<LearnerGradeQuery, LearnerGrade?>
{
    public async Task<LearnerGrade?> Handle(LearnerGradeQuery request, CancellationToken cancellationToken)
    {
        var enrolment = await db.Enrolments.AsNoTracking().SingleOrDefaultAsync(e => e.RunId == request.RunId && e.LearnerId == request.LearnerId, cancellationToken);
        if (enrolment is null || await bases.Of(request.RunId, cancellationToken) is not { } basis)
            return null;
        var (scores, overrides) = await bases.ResultsOf(request.RunId, request.LearnerId, cancellationToken);
        return new LearnerGrade(basis, enrolment, scores, [.. overrides.OrderBy(o => o.Number)]);
    }
}
