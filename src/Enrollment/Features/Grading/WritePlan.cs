using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Grading;

/// <summary>Changes how a course is graded. What is final stays as it is.</summary>
/// <param name="Seen">The revision that was changed.</param>
internal sealed record WritePlan(Guid CourseId, Guid ById, GradePlan Plan, int Seen) : IRequest;

/// <summary>A course is graded in another way from now on. Heard by this module alone.</summary>
internal sealed record GradingChanged(Guid CourseId) : INotification;

internal sealed class WritePlanHandler(EnrollmentDb db, GradeBases bases, TimeProvider clock) : IRequestHandler<WritePlan, Unit>
{
    public async Task<Unit> Handle(WritePlan request, CancellationToken cancellationToken)
    {
        var plan = request.Plan.Checked();
        var (revision, before) = await bases.PlanOf(request.CourseId, null, cancellationToken);
        if (before.Kept() == plan.Kept())
            return Unit.Value; // a double click, or nothing was changed
        if (revision != request.Seen)
            throw Refusals.PlanMoved();
        db.Add(new KeptPlan { CourseId = request.CourseId, Revision = revision + 1, Body = plan.Kept(), ById = request.ById, At = clock.GetUtcNow() });
        db.Announce(new GradingChanged(request.CourseId));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (Kernel.Database.IsDuplicate(e))
        {
            throw Refusals.PlanMoved();
        }

        return Unit.Value;
    }
}

/// <summary>How a course is graded now, with the revision of it; 0: nobody has written it yet.</summary>
internal sealed record GradePlanQuery(Guid CourseId) : IRequest<(int Revision, GradePlan Plan)>;

internal sealed class GradePlanQueryHandler(GradeBases bases) : IRequestHandler<GradePlanQuery, (int Revision, GradePlan Plan)>
{
    public Task<(int Revision, GradePlan Plan)> Handle(GradePlanQuery request, CancellationToken cancellationToken) => bases.PlanOf(request.CourseId, null, cancellationToken);
}
