using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Features.Shared;
using MoocPlatform.Quizzes.Features.Taking;
using MoocPlatform.Quizzes.Persistence;

namespace MoocPlatform.Quizzes.Features.Helping;

/// <summary>Gives a learner extra time at one quiz or at every quiz of the run, or a later date for one quiz; open attempts included.</summary>
/// <param name="Mail">Address of the learner.</param>
/// <param name="Everywhere">For every quiz of the run that has no extra time of its own.</param>
/// <param name="Until">Local date and time in the run's zone until which this quiz is open for the learner; null: as for everybody.</param>
internal sealed record GiveTime(QuizAddress Address, TeamMember By, string? Mail, int Minutes, int Percent, bool Everywhere, DateTime? Until = null) : IRequest<Person>
{
    /// <summary>The learner, where the page was opened for one; then the address is not needed.</summary>
    public Guid? LearnerId { get; init; }
}

internal sealed class GiveTimeHandler(
    QuizzesDb db, TeamPlaces places, OpenAttempts attempts, IMediator mediator, Live live, TimeProvider clock) : IRequestHandler<GiveTime, Person>
{
    public async Task<Person> Handle(GiveTime command, CancellationToken ct)
    {
        var place = await places.Find(command.Address, command.By, CourseRole.Assistant, ct);
        var run = place.Run.RunId;
        var learner = command.LearnerId is { } id ? (await mediator.Send(new PeopleQuery([id]), ct)).GetValueOrDefault(id)
            : string.IsNullOrWhiteSpace(command.Mail) ? null : await mediator.Send(new PersonByMailQuery(command.Mail.Trim()), ct);
        if (learner is null || await mediator.Send(new EnrolmentQuery(run, learner.Id), ct) is not { Active: true })
            throw Domain.Refusals.UnknownLearner();
        var until = command.Until is { } local ? Checked(local, command.Everywhere, place) : (DateTimeOffset?)null;
        await Keep(command, run, command.Everywhere ? Guid.Empty : place.Item.Id, learner.Id, until, ct);

        var due = (await mediator.Send(new OutlineQuery(run), ct))!.Items.ToDictionary(i => i.Id, i => i.DueAt);
        if (until is not null)
            due[place.Item.Id] = until;
        var open = await db.Attempts.Where(a => a.RunId == run && a.LearnerId == learner.Id && a.SubmittedAt == null && (command.Everywhere || a.ItemId == place.Item.Id))
            .Select(a => new { a.Id, a.ItemId }).ToListAsync(ct);
        foreach (var attempt in open)
            await Extend(attempt.Id, learner.Id, due.GetValueOrDefault(attempt.ItemId), ct);
        return learner;
    }

    // A date belongs to one quiz, lies after the one that everybody has, and within the run: what ends with the run ends for all.
    private static DateTimeOffset Checked(DateTime local, bool everywhere, Place place)
    {
        if (everywhere)
            throw Domain.Refusals.DateForOneQuiz();
        if (place.Item.DueAt is not { } due)
            throw Domain.Refusals.NoDateToMove();
        var zone = TimeZoneInfo.FindSystemTimeZoneById(place.Run.Zone);
        var until = new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(local) ? local.AddHours(1) : local, zone), TimeSpan.Zero);
        if (until <= due)
            throw Domain.Refusals.DateNotLater(due);
        return until > place.Run.End ? throw Domain.Refusals.DateAfterRun(place.Run.End) : until;
    }

    private async Task Keep(GiveTime command, Guid run, Guid item, Guid learner, DateTimeOffset? until, CancellationToken ct)
    {
        await db.InTurn(async token =>
        {
            var given = await db.Allowances.FindAsync([run, learner, item], token);
            if (given is null)
                db.Add(given = new Allowance { RunId = run, LearnerId = learner, ItemId = item });
            given.Give(command.Minutes, command.Percent, until, command.By.Id, clock.GetUtcNow());
            await db.SaveChangesAsync(token);
        }, ct);
    }

    private async Task Extend(Guid attemptId, Guid learner, DateTimeOffset? until, CancellationToken ct)
    {
        var moved = await attempts.Change(attemptId, learner, async open => await attempts.Extend(open, until, ct), ct);
        if (moved)
            live.Tell(QuizLinks.Channel(attemptId), "time");
    }
}

/// <summary>Who has extra time at a quiz, by the page.</summary>
/// <param name="After">The learner after whom the page begins.</param>
internal sealed record TimeGivenQuery(QuizAddress Address, TeamMember By, Guid? After) : IRequest<TimeGiven>;

/// <param name="Limit">Minutes for everybody; null: the quiz has no limit.</param>
/// <param name="Next">The learner after whom the next page begins; null: this is the last.</param>
internal sealed record TimeGiven(Place Place, int? Limit, IReadOnlyList<(Allowance Given, Person? Learner)> Rows, Guid? Next);

internal sealed class TimeGivenQueryHandler(QuizzesDb db, TeamPlaces places, IMediator mediator) : IRequestHandler<TimeGivenQuery, TimeGiven>
{
    private const int OnAPage = 50;

    public async Task<TimeGiven> Handle(TimeGivenQuery query, CancellationToken ct)
    {
        var place = await places.Find(query.Address, query.By, CourseRole.Assistant, ct);
        var limit = await db.Quizzes.Where(q => q.Id == place.Item.Id).Select(q => q.TimeLimit).SingleOrDefaultAsync(ct);
        var after = query.After ?? Guid.Empty;
        var given = await db.Allowances.AsNoTracking()
            .Where(a => a.RunId == place.Run.RunId && (a.ItemId == place.Item.Id || a.ItemId == Guid.Empty) && a.LearnerId.CompareTo(after) > 0)
            .OrderBy(a => a.LearnerId).ThenBy(a => a.ItemId).Take(OnAPage + 1).ToListAsync(ct);
        var page = given.Take(OnAPage).ToList();
        if (given.Count > OnAPage)
            page.RemoveAll(a => a.LearnerId == given[OnAPage].LearnerId); // a learner's lines stand on one page
        var people = await mediator.Send(new PeopleQuery([.. page.Select(a => a.LearnerId).Distinct()]), ct);
        return new TimeGiven(place, limit, [.. page.Select(a => (a, people.GetValueOrDefault(a.LearnerId)))], given.Count > OnAPage ? page[^1].LearnerId : null);
    }
}
