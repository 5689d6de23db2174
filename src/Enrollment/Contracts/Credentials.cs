using MediatR;

namespace MoocPlatform.Enrollment.Contracts;

/// <summary>A person has got the badge of a run. Told once in effect.</summary>
public sealed record CredentialIssued(Guid CredentialId, Guid RunId, Guid CourseId, Guid PersonId, DateTimeOffset At) : INotification;

/// <summary>The team has taken a badge back. <paramref name="Reason"/>: in the team's words, shown to everyone who sees the badge.</summary>
public sealed record CredentialRevoked(Guid CredentialId, Guid RunId, Guid CourseId, Guid PersonId, string Reason, DateTimeOffset At) : INotification;

/// <summary>The badges of a person, newest first, at most 100. Whoever shows them to others leaves out what is not shared.</summary>
public sealed record CredentialsQuery(Guid PersonId) : IRequest<IReadOnlyList<CredentialCard>>;

/// <summary>A badge in a list.</summary>
/// <param name="Title">Of the course, as it was.</param>
public sealed record CredentialCard(Guid Id, Guid RunId, Guid CourseId, Guid AchievementId, string Title, DateTimeOffset IssuedAt, bool Shared, bool Revoked);

/// <summary>Addresses of credentials, from the root. They never change: they stand in what was signed.</summary>
public static class CredentialLinks
{
    /// <summary>Who issues: this site. JSON for software, a page for people.</summary>
    public const string Issuer = "/issuer";

    /// <summary>Where anyone checks a credential.</summary>
    public const string Verify = "/verify";

    /// <summary>My badges.</summary>
    public const string Mine = "/my/badges";

    /// <summary>The badge itself. With <c>.json</c>, <c>.jwt</c>, <c>.png</c> or <c>.svg</c> behind it: to take away.</summary>
    public static string Credential(Guid id) => $"/credentials/{id:D}";

    /// <summary>What a badge is given for. With <c>.svg</c> or <c>.png</c>: its picture.</summary>
    public static string Achievement(Guid id) => $"/achievements/{id:D}";

    /// <summary>The public half of a key.</summary>
    public static string Key(Guid id) => $"/keys/{id:D}";

    /// <summary>Which credentials are revoked.</summary>
    public static string Status(int list) => $"/status/{list}";

    /// <summary>The team's list of the badges of a run.</summary>
    public static string Issued(string course, string run) => $"/teach/{course}/runs/{run}/badges";
}
