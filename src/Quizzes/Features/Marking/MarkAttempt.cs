using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Features.Shared;
using MoocPlatform.Quizzes.Features.Taking;
using MoocPlatform.Quizzes.Persistence;

namespace MoocPlatform.Quizzes.Features.Marking;

/// <summary>Sets by hand what a question of an attempt is worth, or the attempt as a whole. No regrade touches what was set by hand.</summary>
/// <param name="Key">Of the change, made by the page: asking twice is one change.</param>
/// <param name="Question">Place on the sheet, from 0; null: the attempt as a whole.</param>
/// <param name="Points">Null: for the attempt as a whole, the sum of its questions counts again.</param>
/// <param name="Why">For the learner.</param>
internal sealed record MarkAttempt(QuizAddress Address, TeamMember By, Guid AttemptId, Guid Key, int? Question, decimal? Points, string? Why) : IRequest;

internal sealed class MarkAttemptHandler(QuizzesDb db, TeamPlaces places, OpenAttempts attempts, TimeProvider clock) : IRequestHandler<MarkAttempt, Unit>
{
    public async Task<Unit> Handle(MarkAttempt command, CancellationToken ct)
    {
        var place = await places.Find(command.Address, command.By, CourseRole.Assistant, ct);
        var learner = await db.Attempts.Where(a => a.Id == command.AttemptId && a.RunId == place.Run.RunId && a.ItemId == place.Item.Id && a.SubmittedAt != null)
            .Select(a => (Guid?)a.LearnerId).SingleOrDefaultAsync(ct) ?? throw new NotFound();
        var reason = new Reason(command.Key, null, false, Regrading.Whys.Of(command.Why), command.By.Id, clock.GetUtcNow());
        return await attempts.Change(command.AttemptId, learner, async open =>
        {
            if (await db.Changes.AnyAsync(c => c.Id == command.Key, ct))
                return Unit.Value; // clicked twice
            var change = Set(command, open, reason);
            db.Add(change);
            if (open.Attempt.Tell(change) is { } told)
                db.Announce(told);
            return Unit.Value;
        }, ct);
    }

    private static ScoreChange Set(MarkAttempt command, OpenAttempt open, Reason reason)
    {
        if (command.Question is not { } question)
            return open.Attempt.SetWhole(command.Points, open.Questions, reason);
        if (question < 0 || question >= open.Questions.Count)
            throw new NotFound();
        var most = open.Questions[question].Points;
        return command.Points is { } points && points >= 0 && points <= most
            ? open.Attempt.SetFraction(question, points / most, open.Questions, open.Attempt.Held[question]?.GradedBy, byHand: true, reason)
            : throw Domain.Refusals.PointsFrom(most);
    }
}

/// <summary>An attempt as the team sees it: everything, with what was changed.</summary>
internal sealed record MarkingQuery(QuizAddress Address, TeamMember By, Guid AttemptId) : IRequest<MarkedAttempt>;

internal sealed record MarkedAttempt(Place Place, OpenAttempt Open, Person? Learner, IReadOnlyList<ScoreChange> Changes, IReadOnlyDictionary<Guid, Person> People);

internal sealed class MarkingQueryHandler(QuizzesDb db, TeamPlaces places, QuestionShelf shelf, IMediator mediator) : IRequestHandler<MarkingQuery, MarkedAttempt>
{
    public async Task<MarkedAttempt> Handle(MarkingQuery query, CancellationToken ct)
    {
        var place = await places.Find(query.Address, query.By, CourseRole.Assistant, ct);
        var attempt = await db.Attempts.AsNoTracking().SingleOrDefaultAsync(
            a => a.Id == query.AttemptId && a.RunId == place.Run.RunId && a.ItemId == place.Item.Id && a.SubmittedAt != null, ct) ?? throw new NotFound();
        var changes = await db.Changes.AsNoTracking().Where(c => c.AttemptId == attempt.Id).OrderBy(c => c.Id).ToListAsync(ct);
        var people = await mediator.Send(new PeopleQuery([attempt.LearnerId, .. changes.Select(c => c.ById).Distinct()]), ct);
        return new MarkedAttempt(place, new OpenAttempt(attempt, place.Run, await shelf.AsGraded(attempt, ct)), people.GetValueOrDefault(attempt.LearnerId), changes, people);
    }
}

/// <summary>The attempts of a quiz in a run, the newest first, by the page.</summary>
/// <param name="Before">The attempt before which the page begins.</param>
internal sealed record AttemptsQuery(QuizAddress Address, TeamMember By, Guid? Before) : IRequest<AttemptsShown>;

/// <param name="Next">The attempt before which the next page begins; null: this is the last.</param>
internal sealed record AttemptsShown(Place Place, IReadOnlyList<(Attempt Attempt, Person? Learner)> Rows, Guid? Next);

internal sealed class AttemptsQueryHandler(QuizzesDb db, TeamPlaces places, IMediator mediator) : IRequestHandler<AttemptsQuery, AttemptsShown>
{
    private const int OnAPage = 50;

    public async Task<AttemptsShown> Handle(AttemptsQuery query, CancellationToken ct)
    {
        var place = await places.Find(query.Address, query.By, CourseRole.Assistant, ct);
        var attempts = db.Attempts.AsNoTracking().Where(a => a.RunId == place.Run.RunId && a.ItemId == place.Item.Id);
        if (query.Before is { } before)
            attempts = attempts.Where(a => a.Id.CompareTo(before) < 0);
        var page = await attempts.OrderByDescending(a => a.Id).Take(OnAPage + 1).ToListAsync(ct);
        var people = await mediator.Send(new PeopleQuery([.. page.Select(a => a.LearnerId).Distinct()]), ct);
        return new AttemptsShown(place, [.. page.Take(OnAPage).Select(a => (a, people.GetValueOrDefault(a.LearnerId)))], page.Count > OnAPage ? page[OnAPage - 1].Id : null);
    }
}
