using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Features.Shared;
using MoocPlatform.Quizzes.Grading;
using MoocPlatform.Quizzes.Persistence;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Features.Taking;

/// <summary>A quiz with what the person has done in it.</summary>
internal sealed record QuizQuery(QuizAddress Address, Guid PersonId) : IRequest<QuizShown>;

/// <param name="Quiz">Null: its text has not arrived yet, or may not be shown before its release.</param>
/// <param name="Mine">The person's attempts, the first first.</param>
/// <param name="WhyNot">Why no attempt can start; null: it can.</param>
internal sealed record QuizShown(Place Place, Quiz? Quiz, IReadOnlyList<Attempt> Mine, bool Enrolled, Refused? WhyNot)
{
    public Attempt? Open => Mine.FirstOrDefault(a => a.IsOpen);

    /// <summary>How many attempts are left; null: any number.</summary>
    public int? Left => Quiz is { Attempts: > 0 } limited ? Math.Max(0, limited.Attempts - Mine.Count) : null;

    /// <summary>What counts of several attempts, in percent; null: none was submitted.</summary>
    public decimal? Counts
    {
        get
        {
            var scores = Mine.Where(a => a is { IsOpen: false, Points: > 0 }).Select(a => (a.Score ?? 0) * 100 / a.Points).ToList();
            if (scores.Count == 0 || Quiz is null)
                return null;
            return Quiz.Grade switch
            {
                GradePolicy.First => scores[0],
                GradePolicy.Last => scores[^1],
                GradePolicy.Average => scores.Average(),
                _ => scores.Max(),
            };
        }
    }
}

internal sealed class QuizQueryHandler(QuizzesDb db, Places places, IMediator mediator, TimeProvider clock) : IRequestHandler<QuizQuery, QuizShown>
{
    public async Task<QuizShown> Handle(QuizQuery query, CancellationToken ct)
    {
        var place = await places.Find(query.Address, query.PersonId, ct);
        var now = clock.GetUtcNow();
        var enrolled = await mediator.Send(new EnrolmentQuery(place.Run.RunId, query.PersonId), ct) is { Active: true };
        var mine = await db.Attempts.AsNoTracking()
            .Where(a => a.RunId == place.Run.RunId && a.ItemId == place.Item.Id && a.LearnerId == query.PersonId).OrderBy(a => a.Number).ToListAsync(ct);
        var quiz = place.IsReleased(now)
            ? await db.Quizzes.AsNoTracking().Include(q => q.Questions).SingleOrDefaultAsync(q => q.Id == place.Item.Id, ct)
            : null;
        return new QuizShown(place, quiz, mine, enrolled, place.WhyNot(now));
    }
}

/// <summary>An attempt of this person. Anybody else's is not found.</summary>
internal sealed record AttemptQuery(QuizAddress Address, Guid AttemptId, Guid PersonId) : IRequest<AttemptShown>;

/// <param name="Allowed">How many attempts a learner has; 0: any number.</param>
/// <param name="Made">How many the person has made.</param>
/// <param name="Next">What comes after the quiz; null: it is the last.</param>
internal sealed record AttemptShown(Place Place, OpenAttempt Open, int Allowed, int Made, OutlineItem? Next)
{
    public Attempt Attempt => Open.Attempt;

    public IReadOnlyList<QuestionBody> Questions => Open.Questions;

    /// <summary>How many attempts are left; null: any number.</summary>
    public int? Left => Allowed > 0 ? Math.Max(0, Allowed - Made) : null;

    public string Link => $"{Place.Link}/attempt/{Attempt.Id:N}";
}

internal sealed class AttemptQueryHandler(QuizzesDb db, Places places, QuestionShelf shelf, IMediator mediator) : IRequestHandler<AttemptQuery, AttemptShown>
{
    public async Task<AttemptShown> Handle(AttemptQuery query, CancellationToken ct)
    {
        var place = await places.Find(query.Address, query.PersonId, ct);
        var attempt = await db.Attempts.AsNoTracking().SingleOrDefaultAsync(
            a => a.Id == query.AttemptId && a.LearnerId == query.PersonId && a.RunId == place.Run.RunId && a.ItemId == place.Item.Id, ct) ?? throw new NotFound();
        var allowed = await db.Quizzes.Where(q => q.Id == attempt.ItemId).Select(q => q.Attempts).SingleOrDefaultAsync(ct);
        var made = await db.Attempts.Where(a => a.RunId == attempt.RunId && a.ItemId == attempt.ItemId && a.LearnerId == attempt.LearnerId).MaxAsync(a => a.Number, ct);
        var outline = await mediator.Send(new OutlineQuery(place.Run.RunId), ct);
        var next = outline?.Items.SkipWhile(i => i.Id != place.Item.Id).Skip(1).FirstOrDefault();
        return new AttemptShown(place, new OpenAttempt(attempt, place.Run, await shelf.Of(attempt.Sheet, ct)), allowed, made, next);
    }
}
