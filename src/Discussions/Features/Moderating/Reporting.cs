using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Moderating;

/// <summary>A reader asks the team to look at a text. Asking twice is one report.</summary>
internal sealed record ReportWriting(Room Room, Guid ThreadId, Guid WritingId, string? Reason) : IRequest;

/// <summary>The author of a text that the team has hidden or removed says something to that.</summary>
internal sealed record AnswerTeam(Room Room, Guid ThreadId, Guid WritingId, string? Answer) : IRequest;

/// <summary>The team keeps a person from writing in the course's talk, from the talk as a whole, or lets them in again.</summary>
internal sealed record Restrain(Room Room, Guid PersonId, TeamAct Act, string? Reason) : IRequest;

internal sealed class ReportingHandler(DiscussionsDb db, PostingPace pace, TimeProvider clock) : IRequestHandler<ReportWriting, Unit>, IRequestHandler<AnswerTeam, Unit>
{
    public async Task<Unit> Handle(ReportWriting request, CancellationToken cancellationToken)
    {
        var (me, now, reason) = (request.Room.PersonId, clock.GetUtcNow(), Reasons.Read(request.Reason, needed: true));
        if (await db.Reports.AnyAsync(r => r.WritingId == request.WritingId && r.PersonId == me, cancellationToken))
            return Unit.Value;
        pace.Take(me);
        await db.InTurn(async ct =>
        {
            await db.Hold(request.Room.Run.RunId, ct);
            var writing = await db.Stands(request.Room, request.ThreadId, request.WritingId, ct);
            if (writing is null || !request.Room.Sight.MayRead(writing) || writing.AuthorId == me)
                throw new NotFound();
            if (await db.Reports.AnyAsync(r => r.WritingId == writing.Id && r.PersonId == me, ct))
                return;
            db.Add(new Report { WritingId = writing.Id, PersonId = me, RunId = writing.RunId, Reason = reason, At = now });
            writing.Reports++;
            db.Enqueue(writing, now);
            await db.SaveChangesAsync(ct);
        }, cancellationToken);
        return Unit.Value;
    }

    public async Task<Unit> Handle(AnswerTeam request, CancellationToken cancellationToken)
    {
        var (me, now, answer) = (request.Room.PersonId, clock.GetUtcNow(), Reasons.Read(request.Answer, needed: true));
        pace.Take(me);
        await db.InTurn(async ct =>
        {
            await db.Hold(request.Room.Run.RunId, ct);
            var writing = await db.Stands(request.Room, request.ThreadId, request.WritingId, ct);
            if (writing is null || writing.AuthorId != me || (writing.State != WritingState.Hidden && !writing.Removed))
                throw new NotFound();
            writing.Answer = answer;
            db.Enqueue(writing, now);
            db.Add(new LoggedAct { Id = clock.NewKey(), RunId = writing.RunId, ThreadId = request.ThreadId, WritingId = writing.Id, PersonId = me, ById = me, Act = TeamAct.Appeal, Reason = answer, At = now });
            await db.SaveChangesAsync(ct);
        }, cancellationToken);
        return Unit.Value;
    }
}

internal sealed class RestrainHandler(DiscussionsDb db, IMediator mediator, Live live, TimeProvider clock) : IRequestHandler<Restrain, Unit>
{
    public async Task<Unit> Handle(Restrain request, CancellationToken cancellationToken)
    {
        if (!request.Room.IsTeam)
            throw new NotFound();
        var (course, now, reason) = (request.Room.Run.CourseId, clock.GetUtcNow(), Reasons.Read(request.Reason, request.Act != TeamAct.Lift));
        if ((await mediator.Send(new CourseTeamQuery(course), cancellationToken)).ContainsKey(request.PersonId))
            throw Refusals.NotATeamMember();
        await db.InTurn(async ct =>
        {
            var restraint = await db.Restraints.SingleOrDefaultAsync(r => r.CourseId == course && r.PersonId == request.PersonId, ct);
            if (request.Act == TeamAct.Lift)
            {
                if (restraint is null)
                    return;
                db.Remove(restraint);
            }
            else
            {
                if (restraint is null)
                    db.Add(restraint = new Restraint { CourseId = course, PersonId = request.PersonId });
                (restraint.IsBan, restraint.Reason, restraint.At) = (request.Act == TeamAct.Ban, reason, now);
            }

            db.Add(new LoggedAct { Id = clock.NewKey(), RunId = request.Room.Run.RunId, PersonId = request.PersonId, ById = request.Room.PersonId, Act = request.Act, Reason = reason, At = now });
            await db.SaveChangesAsync(ct);
        }, cancellationToken);
        if (request.Act == TeamAct.Ban)
            live.Cut(request.PersonId); // what they listen to is asked anew
        return Unit.Value;
    }
}

internal static class Standing
{
    /// <summary>A writing of a thread that this person may open, with its text or as a stone; null: there is none for them.</summary>
    public static async Task<Writing?> Stands(this DiscussionsDb db, Room room, Guid threadId, Guid id, CancellationToken ct)
    {
        var thread = await db.Threads.Where(room.Sight.Threads).SingleOrDefaultAsync(t => t.Id == threadId, ct);
        return thread is null || id == threadId ? thread : await db.Posts.Where(room.Sight.Posts).SingleOrDefaultAsync(p => p.Id == id && p.ThreadId == threadId, ct);
    }
}
