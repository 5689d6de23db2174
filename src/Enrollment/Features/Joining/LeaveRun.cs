using MediatR;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Features.Teaching;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Joining;

internal sealed record LeaveRun(Guid RunId, Guid LearnerId) : IRequest;

internal sealed class LeaveRunHandler(EnrollmentDb db, RosterBell roster, TimeProvider clock) : IRequestHandler<LeaveRun, Unit>
{
    public async Task<Unit> Handle(LeaveRun request, CancellationToken cancellationToken)
    {
        await db.InTurn(async ct =>
        {
            var now = clock.GetUtcNow();
            var enrolment = await db.TakeEnrolment(request.RunId, request.LearnerId, ct) ?? throw new NotFound();
            if (!enrolment.Leave(now))
                return;
            db.Add(new Activity { Id = clock.NewKey(), Number = enrolment.Version, RunId = request.RunId, LearnerId = request.LearnerId, Kind = ActivityKind.Left, At = now });
            db.Announce(new LearnerLeft(request.RunId, request.LearnerId, now));
            await db.SaveChangesAsync(ct);
            await db.CountLearners(request.RunId, -1, ct);
        }, cancellationToken);
        roster.Changed(request.RunId);
        return Unit.Value;
    }
}
