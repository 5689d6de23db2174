using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Persistence;

namespace MoocPlatform.Enrollment.Features.Appearing;

/// <summary>How learners appear in a course, for themselves and for its team: at most 500 at once. Who never said anything is missing.</summary>
internal sealed record AppearancesQuery(Guid CourseId, IReadOnlyCollection<Guid> People) : IRequest<IReadOnlyDictionary<Guid, Appears>>;

/// <param name="Pseudonym">Null: the name of the account.</param>
/// <param name="Consents">Every change of the consent to research, the newest first; empty: never given.</param>
internal sealed record Appears(string? Pseudonym, IReadOnlyList<Consent> Consents)
{
    public static readonly Appears AsThemselves = new(null, []);

    /// <summary>Whether the team may use what they do for research now.</summary>
    public bool MayBeStudied => Consents is [{ Given: true }, ..];
}

internal sealed class AppearancesHandler(EnrollmentDb db) : IRequestHandler<AppearancesQuery, IReadOnlyDictionary<Guid, Appears>>
{
    public async Task<IReadOnlyDictionary<Guid, Appears>> Handle(AppearancesQuery request, CancellationToken cancellationToken)
    {
        var (course, people) = (request.CourseId, request.People);
        var names = await db.Set<Appearance>().AsNoTracking().Where(a => a.CourseId == course && people.Contains(a.LearnerId))
            .ToDictionaryAsync(a => a.LearnerId, a => a.Pseudonym, cancellationToken);
        var consents = (await db.Set<Consent>().AsNoTracking().Where(c => c.CourseId == course && people.Contains(c.LearnerId)).OrderByDescending(c => c.Number).ToListAsync(cancellationToken))
            .ToLookup(c => c.LearnerId);
        return names.Keys.Concat(consents.Select(c => c.Key)).Distinct().ToDictionary(p => p, p => new Appears(names.GetValueOrDefault(p), [.. consents[p]]));
    }
}
