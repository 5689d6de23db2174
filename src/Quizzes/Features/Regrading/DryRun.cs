using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Features.Shared;
using MoocPlatform.Quizzes.Persistence;

namespace MoocPlatform.Quizzes.Features.Regrading;

/// <summary>What a regrade would do, by the page. Nothing is changed.</summary>
/// <param name="After">The attempt after which the page begins.</param>
internal sealed record DryRunQuery(QuizAddress Address, TeamMember By, Guid QuestionId, RegradePolicy Policy, Guid? After) : IRequest<RegradeOutlook>;

/// <param name="Version">The version whose key would count: the newest.</param>
/// <param name="Looked">How many attempts this page has looked at.</param>
/// <param name="Unfit">Of them, how many answered other options than the newest version has: they stay as they are.</param>
/// <param name="Next">The attempt after which the next page begins; null: this is the last.</param>
internal sealed record RegradeOutlook(
    Place Place, Question Question, int Version, RegradePolicy Policy, int Looked, int Unfit, IReadOnlyList<DryRunRow> Rows, Guid? Next)
{
    public int Gain => Rows.Count(r => r.NewScore > r.OldScore);

    public int Lose => Rows.Count(r => r.NewScore < r.OldScore);
}

internal sealed record DryRunRow(Guid AttemptId, int Number, Person? Learner, decimal OldScore, decimal NewScore, decimal Points);

internal sealed class DryRunQueryHandler(TeamPlaces places, Regrader regrader, IMediator mediator) : IRequestHandler<DryRunQuery, RegradeOutlook>
{
    private const int AtOnce = 200;
    private const int MostLooked = 4000;
    private const int MostRows = 100;

    public async Task<RegradeOutlook> Handle(DryRunQuery query, CancellationToken ct)
    {
        var place = await places.Find(query.Address, query.By, CourseRole.Instructor, ct);
        var question = await regrader.Known(place.Item.Id, query.QuestionId).AsNoTracking().SingleOrDefaultAsync(ct) ?? throw new NotFound();
        var versions = await regrader.VersionsOf(question.Id, ct);

        var (after, looked, unfit, more) = (query.After ?? Guid.Empty, 0, 0, true);
        var found = new List<(Attempt Attempt, decimal Score)>();
        while (more && looked < MostLooked && found.Count < MostRows)
        {
            var page = await regrader.Graded(place.Run.RunId, place.Item.Id, after).AsNoTracking().Take(AtOnce).ToListAsync(ct);
            more = page.Count == AtOnce;
            foreach (var attempt in page)
            {
                (after, looked) = (attempt.Id, looked + 1);
                if (await regrader.Look(attempt, versions, question.VersionId, query.Policy, ct) is not { } regraded)
                    continue;
                unfit += regraded.Fits ? 0 : 1;
                if (regraded.Worth is { } worth && attempt.ScoreWith(regraded.Question, worth, regraded.Dealt) is var score && score != attempt.Score)
                    found.Add((attempt, score));
            }
        }

        var people = await mediator.Send(new PeopleQuery([.. found.Select(f => f.Attempt.LearnerId).Distinct()]), ct);
        var rows = found.Select(f => new DryRunRow(f.Attempt.Id, f.Attempt.Number, people.GetValueOrDefault(f.Attempt.LearnerId), f.Attempt.Score ?? 0, f.Score, f.Attempt.Points));
        return new RegradeOutlook(place, question, question.Versions, query.Policy, looked, unfit, [.. rows], more ? after : null);
    }
}
