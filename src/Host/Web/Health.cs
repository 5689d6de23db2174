using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Persistence;

namespace MoocPlatform.Host.Web;

/// <summary>
/// Whether the process lives, and whether it can do its work: it can when it wrote to the database within a second. No details for
/// strangers. The answer is kept for a second, so that asking often costs nothing.
/// </summary>
internal sealed class Health(IServiceScopeFactory scopes, TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<Health> log) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim oneAtATime = new(1, 1);
    private long askedAt;
    private bool isReady;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/live", () => Results.Text("alive")).AllowAnonymous().DisableRateLimiting();
        endpoints.MapGet("/health/ready", async (Health health, CancellationToken ct) =>
            await health.IsReady(ct) ? Results.Text("ready") : Results.Text("not ready", statusCode: StatusCodes.Status503ServiceUnavailable))
            .AllowAnonymous().DisableRateLimiting();
    }

    private async Task<bool> IsReady(CancellationToken ct)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return false;
        await oneAtATime.WaitAsync(ct);
        try
        {
            if (askedAt == 0 || Stopwatch.GetElapsedTime(askedAt) > Patience)
            {
                isReady = await Write(ct);
                askedAt = Stopwatch.GetTimestamp();
            }

            return isReady;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    private async Task<bool> Write(CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<HostDb>();
            var now = clock.GetUtcNow();
            await db.InTurn(async token =>
            {
                if (await db.Set<HealthProbe>().ExecuteUpdateAsync(s => s.SetProperty(p => p.At, now), token) == 0)
                {
                    db.Add(new HealthProbe { At = now });
                    await db.SaveChangesAsync(token);
                }

                return true;
            }, ct).WaitAsync(Patience, ct);
            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogError(e, "The database does not take writes");
            return false;
        }
    }

    public void Dispose() => oneAtATime.Dispose();
}

/// <summary>The one row that is written to see whether the database takes writes.</summary>
internal sealed class HealthProbe
{
    public int Id { get; init; } = 1;

    public DateTimeOffset At { get; init; }
}
