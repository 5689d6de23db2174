using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Persistence;

namespace MoocPlatform.Enrollment.Features.Teaching;

/// <summary>Which learners a list shows, and in which order.</summary>
/// <param name="Standing">Null: all who have not left.</param>
/// <param name="Name">How the name begins; a list of names is sorted by name. Empty: any.</param>
internal sealed record RosterFilter(Standing? Standing, string Name, RosterSort Sort, bool Down)
{
    public RosterSort SortBy => Key.Length > 0 ? RosterSort.Name : Sort;

    /// <summary>The beginning of the name as it is looked for.</summary>
    public string Key { get; } = NameKey.Of(Name);

    public IReadOnlyList<Standing> Standings => Standing is { } one ? [one] : [Domain.Standing.Learning, Domain.Standing.Completed];
}

/// <summary>A page of the learners of a run.</summary>
/// <param name="After">The last learner of the page before; null: from the first.</param>
internal sealed record RosterQuery(Guid RunId, RosterFilter Filter, Guid? After) : IRequest<Roster>;

/// <param name="Learners">How many have not left: kept, not counted.</param>
/// <param name="Next">The learner after whom the next page begins; null: this is the last.</param>
internal sealed record Roster(IReadOnlyList<Enrolment> Rows, int Learners, Guid? Next);

internal sealed class RosterQueryHandler(EnrollmentDb db) : IRequestHandler<RosterQuery, Roster>
{
    private const int OnAPage = 50;

    public async Task<Roster> Handle(RosterQuery request, CancellationToken cancellationToken)
    {
        var (run, filter) = (request.RunId, request.Filter);
        var after = request.After is { } last ? await db.Enrolments.AsNoTracking().SingleOrDefaultAsync(e => e.RunId == run && e.LearnerId == last, cancellationToken) : null;

        // One look at the index for each standing, each straight to its place; together they are the page.
        var found = new List<Enrolment>();
        foreach (var standing in filter.Standings)
        {
            var learners = db.Enrolments.AsNoTracking().Where(e => e.RunId == run && e.Standing == standing);
            if (filter.Key.Length > 0)
            {
                var (from, to) = (filter.Key, filter.Key + NameKey.Highest);
                learners = learners.Where(e => string.Compare(e.SortName, from) >= 0 && string.Compare(e.SortName, to) < 0);
            }

            found.AddRange(await learners.InOrder(filter.SortBy, filter.Down, after).Take(OnAPage + 1).ToListAsync(cancellationToken));
        }

        var page = Keyset.InOrder(found, filter.SortBy, filter.Down).Take(OnAPage + 1).ToList();
        var count = await db.Tallies.Where(t => t.RunId == run).Select(t => t.Learners).SingleOrDefaultAsync(cancellationToken);
        return new Roster([.. page.Take(OnAPage)], count, page.Count > OnAPage ? page[OnAPage - 1].LearnerId : null);
    }
}
