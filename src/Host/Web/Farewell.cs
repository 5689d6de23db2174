namespace MoocPlatform.Host.Web;

/// <summary>
/// The way out in Production. Told to stop, the process is no longer ready and its live connections close (their pages come back with
/// jitter, to another node or to the next process); for two seconds more it still answers, until whoever watches has noticed; then it
/// takes no new requests and finishes what it has begun.
/// </summary>
internal sealed class Farewell(IHostEnvironment environment) : IHostedLifecycleService
{
    /// <summary>How long requests that have begun may take.</summary>
    public static readonly TimeSpan ToFinish = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan ToBeNoticed = TimeSpan.FromSeconds(2);

    public Task StoppingAsync(CancellationToken cancellationToken) =>
        environment.IsProduction() ? Task.Delay(ToBeNoticed, cancellationToken) : Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
