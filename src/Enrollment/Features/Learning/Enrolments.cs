using System.Data.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Learning;

internal sealed class EnrolmentQueryHandler(EnrolmentRead enrolments) : IRequestHandler<EnrolmentQuery, EnrolmentState?>
{
    public Task<EnrolmentState?> Handle(EnrolmentQuery request, CancellationToken cancellationToken) =>
        enrolments.Find([request.RunId, request.LearnerId], cancellationToken).AsTask();
}

/// <summary>The one read that is the learner's own on a lesson page.</summary>
internal sealed class EnrolmentRead(Database database) : PreparedRead<EnrolmentState>(
    database,
    """SELECT "RunId", "LearnerId", "Active", "JoinedAt", "Done", "DoneCount", "LastItemId" FROM enrollment_enrolments WHERE "RunId" = @p0 AND "LearnerId" = @p1""",
    parameters: 2)
{
    protected override EnrolmentState Row(DbDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetBoolean(2), ModuleDb.Instant(row.GetInt64(3)), row.GetFieldValue<byte[]>(4), row.GetInt32(5), row.IsDBNull(6) ? null : row.GetGuid(6));
}

internal sealed class LearnerCountsQueryHandler(EnrollmentDb db) : IRequestHandler<LearnerCountsQuery, IReadOnlyDictionary<Guid, int>>
{
    public async Task<IReadOnlyDictionary<Guid, int>> Handle(LearnerCountsQuery request, CancellationToken cancellationToken) =>
        await db.Tallies.Where(t => request.RunIds.Contains(t.RunId)).ToDictionaryAsync(t => t.RunId, t => t.Learners, cancellationToken);
}

internal sealed class LearnersQueryHandler(EnrollmentDb db) : IRequestHandler<LearnersQuery, IReadOnlyList<Guid>>
{
    private const int Limit = 1000;

    public async Task<IReadOnlyList<Guid>> Handle(LearnersQuery request, CancellationToken cancellationToken)
    {
        if (request.Most is < 1 or > Limit)
            throw new ArgumentException($"From 1 to {Limit} at once.", nameof(request));
        return await db.Enrolments.Where(e => e.RunId == request.RunId && e.Active && e.LearnerId.CompareTo(request.After) > 0)
            .OrderBy(e => e.LearnerId).Take(request.Most).Select(e => e.LearnerId).ToListAsync(cancellationToken);
    }
}
