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

    [AutomaticRetry(Attempts = Retries, DelaysInSeconds = [2, 4, 8, 16, 32, 64, 128, 256])]
    [JobDisplayName("{0}")]
    public async Task Run(string key, Guid turn, PerformContext? context, CancellationToken ct)
    {
        var row = db.Set<KeptDate>().Where(d => d.Key == key && d.Turn == turn);
        if (await row.AsNoTracking().FirstOrDefaultAsync(ct) is not { } date)
            return; // moved, cancelled or done

        try
        {
            await runner.Run(key, date.Type, date.Body, date.Due, ct);
        }
        catch (Exception) when (!ct.IsCancellationRequested && context?.GetJobParameter<int>("RetryCount") >= Retries)
        {
            if (date.EverySeconds is null)
                await db.InTurn(token => row.ExecuteUpdateAsync(d => d.SetProperty(x => x.GivenUp, true), token), CancellationToken.None);
            else
                await Done(row, date);
            throw;
        }

        await Done(row, date);
    }

    // Set anew by the job itself, the row has another turn by now and stays as it is.
    private async Task Done(IQueryable<KeptDate> row, KeptDate date)
    {
        if (date.EverySeconds is not { } every)
        {
            await db.InTurn(token => row.ExecuteDeleteAsync(token), CancellationToken.None);
            return;
        }

        var now = clock.GetUtcNow();
        date.Due = date.Due.AddSeconds(every) > now ? date.Due.AddSeconds(every) : now.AddSeconds(every);
        (date.Turn, date.JobId) = (clock.NewKey(), null);
        if (await db.InTurn(token => row.ExecuteUpdateAsync(
                d => d.SetProperty(x => x.Due, date.Due).SetProperty(x => x.Turn, date.Turn).SetProperty(x => x.JobId, date.JobId), token), CancellationToken.None) == 1)
            await schedule.Wake(db, date, CancellationToken.None);
    }
}
