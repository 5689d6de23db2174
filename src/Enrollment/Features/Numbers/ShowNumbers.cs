using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Numbers;

/// <param name="Numbers">Null: they are being counted for the first time.</param>
/// <param name="Stale">Whether they are being made anew.</param>
internal sealed record NumbersShown(RunNumbers? Numbers, DateTimeOffset MadeAt, bool Stale);

/// <summary>Finds the numbers of a run. Whoever asks has checked who may see them.</summary>
internal sealed class NumbersDesk(EnrollmentDb db, RunCounter counter, ISchedule schedule, TimeProvider clock)
{
    /// <param name="notOlder">Older numbers are counted anew in the background, once however often they are asked for.</param>
    public async Task<NumbersShown> Of(RunTerm run, TimeSpan notOlder, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var learners = await db.Tallies.Where(t => t.RunId == run.RunId).Select(t => t.Learners).SingleOrDefaultAsync(ct);
        var kept = await db.Set<KeptNumbers>().AsNoTracking().SingleOrDefaultAsync(n => n.RunId == run.RunId, ct);
        // A run that was large once and is left now keeps its large log.
        if (learners <= KeptNumbers.Small && kept is null)
            return new((await counter.Count(run, ct)).Numbers, now, false);

        var stale = kept is null || now - kept.MadeAt > notOlder;
        if (stale)
            await schedule.At($"numbers/{run.RunId:N}", now, new MakeNumbers(run.RunId), ct);
        return new(kept?.Read(), kept?.MadeAt ?? now, stale);
    }
}

/// <summary>Counts a run anew, says the schedule; numbers that are fresh stay. Can be killed and asked again at any point.</summary>
internal sealed record MakeNumbers(Guid RunId) : IRequest;

internal sealed class MakeNumbersHandler(EnrollmentDb db, RunCounter counter, IMediator mediator, Live live, TimeProvider clock) : IRequestHandler<MakeNumbers, Unit>
{
    private const int RowsInASave = 500;

    public async Task<Unit> Handle(MakeNumbers request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow(); // before reading: what happens meanwhile is not in it
        if (await mediator.Send(new RunTermQuery(request.RunId), cancellationToken) is not { } run
            || await db.Set<KeptNumbers>().AnyAsync(n => n.RunId == run.RunId && n.MadeAt >= now - KeptNumbers.Fresh, cancellationToken))
            return Unit.Value;

        var (numbers, found) = await counter.Count(run, cancellationToken);
        foreach (var rows in found.Chunk(RowsInASave))
        {
            foreach (var row in rows)
                db.Append(row);
            await Save(cancellationToken);
        }

        db.ChangeTracker.Clear();
        var kept = await db.Set<KeptNumbers>().SingleOrDefaultAsync(n => n.RunId == run.RunId, cancellationToken);
        if (kept is null)
            db.Add(kept = new KeptNumbers { RunId = run.RunId });
        kept.Write(numbers, now);
        await Save(cancellationToken);
        live.Tell(EnrollmentLinks.NumbersChannel(run.RunId), "made");
        return Unit.Value;
    }

    private async Task Save(CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (Database.IsDuplicate(e))
        {
            db.ChangeTracker.Clear(); // another node counted at the same moment: what it found is the same
        }
    }
}

/// <summary>Throws away what is kept of a run's numbers: who looks next has it counted anew from the enrolments and the log.</summary>
internal sealed record ForgetNumbers(Guid RunId) : IRequest;

internal sealed class ForgetNumbersHandler(EnrollmentDb db) : IRequestHandler<ForgetNumbers, Unit>
{
    public async Task<Unit> Handle(ForgetNumbers request, CancellationToken cancellationToken)
    {
        await db.InTurn(async ct =>
        {
            await db.Set<Finish>().Where(f => f.RunId == request.RunId).ExecuteDeleteAsync(ct);
            await db.Set<KeptNumbers>().Where(n => n.RunId == request.RunId).ExecuteDeleteAsync(ct);
        }, cancellationToken);
        return Unit.Value;
    }
}
