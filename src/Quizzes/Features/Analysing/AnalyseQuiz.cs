using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Analysis;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Features.Shared;
using MoocPlatform.Quizzes.Persistence;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Features.Analysing;

/// <summary>How a quiz did in a run, for the team. To everybody else it does not exist.</summary>
/// <param name="Counted">Null: as the quiz counts them.</param>
/// <param name="Admin">Whether the person runs the site.</param>
internal sealed record AnalysisQuery(QuizAddress Address, Guid PersonId, bool Admin, Counted? Counted) : IRequest<AnalysisShown>;

/// <param name="Analysis">Null: it is being made for the first time.</param>
/// <param name="MadeAt">When it was made.</param>
/// <param name="Stale">Whether it is to be made anew in the background.</param>
/// <param name="Labels">The headings of the questions.</param>
internal sealed record AnalysisShown(
    Place Place, Counted Counted, QuizAnalysis? Analysis, DateTimeOffset MadeAt, bool Stale, IReadOnlyDictionary<Guid, string> Labels);

internal sealed class AnalysisHandler(QuizzesDb db, Places places, ClassReader reader, IMediator mediator, TimeProvider clock)
    : IRequestHandler<AnalysisQuery, AnalysisShown>
{
    public async Task<AnalysisShown> Handle(AnalysisQuery query, CancellationToken ct)
    {
        var place = await places.Find(query.Address, query.PersonId, ct);
        if (!query.Admin && await mediator.Send(new CourseRoleQuery(place.Run.CourseId, query.PersonId), ct) is null)
            throw new NotFound();

        var quiz = await db.Quizzes.AsNoTracking().Include(q => q.Questions).SingleOrDefaultAsync(q => q.Id == place.Item.Id, ct) ?? throw new NotFound();
        var counted = query.Counted ?? Usual(quiz.Grade);
        // What was drawn comes from other quizzes of the course, too.
        var labels = await db.Set<Question>().Where(q => db.Quizzes.Any(z => z.Id == q.QuizId && z.CourseId == quiz.CourseId)).Select(q => new { q.Id, q.Label }).ToDictionaryAsync(q => q.Id, q => q.Label, ct);
        var (run, item, now) = (place.Run.RunId, place.Item.Id, clock.GetUtcNow());

        // The count ends where it would begin to be dear.
        var some = await db.Attempts.Where(a => a.RunId == run && a.ItemId == item).Select(a => a.Id).Take(KeptAnalysis.Small + 1).CountAsync(ct);
        if (some <= KeptAnalysis.Small)
            return new AnalysisShown(place, counted, Analyst.Analyse(await reader.Read(run, item, counted, ct)), now, false, labels);

        var kept = await db.Analyses.AsNoTracking().SingleOrDefaultAsync(a => a.RunId == run && a.ItemId == item && a.Counted == counted, ct);
        return new AnalysisShown(place, counted, kept?.Read(), kept?.MadeAt ?? now, kept is null || now - kept.MadeAt > KeptAnalysis.Fresh, labels);
    }

    private static Counted Usual(GradePolicy policy) => policy switch
    {
        GradePolicy.First => Counted.First,
        GradePolicy.Last => Counted.Last,
        GradePolicy.Average => Counted.All,
        _ => Counted.Best,
    };
}

/// <summary>Puts the making of an analysis on the schedule, once however often it is asked for.</summary>
internal sealed record AskForAnalysis(Guid RunId, Guid ItemId, Counted Counted) : IRequest;

internal sealed class AskForAnalysisHandler(ISchedule schedule, TimeProvider clock) : IRequestHandler<AskForAnalysis, Unit>
{
    public async Task<Unit> Handle(AskForAnalysis command, CancellationToken ct)
    {
        var due = new RefreshAnalysis(command.RunId, command.ItemId, command.Counted);
        await schedule.At($"analysis/{command.RunId:N}/{command.ItemId:N}/{command.Counted}", clock.GetUtcNow(), due, ct);
        return Unit.Value;
    }
}

/// <summary>Makes a kept analysis anew, says the schedule; one that is fresh stays.</summary>
internal sealed record RefreshAnalysis(Guid RunId, Guid ItemId, Counted Counted) : IRequest;

internal sealed class RefreshAnalysisHandler(QuizzesDb db, ClassReader reader, Live live, TimeProvider clock) : IRequestHandler<RefreshAnalysis, Unit>
{
    public async Task<Unit> Handle(RefreshAnalysis command, CancellationToken ct)
    {
        var (run, item, counted) = command;
        var kept = await db.Analyses.SingleOrDefaultAsync(a => a.RunId == run && a.ItemId == item && a.Counted == counted, ct);
        if (kept is not null && clock.GetUtcNow() - kept.MadeAt <= KeptAnalysis.Fresh)
            return Unit.Value;

        var now = clock.GetUtcNow(); // before reading: what is submitted meanwhile is not in it
        var analysis = Analyst.Analyse(await reader.Read(run, item, counted, ct));
        if (kept is null)
            db.Add(kept = new KeptAnalysis { RunId = run, ItemId = item, Counted = counted });
        kept.Write(analysis, now);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (Database.IsDuplicate(e))
        {
            // Another node made it at the same moment: theirs is as good.
        }

        live.Tell(AnalysisChannel.Name(run), "made");
        return Unit.Value;
    }
}
