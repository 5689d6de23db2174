using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Features.Shared;
using MoocPlatform.Quizzes.Persistence;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Features.Regrading;

/// <summary>The questions of a quiz that can be graded anew, and what was.</summary>
internal sealed record RegradesQuery(QuizAddress Address, TeamMember By) : IRequest<Regrades>;

/// <param name="Past">The newest 50, the newest first.</param>
internal sealed record Regrades(Place Place, IReadOnlyList<Question> Questions, IReadOnlyList<(Regrade Regrade, string Question, Person? By)> Past);

internal sealed class RegradesQueryHandler(QuizzesDb db, TeamPlaces places, Regrader regrader, IMediator mediator) : IRequestHandler<RegradesQuery, Regrades>
{
    private const int MostPast = 50;

    public async Task<Regrades> Handle(RegradesQuery query, CancellationToken ct)
    {
        var place = await places.Find(query.Address, query.By, CourseRole.Instructor, ct);
        var questions = await db.Quizzes.AsNoTracking().Where(q => q.Id == place.Item.Id).SelectMany(q => q.Questions).Where(q => q.Kind != Kinds.Draw)
            .OrderByDescending(q => q.Asked).ThenBy(q => q.Position).ToListAsync(ct);
        questions.AddRange(await regrader.DrawnFromElsewhere(place.Item.Id, ct));
        var past = await db.Regrades.AsNoTracking().Where(r => r.RunId == place.Run.RunId && r.ItemId == place.Item.Id)
            .OrderByDescending(r => r.Id).Take(MostPast).ToListAsync(ct);
        var people = await mediator.Send(new PeopleQuery([.. past.Select(r => r.ById).Distinct()]), ct);
        var names = questions.ToDictionary(q => q.Id, q => q.Label);
        return new Regrades(place, questions, [.. past.Select(r => (r, names.GetValueOrDefault(r.QuestionId, ""), people.GetValueOrDefault(r.ById)))]);
    }
}
