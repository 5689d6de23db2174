namespace MoocPlatform.Enrollment.Features.Credentials;

/// <summary>What came of checking something: an outcome, and the findings that led to it in their order.</summary>
internal sealed class Verdict
{
    private readonly List<Found> findings = [];

    public Outcome Outcome { get; private set; } = Outcome.Unknown;

    public IReadOnlyList<Found> Findings => findings;

    /// <summary>What it says about itself, whether true or not. Null: nothing could be read.</summary>
    public BadgeFacts? Facts { get; set; }

    public void Say(Tone tone, Finding what, params string[] arguments) => findings.Add(new(tone, what, arguments));

    /// <summary>Ends the check with a reason why the badge is not vouched for.</summary>
    public void Stop(Outcome outcome, Finding what, params string[] arguments)
    {
        Outcome = outcome;
        Say(outcome == Outcome.Unknown ? Tone.Caution : Tone.Critical, what, arguments);
    }

    /// <summary>Ends the check: nothing speaks against it.</summary>
    public void Hold()
    {
        Outcome = Outcome.Valid;
        Say(Tone.Positive, Finding.NotRevoked);
    }
}

/// <summary>What is said in the end.</summary>
internal enum Outcome
{
    /// <summary>Issued by this site, unchanged, not revoked.</summary>
    Valid,
    Revoked,
    Expired,

    /// <summary>The signature does not belong to the text, or there is none.</summary>
    Forged,

    /// <summary>It cannot be checked here.</summary>
    Unknown,
    NotABadge,
}

/// <summary>One step of a check.</summary>
internal enum Finding
{
    Unreadable,
    PictureWithout,
    NoBadge,
    Badge,
    Algorithm,
    Unsigned,
    OtherProof,
    OwnKey,
    ForeignKey,
    Changed,
    Contradicts,
    Signed,
    NotNow,
    Dated,
    NoRecord,
    Revoked,
    NotRevoked,
}

/// <summary>How a finding is shown.</summary>
internal enum Tone
{
    Neutral,
    Positive,
    Caution,
    Critical,
}

/// <summary>A finding with what it names.</summary>
internal sealed record Found(Tone Tone, Finding What, string[] Arguments);

/// <summary>What a badge says about itself.</summary>
/// <param name="Name">Of the recipient; null: it names nobody.</param>
internal sealed record BadgeFacts(string Title, string? Name, string Issuer, DateTimeOffset? At);
