using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Persistence;

namespace MoocPlatform.Enrollment.Features.Learning;

internal sealed class EnrolmentQueryHandler(EnrollmentDb db) : IRequestHandler<EnrolmentQuery, EnrolmentState?>
{
    // The one read of a learner on a lesson page: compiled once.
    private static readonly Func<EnrollmentDb, Guid, Guid, Task<Enrolment?>> Find = EF.CompileAsyncQuery(
        (EnrollmentDb db, Guid runId, Guid learnerId) => db.Enrolments.AsNoTracking().FirstOrDefault(e => e.RunId == runId && e.LearnerId == learnerId));

    public async Task<EnrolmentState?> Handle(EnrolmentQuery request, CancellationToken cancellationToken) =>
        (await Find(db, request.RunId, request.LearnerId))?.State();
}

internal sealed class LearnerCountsQueryHandler(EnrollmentDb db) : IRequestHandler<LearnerCountsQuery, IReadOnlyDictionary<Guid, int>>
{
    public async Task<IReadOnlyDictionary<Guid, int>> Handle(LearnerCountsQuery request, CancellationToken cancellationToken) =>
        await db.Tallies.Where(t => request.RunIds.Contains(t.RunId)).ToDictionaryAsync(t => t.RunId, t => t.Learners, cancellationToken);
}
