using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Persistence;

namespace MoocPlatform.Enrollment.Features.Appearing;

/// <summary>What people are called in courses, kept for a moment: every page of a talk asks for all whom it names.</summary>
internal sealed class KnownNames(IMemoryCache cache)
{
    // So long a node can go on with a name that was changed on another.
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(5);

    private int changes;

    /// <summary>To be read before the database is asked: what was read before a change is not kept after it.</summary>
    public int Changes => Volatile.Read(ref changes);

    /// <returns>Whether it is known; null as the name: they have no pseudonym.</returns>
    public bool Knows(Guid courseId, Guid person, out string? name) => cache.TryGetValue(Key(courseId, person), out name);

    public void Keep(Guid courseId, Guid person, string? name, int asOf)
    {
        cache.Set(Key(courseId, person), name, Kept);
        if (asOf != Changes)
            cache.Remove(Key(courseId, person));
    }

    /// <summary>A name was changed; called after the commit.</summary>
    public void Forget(Guid courseId, Guid person)
    {
        Interlocked.Increment(ref changes);
        cache.Remove(Key(courseId, person));
    }

    private static (string, Guid, Guid) Key(Guid courseId, Guid person) => (nameof(KnownNames), courseId, person);
}

internal sealed class NamesInCourseHandler(EnrollmentDb db, KnownNames known) : IRequestHandler<NamesInCourseQuery, IReadOnlyDictionary<Guid, string>>
{
    private const int Most = 500;

    public async Task<IReadOnlyDictionary<Guid, string>> Handle(NamesInCourseQuery request, CancellationToken cancellationToken)
    {
        if (request.People.Count > Most)
            throw new ArgumentException($"At most {Most} people at once.", nameof(request));

        var (names, missing, asOf) = (new Dictionary<Guid, string>(), new List<Guid>(), known.Changes);
        foreach (var person in request.People.Distinct())
        {
            if (!known.Knows(request.CourseId, person, out var name))
                missing.Add(person);
            else if (name is not null)
                names[person] = name;
        }

        if (missing.Count == 0)
            return names;
        var found = await db.Set<Appearance>().AsNoTracking().Where(a => a.CourseId == request.CourseId && missing.Contains(a.LearnerId))
            .ToDictionaryAsync(a => a.LearnerId, a => a.Pseudonym, cancellationToken);
        foreach (var person in missing)
        {
            var name = found.GetValueOrDefault(person);
            known.Keep(request.CourseId, person, name, asOf);
            if (name is not null)
                names[person] = name;
        }

        return names;
    }
}
