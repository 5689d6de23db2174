using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Moderating;

/// <summary>The asker of a private question says whether the team may show it to all.</summary>
internal sealed record AnswerConsent(Room Room, Guid ThreadId, bool On) : IRequest;

internal sealed class AnswerConsentHandler(DiscussionsDb db, Bell bell, TimeProvider clock) : IRequestHandler<AnswerConsent, Unit>
{
    public async Task<Unit> Handle(AnswerConsent request, CancellationToken cancellationToken)
    {
        var (run, me, now) = (request.Room.Run.RunId, request.Room.PersonId, clock.GetUtcNow());
        var number = await db.InTurn(async ct =>
        {
            await db.Hold(run, ct);
            var thread = await db.Threads.Where(request.Room.Sight.Threads).SingleOrDefaultAsync(t => t.Id == request.ThreadId && t.AuthorId == me && t.IsPrivate, ct) ?? throw new NotFound();
            if (request.On && thread.Consent == Consent.Asked)
                db.Enqueue(thread, now); // the team has asked, and may go on
            thread.Consent = request.On ? Consent.Given : Consent.None;
            db.Add(new LoggedAct { Id = clock.NewKey(), RunId = run, ThreadId = thread.Id, WritingId = thread.Id, PersonId = me, ById = me, Act = request.On ? TeamAct.Agree : TeamAct.Decline, At = now });
            thread.Sequence = await db.NextSequence(run, ct);
            await db.SaveChangesAsync(ct);
            return thread.Sequence;
        }, cancellationToken);
        bell.Ring(run, request.ThreadId, "change", number);
        return Unit.Value;
    }
}
