using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Appearing;

/// <summary>Others meet this learner under another name from now on, in all runs of the course.</summary>
/// <param name="Pseudonym">Empty: under the name of the account.</param>
internal sealed record AppearAs(RunTerm Run, Guid LearnerId, string? Pseudonym) : IRequest;

/// <summary>Gives or withdraws the consent to research. What holds already is not written again.</summary>
internal sealed record AllowResearch(RunTerm Run, Guid LearnerId, bool Given) : IRequest;

internal sealed class AppearAsHandler(EnrollmentDb db, IMediator mediator, KnownNames known, TimeProvider clock)
    : IRequestHandler<AppearAs, Unit>, IRequestHandler<AllowResearch, Unit>
{
    private const int MostOfTeam = 500;

    public async Task<Unit> Handle(AppearAs request, CancellationToken cancellationToken)
    {
        var (run, me) = (request.Run, request.LearnerId);
        await MustTakePart(run, me, cancellationToken);
        var name = string.IsNullOrWhiteSpace(request.Pseudonym) ? null : await Ruled(run, me, request.Pseudonym, cancellationToken);
        try
        {
            await db.InTurn(ct => Write(run.CourseId, me, name, ct), cancellationToken);
        }
        catch (DbUpdateException e) when (Database.IsDuplicate(e))
        {
            // Two at once on PostgreSQL: somebody else's, or the other click of this person's, which has done it.
            db.ChangeTracker.Clear();
            if (!await db.Set<Appearance>().AnyAsync(a => a.CourseId == run.CourseId && a.LearnerId == me && a.Pseudonym == name, cancellationToken))
                throw Refusals.PseudonymTaken();
        }

        known.Forget(run.CourseId, me);
        return Unit.Value;
    }

    public async Task<Unit> Handle(AllowResearch request, CancellationToken cancellationToken)
    {
        var (course, me) = (request.Run.CourseId, request.LearnerId);
        await MustTakePart(request.Run, me, cancellationToken);
        try
        {
            await db.InTurn(async ct =>
            {
                var last = await db.Set<Consent>().AsNoTracking().Where(c => c.CourseId == course && c.LearnerId == me).OrderByDescending(c => c.Number).FirstOrDefaultAsync(ct);
                if (request.Given == (last?.Given ?? false))
                    return;
                db.Add(new Consent { CourseId = course, LearnerId = me, Number = (last?.Number ?? 0) + 1, Given = request.Given, At = clock.GetUtcNow() });
                await db.SaveChangesAsync(ct);
            }, cancellationToken);
        }
        catch (DbUpdateException e) when (Database.IsDuplicate(e))
        {
            // The other of two clicks has written the same change.
        }

        return Unit.Value;
    }

    // Who has left may still change how they appear, and withdraw.
    private async Task MustTakePart(RunTerm run, Guid me, CancellationToken ct)
    {
        if (!await db.Enrolments.AnyAsync(e => e.RunId == run.RunId && e.LearnerId == me, ct))
            throw new NotFound();
    }

    private async Task<string> Ruled(RunTerm run, Guid me, string? typed, CancellationToken ct)
    {
        var team = (await mediator.Send(new CourseTeamQuery(run.CourseId), ct)).Keys.Where(p => p != me).Take(MostOfTeam).ToList();
        var people = await mediator.Send(new PeopleQuery(team), ct);
        var ruled = await mediator.Send(new NameRulesQuery(typed, me, [.. people.Values.Select(p => p.Name)]), ct);
        return ruled switch
        {
            { Fault: NameFault.Length } or { Name.Length: < Appearance.Shortest or > Appearance.Longest } => throw Refusals.PseudonymLength(),
            { Fault: NameFault.Characters } => throw Refusals.PseudonymOfOddCharacters(),
            { Fault: NameFault.Pretends } => throw Refusals.PseudonymOfTeam(),
            _ => ruled.Name,
        };
    }

    private async Task Write(Guid course, Guid me, string? name, CancellationToken ct)
    {
        if (name is null)
        {
            await db.Set<Appearance>().Where(a => a.CourseId == course && a.LearnerId == me).ExecuteDeleteAsync(ct);
            return;
        }

        var key = NameKey.Of(name);
        if (await db.Set<Appearance>().AnyAsync(a => a.CourseId == course && a.PseudonymKey == key && a.LearnerId != me, ct))
            throw Refusals.PseudonymTaken();
        var mine = await db.Set<Appearance>().SingleOrDefaultAsync(a => a.CourseId == course && a.LearnerId == me, ct);
        if (mine is null)
            db.Add(mine = new Appearance { CourseId = course, LearnerId = me });
        mine.Call(name);
        await db.SaveChangesAsync(ct);
    }
}
