using MediatR;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Features.Grading;
using MoocPlatform.Enrollment.Features.Teaching;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Learning;

/// <summary>The learner marks an item complete, or takes the mark back.</summary>
internal sealed record CompleteItem(RunTerm Run, OutlineItem Item, DateTimeOffset ReleasedAt, Guid LearnerId, bool Undo, string? LearnerName = null) : IRequest;

internal sealed class CompleteItemHandler(EnrollmentDb db, GradeBases bases, RosterBell roster, TimeProvider clock) : IRequestHandler<CompleteItem, Unit>
{
    public async Task<Unit> Handle(CompleteItem request, CancellationToken cancellationToken)
    {
        if (request.Item.Kind == ItemKind.Quiz)
            throw Refusals.NotMarkedByHand();
        var now = clock.GetUtcNow();
        if (now < request.ReleasedAt)
            throw Refusals.NotReleased(request.ReleasedAt);

        await db.Change(request.Run.RunId, request.LearnerId, async (enrolment, _) =>
        {
            if (enrolment is not { Active: true })
                throw Refusals.NotEnrolled();
            enrolment.Saw(request.Item.Id, now);
            enrolment.IsCalled(request.LearnerName);
            if (enrolment.State().IsDone(request.Item.Number) != request.Undo)
                return;
            db.Append(enrolment.Does(clock.NewKey(), request.Undo ? ActivityKind.TakenBack : ActivityKind.Completed, request.Item, !request.Undo, now));
            if (!request.Undo)
                await bases.Complete(enrolment, cancellationToken);
        }, cancellationToken);
        roster.Changed(request.Run.RunId);
        return Unit.Value;
    }
}
