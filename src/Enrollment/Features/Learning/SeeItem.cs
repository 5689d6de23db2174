using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Features.Grading;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Learning;

/// <summary>The learner has an item open: from now on this is where they continue, on any device.</summary>
internal sealed record SeeItem(Guid RunId, OutlineItem Item, Guid LearnerId, string? LearnerName = null) : IRequest;

internal sealed class SeeItemHandler(EnrollmentDb db, GradeBases bases, TimeProvider clock) : IRequestHandler<SeeItem, Unit>
{
    public async Task<Unit> Handle(SeeItem request, CancellationToken cancellationToken)
    {
        await db.Change(request.RunId, request.LearnerId, async (enrolment, _) =>
        {
            if (enrolment is not { Active: true })
                return;
            var now = clock.GetUtcNow();
            enrolment.Saw(request.Item.Id, now);
            enrolment.IsCalled(request.LearnerName);
            var seen = await db.Activities.AnyAsync(
                a => a.RunId == request.RunId && a.LearnerId == request.LearnerId && a.ItemId == request.Item.Id && a.Kind == ActivityKind.Viewed, cancellationToken);
            if (seen)
                return;
            var completes = request.Item.Rule == CompletionRule.Viewed;
            db.Append(enrolment.Does(clock.NewKey(), ActivityKind.Viewed, request.Item, completes, now));
            if (completes)
                await bases.Complete(enrolment, cancellationToken);
        }, cancellationToken);
        return Unit.Value;
    }
}
