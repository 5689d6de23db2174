using MediatR;

namespace MoocPlatform.Kernel;

/// <summary>
/// The persistent schedule. A job only tells: it sends a small request that first checks that it is still true, and announces a fact.
/// Jobs run at least once: down at the moment, they run at the next start; killed inside, they run again.
/// </summary>
public interface ISchedule
{
    /// <summary>Sends <paramref name="due"/> once at an instant. The same key replaces the earlier date; a past instant runs at once.</summary>
    /// <param name="key">Unique name, such as <c>run-start/0198…</c>. Never holds personal data.</param>
    /// <param name="due">A request made of ids and instants only, kept as JSON.</param>
    Task At(string key, DateTimeOffset when, IRequest due, CancellationToken ct);

    /// <summary>Sends <paramref name="due"/> at every interval. The same key replaces the earlier one.</summary>
    Task Every(string key, TimeSpan interval, IRequest due, CancellationToken ct);

    /// <summary>Takes a key off the schedule; no error when it is not there.</summary>
    Task Cancel(string key, CancellationToken ct);

    /// <summary>What waits, soonest first.</summary>
    Task<IReadOnlyList<Waiting>> Waiting(int limit, CancellationToken ct);
}

/// <summary>One entry of the schedule. <paramref name="Every"/> is null for a single date.</summary>
public sealed record Waiting(string Key, string What, DateTimeOffset Next, TimeSpan? Every);
