using MoocPlatform.Kernel;
using Quartz;

namespace MoocPlatform.Host.Schedule;

/// <summary>Runs what waits in the schedule until an instant, now and in order: for an admin's "run now", and where the clock is not the world's.</summary>
internal sealed class DueJobs(ISchedule schedule, ISchedulerFactory factory, JobRunner runner)
{
    public async Task RunUntil(DateTimeOffset instant, CancellationToken ct)
    {
        var scheduler = await factory.GetScheduler(ct);
        while ((await schedule.Waiting(500, ct)).Where(w => w.Every is null && w.Next <= instant).ToList() is { Count: > 0 } due)
        {
            foreach (var waiting in due)
            {
                var job = await scheduler.GetJobDetail(new JobKey(waiting.Key), ct);
                if (job is not null)
                    await runner.Run(waiting.Key, job.JobDataMap.GetString("type")!, job.JobDataMap.GetString("body")!, waiting.Next, ct);
                await schedule.Cancel(waiting.Key, ct);
            }
        }
    }
}
