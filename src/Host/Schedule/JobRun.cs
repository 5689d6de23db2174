namespace MoocPlatform.Host.Schedule;

/// <summary>One run of a job, for the admin: what ran, when, and why it failed.</summary>
internal sealed class JobRun
{
    public Guid Id { get; init; }

    public string Key { get; init; } = "";

    /// <summary>The request that was sent, by its short name.</summary>
    public string What { get; init; } = "";

    public DateTimeOffset DueAt { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Null: it went well.</summary>
    public string? Error { get; set; }
}
