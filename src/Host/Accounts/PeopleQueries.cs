using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Accounts;

/// <summary>Names are asked for on nearly every page and hardly ever change: kept for five minutes.</summary>
internal sealed class PeopleHandler(HostDb db, IMemoryCache cache) : IRequestHandler<PeopleQuery, IReadOnlyDictionary<Guid, Person>>
{
    private const int Most = 500;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    public async Task<IReadOnlyDictionary<Guid, Person>> Handle(PeopleQuery request, CancellationToken cancellationToken)
    {
        if (request.Ids.Count > Most)
            throw new ArgumentException($"At most {Most} people at once.", nameof(request));

        var people = new Dictionary<Guid, Person>(request.Ids.Count);
        var missing = new List<Guid>();
        foreach (var id in request.Ids.Distinct())
        {
            if (cache.TryGetValue(Key(id), out Person? person))
                people[id] = person!;
            else
                missing.Add(id);
        }

        if (missing.Count > 0)
        {
            var found = await db.Users.AsNoTracking().Where(u => missing.Contains(u.Id)).Select(u => new Person(u.Id, u.Name, u.Hue)).ToListAsync(cancellationToken);
            foreach (var person in found)
                people[person.Id] = cache.Set(Key(person.Id), person, Kept);
        }

        return people;
    }

    /// <summary>The name was changed: forget the old one.</summary>
    public static void Forget(IMemoryCache cache, Guid id) => cache.Remove(Key(id));

    private static (string Kind, Guid Id) Key(Guid id) => ("person", id);
}

internal sealed class NameRulesHandler(StaffNames staff) : IRequestHandler<NameRulesQuery, RuledName>
{
    public async Task<RuledName> Handle(NameRulesQuery request, CancellationToken cancellationToken)
    {
        var name = PersonName.Tidy(request.Name);
        return new(name, PersonName.Fault(name, [.. await staff.All(request.PersonId, cancellationToken), .. request.Others]));
    }
}

/// <summary>Only confirmed addresses count: an address that nobody has proven to own belongs to nobody.</summary>
internal sealed class PersonByMailHandler(HostDb db, ILookupNormalizer normalizer) : IRequestHandler<PersonByMailQuery, Person?>
{
    public Task<Person?> Handle(PersonByMailQuery request, CancellationToken cancellationToken)
    {
        var mail = normalizer.NormalizeEmail(request.Mail.Trim());
        return db.Users.AsNoTracking().Where(u => u.NormalizedEmail == mail && u.EmailConfirmed).Select(u => new Person(u.Id, u.Name, u.Hue)).FirstOrDefaultAsync(cancellationToken);
    }
}

internal sealed class IsAdminHandler(HostDb db) : IRequestHandler<IsAdminQuery, bool>
{
    public Task<bool> Handle(IsAdminQuery request, CancellationToken cancellationToken) =>
        db.UserRoles.AnyAsync(u => u.UserId == request.PersonId && db.Roles.Any(r => r.Id == u.RoleId && r.Name == Policies.Admin), cancellationToken);
}
