using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Features.Teaching;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Joining;

internal sealed class JoinRunHandler(EnrollmentDb db, IMediator mediator, RosterBell roster, TimeProvider clock) : IRequestHandler<JoinRun, Unit>
{
    public async Task<Unit> Handle(JoinRun request, CancellationToken cancellationToken)
    {
        var term = await mediator.Send(new RunTermQuery(request.RunId), cancellationToken) ?? throw new NotFound();
        var name = (await mediator.Send(new PeopleQuery([request.LearnerId]), cancellationToken)).GetValueOrDefault(request.LearnerId)?.Name;
        try
        {
            await db.InTurn(ct => Join(term, request.LearnerId, name, ct), cancellationToken);
        }
        catch (DbUpdateException e) when (Database.IsDuplicate(e))
        {
            // Two clicks at once on PostgreSQL: the other one has joined us.
        }

        roster.Changed(request.RunId);
        return Unit.Value;
    }

    private async Task Join(RunTerm term, Guid learnerId, string? name, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var enrolment = await db.TakeEnrolment(term.RunId, learnerId, ct);
        if (enrolment is null)
            db.Add(Enrolment.In(term, learnerId, name, now));
        else if (!enrolment.ComeBack(term, now))
            return; // asking twice is not an error

        db.Add(new Activity
        {
            Id = clock.NewKey(),
            Number = enrolment?.Version ?? 0,
            RunId = term.RunId,
            LearnerId = learnerId,
            Kind = enrolment is null ? ActivityKind.Joined : ActivityKind.CameBack,
            At = now,
        });
        db.Announce(new LearnerEnrolled(term.RunId, learnerId, now));
        await db.SaveChangesAsync(ct);
        await db.CountLearners(term.RunId, 1, ct);
    }
}
