using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Learning;

/// <summary>The learner has an item open: from now on this is where they continue, on any device.</summary>
internal sealed record SeeItem(Guid RunId, OutlineItem Item, Guid LearnerId) : IRequest;

internal sealed class SeeItemHandler(EnrollmentDb db, TimeProvider clock) : IRequestHandler<SeeItem, Unit>
{
    public async Task<Unit> Handle(SeeItem request, CancellationToken cancellationToken)
    {
        await db.Change(request.RunId, request.LearnerId, async (enrolment, _) =>
        {
            if (enrolment is not { Active: true })
                return;
            var now = clock.GetUtcNow();
            enrolment.Saw(request.Item.Id, now);
            var seen = await db.Activities.AnyAsync(
                a => a.RunId == request.RunId && a.LearnerId == request.LearnerId && a.ItemId == request.Item.Id && a.Kind == ActivityKind.Viewed, cancellationToken);
            if (!seen)
                db.Append(enrolment.Does(clock.NewKey(), ActivityKind.Viewed, request.Item, request.Item.Rule == CompletionRule.Viewed, now));
        }, cancellationToken);
        return Unit.Value;
    }
}
