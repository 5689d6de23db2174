namespace MoocPlatform.Kernel;

/// <summary>
/// One thing kept in memory. However many ask at once, it is loaded once. After a second its version is looked at again, which is how
/// a change made on another node is seen; <see cref="Forget"/> is how one made here is seen at once.
/// </summary>
/// <param name="version">Asks the database for the version alone; null: it is gone.</param>
/// <param name="load">Loads value and version; null: there is none.</param>
public sealed class Kept<T>(TimeProvider clock, Func<CancellationToken, Task<long?>> version, Func<CancellationToken, Task<(T Value, long Version)?>> load)
    where T : class
{
    private static readonly TimeSpan Trusted = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim oneLoads = new(1, 1);
    private State? state;
    private int generation;

    /// <summary>What is kept, loaded anew when it may have changed; null: there is none.</summary>
    public ValueTask<T?> Get(CancellationToken ct) => Fresh() is { } fresh ? new(fresh.Value) : new(Look(ct));

    /// <summary>What was loaded, or is being loaded now, is not used again.</summary>
    public void Forget() => Interlocked.Increment(ref generation);

    private async Task<T?> Look(CancellationToken ct)
    {
        await oneLoads.WaitAsync(ct);
        try
        {
            if (Fresh() is { } meanwhile)
                return meanwhile.Value;

            var (before, at) = (Volatile.Read(ref generation), clock.GetTimestamp());
            if (state is { } old && old.Generation == before && await version(ct) == old.Version)
            {
                state = old with { At = at };
                return old.Value;
            }

            if (await load(ct) is not { } loaded)
            {
                state = null;
                return null;
            }

            state = new State(loaded.Value, loaded.Version, before, at);
            return loaded.Value;
        }
        finally
        {
            oneLoads.Release();
        }
    }

    private State? Fresh() =>
        state is { } s && s.Generation == Volatile.Read(ref generation) && clock.GetElapsedTime(s.At) < Trusted ? s : null;

    private sealed record State(T Value, long Version, int Generation, long At);
}
