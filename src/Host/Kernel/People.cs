using System.Security.Claims;
using MediatR;

namespace MoocPlatform.Kernel;

/// <summary>A person as everyone may see them: never an address.</summary>
/// <param name="Hue">One of the design's hues, for the circle with the initials.</param>
public sealed record Person(Guid Id, string Name, string Hue)
{
    /// <summary>One or two capitals that stand for the name.</summary>
    public string Initials
    {
        get
        {
            if (Name == Anybody.Of(Anybody.Slot.Name))
                return Anybody.Of(Anybody.Slot.Initials);
            var parts = Name.Split([' ', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
            return string.Concat(parts.Take(1).Concat(parts.Skip(1).TakeLast(1)).Select(p => char.ToUpperInvariant(p[0])));
        }
    }
}

/// <summary>The names of people, by id. Who is gone is missing from the answer. At most 500 at once.</summary>
public sealed record PeopleQuery(IReadOnlyCollection<Guid> Ids) : IRequest<IReadOnlyDictionary<Guid, Person>>;

/// <summary>A name as somebody typed it, held against the rules for every name that others see, an account's and a pseudonym alike.</summary>
/// <param name="PersonId">Who wants to be called so: their own name does not stand in their way.</param>
/// <param name="Others">Names that it may not look like, apart from those of everybody with a role on the site.</param>
public sealed record NameRulesQuery(string? Name, Guid PersonId, IReadOnlyCollection<string> Others) : IRequest<RuledName>;

/// <param name="Name">As it is kept: NFKC, single spaces.</param>
/// <param name="Fault">Which rule stands against it; null: none.</param>
public sealed record RuledName(string Name, NameFault? Fault);

/// <summary>Why a name cannot be taken.</summary>
public enum NameFault
{
    /// <summary>Shorter or longer than the name of an account may be.</summary>
    Length,

    /// <summary>No letter, a sign that no name has (controls and marks of direction among them), or letters of scripts that pass for each other in one word.</summary>
    Characters,

    /// <summary>Looks like a name that stands for somebody else.</summary>
    Pretends,
}

/// <summary>The person of an address, for naming somebody to a team; null when there is none.</summary>
public sealed record PersonByMailQuery(string Mail) : IRequest<Person?>;

/// <summary>Whether a person runs the site now: for who is known by id and has no ticket to look at.</summary>
public sealed record IsAdminQuery(Guid PersonId) : IRequest<bool>;

/// <summary>The named rights. A page or hub method carries one of them, or stands in the list of open pages.</summary>
public static class Policies
{
    /// <summary>Anyone with an account. What belongs to somebody else is kept apart by the look-up itself.</summary>
    public const string SignedIn = "signed-in";

    /// <summary>May create courses.</summary>
    public const string Teacher = "teacher";

    /// <summary>Runs the site.</summary>
    public const string Admin = "admin";
}

/// <summary>How often something may be asked for: names for <c>[EnableRateLimiting]</c> on a page model. Only posts are counted.</summary>
public static class Limits
{
    /// <summary>Trying to sign in: 30 in 5 minutes from one address.</summary>
    public const string Login = "login";

    /// <summary>What sends a mail: 5 in an hour from one person or address.</summary>
    public const string Mail = "mail";

    /// <summary>Writing for others to read: 6 at once, then 1 in 10 seconds.</summary>
    public const string Post = "post";
}

/// <summary>What the process knows of who asks.</summary>
public static class PersonClaims
{
    /// <summary>Type of the claim that holds the name others see.</summary>
    public const string NameClaim = "mooc:name";

    /// <summary>Type of the claim that holds the hue of the circle with the initials.</summary>
    public const string HueClaim = "mooc:hue";

    /// <summary>The person signed in as their ticket describes them, without asking the database; null for a visitor.</summary>
    public static Person? Self(this ClaimsPrincipal person) => person.IdOrNull() is { } id
        ? new Person(id, person.FindFirstValue(NameClaim) ?? person.Identity?.Name ?? "?", person.FindFirstValue(HueClaim) ?? "sea")
        : null;

    /// <summary>The id of the person signed in; throws when nobody is.</summary>
    public static Guid Id(this ClaimsPrincipal person) => person.IdOrNull() ?? throw new InvalidOperationException("Nobody is signed in.");

    /// <summary>The id of the person signed in, or null for a visitor.</summary>
    public static Guid? IdOrNull(this ClaimsPrincipal person) =>
        Guid.TryParse(person.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    /// <summary>Whether the person runs the site.</summary>
    public static bool IsAdmin(this ClaimsPrincipal person) => person.IsInRole(Policies.Admin);
}
