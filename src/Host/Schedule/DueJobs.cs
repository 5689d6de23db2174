namespace MoocPlatform.Host.Schedule;

/// <summary>Runs what waits in the schedule until an instant, now and in order: for an admin's "run now", and where the clock is not the world's.</summary>
internal sealed class DueJobs(IEngine engine, JobRunner runner)
{
    public async Task RunUntil(DateTimeOffset instant, CancellationToken ct)
    {
        while ((await engine.Waiting(500, ct)).Where(w => w.Every is null && w.Next <= instant).ToList() is { Count: > 0 } due)
        {
            foreach (var waiting in due)
            {
                if (await engine.Kept(waiting.Key, ct) is var (type, body))
                    await runner.Run(waiting.Key, type, body, waiting.Next, ct);
                await engine.Cancel(waiting.Key, ct);
            }
        }
    }
}
