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
        await db.InTurn(async ct =>
        {
            var enrolment = await db.TakeEnrolment(request.RunId, request.LearnerId, ct);
            if (enrolment is not { Active: true })
                return;
            var now = clock.GetUtcNow();
            enrolment.Saw(request.Item.Id, now);
            var seen = await db.Activities.AnyAsync(
                a => a.RunId == request.RunId && a.LearnerId == request.LearnerId && a.ItemId == request.Item.Id && a.Kind == ActivityKind.Viewed, ct);
            if (!seen)
            {
                var activity = new Activity
                {
                    Id = clock.NewKey(),
                    Number = enrolment.Version,
                    RunId = request.RunId,
                    LearnerId = request.LearnerId,
                    ItemId = request.Item.Id,
                    ItemNumber = request.Item.Number,
                    Kind = ActivityKind.Viewed,
                    Completes = request.Item.Rule == CompletionRule.Viewed,
                    At = now,
                };
                db.Add(activity);
                enrolment.Take(activity);
            }

            await db.SaveChangesAsync(ct);
        }, cancellationToken);
        return Unit.Value;
    }
}
