using MoocPlatform.Enrollment.Contracts;

namespace MoocPlatform.Enrollment.Domain;

/// <summary>
/// The badge of one person for one run, as it was issued: its texts are kept as signed and never made anew, so that it verifies when the
/// course is renamed or gone. Nobody but its owner sees it until it is shared.
/// </summary>
internal sealed class Credential
{
    public const int LongestReason = 500;

    public Guid Id { get; init; }

    public Guid RunId { get; init; }

    public Guid PersonId { get; init; }

    public Guid CourseId { get; init; }

    public Guid AchievementId { get; init; }

    /// <summary>The recipient's name as it was then.</summary>
    public string Name { get; init; } = "";

    public DateTimeOffset CompletedAt { get; init; }

    /// <summary>Per cent, in hundredths; null: the course gives no grade.</summary>
    public int? Grade { get; init; }

    public DateTimeOffset IssuedAt { get; init; }

    /// <summary>Which status list, and where in it.</summary>
    public int ListNumber { get; init; }

    public int ListIndex { get; init; }

    /// <summary>The credential as a compact JWS.</summary>
    public string Jwt { get; init; } = "";

    /// <summary>The credential as JSON with its proof inside.</summary>
    public string Json { get; init; } = "";

    /// <summary>Null: private.</summary>
    public DateTimeOffset? SharedAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public Guid? RevokedById { get; private set; }

    /// <summary>Why it was revoked, for everyone who sees it.</summary>
    public string? Reason { get; private set; }

    public void Share(DateTimeOffset now) => SharedAt ??= now;

    public void Hide() => SharedAt = null;

    /// <summary>Whether anything changed: what was revoked stays revoked, with the reason given first.</summary>
    public bool Revoke(Guid byId, string? reason, DateTimeOffset now)
    {
        if (RevokedAt is not null)
            return false;
        var why = reason?.Trim() ?? "";
        if (why.Length is 0 or > LongestReason)
            throw Refusals.NoReason();
        (RevokedAt, RevokedById, Reason) = (now, byId, why);
        return true;
    }
}

/// <summary>That a person has completed a run. Kept also while the course gives no badge: it may begin to.</summary>
internal sealed class Merit
{
    public Guid RunId { get; init; }

    public Guid PersonId { get; init; }

    public Guid CourseId { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>Per cent, in hundredths; null: none.</summary>
    public int? Grade { get; init; }

    /// <summary>Whether the badge was issued.</summary>
    public bool Rewarded { get; set; }

    public static Merit Of(CourseCompleted fact) => new()
    {
        RunId = fact.RunId,
        PersonId = fact.PersonId,
        CourseId = fact.CourseId,
        At = fact.At,
        Grade = fact.Grade is { } grade ? (int)Math.Round(Math.Clamp(grade, 0, 100) * 100, MidpointRounding.AwayFromZero) : null,
    };
}

/// <summary>What a badge is given for, as Open Badges says it. A course that is changed gets another one; those that are there stay.</summary>
internal sealed class Achievement
{
    public Guid Id { get; init; }

    public Guid CourseId { get; init; }

    /// <summary>SHA-256 of what it says, as hex: the same course says the same.</summary>
    public string Hash { get; init; } = "";

    public string Title { get; init; } = "";

    /// <summary>BCP 47.</summary>
    public string Language { get; init; } = "";

    /// <summary>As JSON, without a context.</summary>
    public string Json { get; init; } = "";

    /// <summary>The picture, drawn once.</summary>
    public string Svg { get; init; } = "";

    public byte[] Png { get; init; } = [];

    public DateTimeOffset At { get; init; }
}

/// <summary>What signs: two kinds of keys, each with its own succession.</summary>
internal enum KeyKind
{
    /// <summary>RS256, for credentials as JWT.</summary>
    Rsa,

    /// <summary>Ed25519, for proofs inside the credential.</summary>
    Ed25519,
}

/// <summary>A key of this site. Its public half stays at its address for ever; the secret one is sealed.</summary>
internal sealed class SigningKey
{
    public Guid Id { get; init; }

    public KeyKind Kind { get; init; }

    /// <summary>From 1; the highest of its kind signs.</summary>
    public int Number { get; init; }

    /// <summary>Modulus and exponent of RSA as JWK; the multikey of Ed25519.</summary>
    public string PublicKey { get; init; } = "";

    /// <summary>The secret half, sealed with the key ring of the site; never leaves it.</summary>
    public string Sealed { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when another signs.</summary>
    public DateTimeOffset? RetiredAt { get; set; }
}

/// <summary>A list of bits, one for each credential that stands in it: 1 is revoked.</summary>
internal sealed class StatusList
{
    /// <summary>The least that the standard allows, so that one bit hides among many.</summary>
    public const int Bits = 131_072;

    /// <summary>A list is filled to a half, so that a free place is found by trying.</summary>
    public const int Most = Bits / 2;

    /// <summary>From 1.</summary>
    public int Number { get; init; }

    public int Taken { get; private set; }

    /// <summary>Moved by each revocation. With <see cref="Taken"/>, the concurrency token.</summary>
    public int Version { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>The list as a compact JWS, and as JSON with its proof inside: signed at each change, so that everyone gets the same bytes.</summary>
    public string Jwt { get; private set; } = "";

    public string Json { get; private set; } = "";

    public static StatusList New(int number, DateTimeOffset now) => new() { Number = number, ChangedAt = now };

    public void Take(int places) => Taken += places;

    public void Changed(DateTimeOffset now) => (Version, ChangedAt) = (Version + 1, now);

    public void Says(string jwt, string json) => (Jwt, Json) = (jwt, json);
}
