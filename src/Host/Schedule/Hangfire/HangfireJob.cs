using Hangfire;
using Hangfire.Server;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Schedule;

/// <summary>What Hangfire calls. Its arguments are the key of our row and the row's turn; everything else is in the row.</summary>
internal sealed class HangfireJob(HostDb db, JobRunner runner, HangfireSchedule schedule, TimeProvider clock)
{
    private const int Retries = 8;

    // A job that takes longer may run a second time beside itself, which is harmless: every job checks what is still true.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    [AutomaticRetry(Attempts = Retries, DelaysInSeconds = [2, 4, 8, 16, 32, 64, 128, 256])]
    [JobDisplayName("{0}")]
    public async Task Run(string key, Guid turn, PerformContext? context, CancellationToken ct)
    {
        var row = db.Set<KeptDate>().Where(d => d.Key == key && d.Turn == turn);
        if (await row.AsNoTracking().FirstOrDefaultAsync(ct) is not { } date)
            return; // moved, cancelled or done

        await LookAgain(row, clock.GetUtcNow() + Lease, givenUp: false, ct);
        try
        {
            await runner.Run(key, date.Type, date.Body, date.Due, ct);
        }
        catch (Exception) when (!ct.IsCancellationRequested)
        {
            var tried = context?.GetJobParameter<int>("RetryCount") ?? 0;
            if (tried < Retries)
                await LookAgain(row, clock.GetUtcNow() + TimeSpan.FromSeconds(2 << tried) + HangfireSchedule.Patience, givenUp: false, ct);
            else if (date.EverySeconds is null)
                await LookAgain(row, date.LookAt, givenUp: true, ct);
            else
                await Done(row, date, ct);
            throw;
        }

        await Done(row, date, ct);
    }

    private Task LookAgain(IQueryable<KeptDate> row, DateTimeOffset lookAt, bool givenUp, CancellationToken ct) => db.InTurn(
        token => row.ExecuteUpdateAsync(d => d.SetProperty(x => x.LookAt, lookAt).SetProperty(x => x.GivenUp, givenUp), token), ct);

    // Set anew by the job itself, the row has another turn by now and stays as it is.
    private async Task Done(IQueryable<KeptDate> row, KeptDate date, CancellationToken ct)
    {
        if (date.EverySeconds is not { } every)
        {
            await db.InTurn(token => row.ExecuteDeleteAsync(token), ct);
            return;
        }

        var now = clock.GetUtcNow();
        date.Due = date.Due.AddSeconds(every) > now ? date.Due.AddSeconds(every) : now.AddSeconds(every);
        (date.LookAt, date.Turn, date.JobId) = (date.Due + HangfireSchedule.Patience, clock.NewKey(), null);
        if (await db.InTurn(token => row.ExecuteUpdateAsync(
                d => d.SetProperty(x => x.Due, date.Due).SetProperty(x => x.LookAt, date.LookAt).SetProperty(x => x.Turn, date.Turn).SetProperty(x => x.JobId, date.JobId), token), ct) == 1)
            await schedule.Wake(db, date, ct);
    }
}
