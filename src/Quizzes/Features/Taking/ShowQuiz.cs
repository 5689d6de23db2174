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
/// <param name="Enrolment">Null: never joined.</param>
/// <param name="WhyNot">Why no attempt can start; null: it can.</param>
/// <param name="Team">Whether the person belongs to the course's team.</param>
/// <param name="Extra">Time that the team gave this person on top; null: none.</param>
internal sealed record QuizShown(Place Place, Quiz? Quiz, IReadOnlyList<Attempt> Mine, EnrolmentState? Enrolment, Refused? WhyNot, bool Team, Allowance? Extra, DateTimeOffset Now)
{
    public bool Enrolled => Enrolment is { Active: true };

    /// <summary>When the next attempt may start by the quiz's wait; null: at once.</summary>
    public DateTimeOffset? NextAt => Quiz is null ? null : new Past(Mine.Count, Mine.Max(a => a.SubmittedAt)).NextAt(Quiz);

    /// <summary>Minutes of an attempt, the extra time included; null: no limit.</summary>
    public int? Limit => Quiz?.TimeLimit is { } limit ? limit + (Extra?.Of(limit) ?? 0) : null;

    /// <summary>Whether the score of an attempt that was submitted may be seen.</summary>
    public bool IsScoreShown(Attempt attempt) =>
        Quiz is not null && attempt.SubmittedAt is { } at && Quiz.Review.At(at, Place.ClosedAt, Now).HasFlag(Seen.Score);

    public Attempt? Open => Mine.FirstOrDefault(a => a.IsOpen);

    /// <summary>How many attempts are left; null: any number.</summary>
    public int? Left => Quiz is { Attempts: > 0 } limited ? Math.Max(0, limited.Attempts - Mine.Count) : null;

    /// <summary>What counts of several attempts, in percent; null: none was submitted.</summary>
    public decimal? Counts
    {
        get
        {
            var scores = Mine.Where(a => a is { IsOpen: false, Points: > 0 } && IsScoreShown(a)).Select(a => (a.Score ?? 0) * 100 / a.Points).ToList();
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
        var enrolment = await mediator.Send(new EnrolmentQuery(place.Run.RunId, query.PersonId), ct);
        var mine = await db.Attempts.AsNoTracking()
            .Where(a => a.RunId == place.Run.RunId && a.ItemId == place.Item.Id && a.LearnerId == query.PersonId).OrderBy(a => a.Number).ToListAsync(ct);
        var quiz = place.IsReleased(now)
            ? await db.Quizzes.AsNoTracking().Include(q => q.Questions).SingleOrDefaultAsync(q => q.Id == place.Item.Id, ct)
            : null;
        var team = await mediator.Send(new CourseRoleQuery(place.Run.CourseId, query.PersonId), ct) is not null;
        var extra = quiz?.TimeLimit is null && place.Item.DueAt is null ? null : await db.AllowanceOf(place.Run.RunId, place.Item.Id, query.PersonId, ct);
        place = place.For(extra);
        return new QuizShown(place, quiz, mine, enrolment, place.WhyNot(now), team, extra, now);
    }
}

/// <summary>An attempt of this person. Anybody else's is not found.</summary>
internal sealed record AttemptQuery(QuizAddress Address, Guid AttemptId, Guid PersonId) : IRequest<AttemptShown>;

/// <param name="Allowed">How many attempts a learner has; 0: any number.</param>
/// <param name="Made">How many the person has made.</param>
/// <param name="Next">What comes after the quiz; null: it is the last.</param>
/// <param name="Review">What is seen when.</param>
/// <param name="Band">The words for the score that was reached; null: none are written.</param>
/// <param name="NextAt">When the next attempt may start by the quiz's wait; null: at once.</param>
/// <param name="Changes">What was changed of the score, in order.</param>
internal sealed record AttemptShown(Place Place, OpenAttempt Open, int Allowed, int Made, OutlineItem? Next, ReviewTable Review, string? Band, DateTimeOffset? NextAt, IReadOnlyList<ScoreChange> Changes)
{
    /// <summary>What is seen of the attempt at an instant, once it was submitted.</summary>
    public Seen SeenAt(DateTimeOffset now) => Review.At(Attempt.SubmittedAt!.Value, Place.ClosedAt, now);

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
        if (place.Item.DueAt is not null)
            place = place.For(await db.AllowanceOf(place.Run.RunId, place.Item.Id, query.PersonId, ct)); // right answers wait for the date that counts for this learner
        var attempt = await db.Attempts.AsNoTracking().SingleOrDefaultAsync(
            a => a.Id == query.AttemptId && a.LearnerId == query.PersonId && a.RunId == place.Run.RunId && a.ItemId == place.Item.Id, ct) ?? throw new NotFound();
        var quiz = await db.Quizzes.AsNoTracking().SingleOrDefaultAsync(q => q.Id == attempt.ItemId, ct) ?? throw new NotFound();
        var made = await db.Attempts.Where(a => a.RunId == attempt.RunId && a.ItemId == attempt.ItemId && a.LearnerId == attempt.LearnerId).MaxAsync(a => a.Number, ct);
        var outline = await mediator.Send(new OutlineQuery(place.Run.RunId), ct);
        var next = outline?.Items.SkipWhile(i => i.Id != place.Item.Id).Skip(1).FirstOrDefault();
        var changes = attempt.Changes == 0 ? [] : await db.Changes.AsNoTracking().Where(c => c.AttemptId == attempt.Id).OrderBy(c => c.Id).ToListAsync(ct);
        var band = attempt is { Score: { } score, Points: > 0 } ? quiz.BandFor(score * 100 / attempt.Points) : null;
        return new AttemptShown(
            place, new OpenAttempt(attempt, place.Run, await shelf.AsGraded(attempt, ct)), quiz.Attempts, made, next, quiz.Review, band, new Past(made, attempt.SubmittedAt).NextAt(quiz), changes);
    }
}
