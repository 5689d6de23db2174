using MediatR;
using MoocPlatform.Kernel;
using Quartz;

namespace MoocPlatform.Host.Schedule;

/// <summary>The schedule on Quartz, with its persistent store in the database of the process; clustered on PostgreSQL.</summary>
internal sealed class QuartzSchedule(ISchedulerFactory factory) : IEngine
{
    private static readonly RetryPolicy Retry = RetryPolicy.Exponential(8, TimeSpan.FromSeconds(2), 2, TimeSpan.FromHours(1));

    public async Task At(string key, DateTimeOffset when, IRequest due, CancellationToken ct) =>
        await Put(key, due, TriggerBuilder.Create().StartAt(when)
            .WithSimpleSchedule(s => s.WithMisfireInstruction(SimpleTriggerMisfireInstruction.FireNow)), ct);

    public async Task Every(string key, TimeSpan interval, IRequest due, CancellationToken ct) =>
        await Put(key, due, TriggerBuilder.Create().StartNow()
            .WithSimpleSchedule(s => s.WithInterval(interval).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithExistingCount)), ct);

    public async Task Cancel(string key, CancellationToken ct)
    {
        var scheduler = await factory.GetScheduler(ct);
        await scheduler.DeleteJob(new JobKey(key), ct);
    }

    public async Task<IReadOnlyList<Waiting>> Waiting(int limit, CancellationToken ct)
    {
        var scheduler = await factory.GetScheduler(ct);
        var page = await scheduler.QueryTriggers(new TriggerQuery { Take = limit }, ct);
        var triggers = await scheduler.GetTriggers([.. page.Items.Select(t => t.Key)], ct);
        return
        [
            .. triggers.Where(t => t.NextFireTimeUtc is not null)
                .Select(t => new Waiting(t.JobKey.Name, t.JobDataMap.GetString("what") ?? "", t.NextFireTimeUtc!.Value, (t as ISimpleTrigger)?.RepeatInterval is { Ticks: > 0 } every ? every : null))
                .OrderBy(w => w.Next),
        ];
    }

    public async Task<(string Type, string Body)?> Kept(string key, CancellationToken ct)
    {
        var scheduler = await factory.GetScheduler(ct);
        return await scheduler.GetJobDetail(new JobKey(key), ct) is { } job ? (job.JobDataMap.GetString("type")!, job.JobDataMap.GetString("body")!) : null;
    }

    private async Task Put<T>(string key, IRequest due, TriggerBuilder<T> trigger, CancellationToken ct)
        where T : IJob
    {
        var scheduler = await factory.GetScheduler(ct);
        var (type, body) = JobRunner.Keep(due);
        var job = JobBuilder.Create<QuartzJob>().WithIdentity(key).UsingJobData("type", type).UsingJobData("body", body).RequestRecovery().Build();
        await scheduler.DeleteJob(job.Key, ct);
        await scheduler.ScheduleJob(job, trigger.WithIdentity(key).UsingJobData("what", due.GetType().Name).WithRetryPolicy(Retry).Build(), cancellationToken: ct);
    }
}

/// <summary>What Quartz calls: everything is in the job's own data. A failure is tried again by the trigger's own policy.</summary>
internal sealed class QuartzJob(JobRunner runner) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var data = context.MergedJobDataMap;
        await runner.Run(
            context.JobDetail.Key.Name, data.GetString("type")!, data.GetString("body")!, context.ScheduledFireTimeUtc ?? context.FireTimeUtc, cancellationToken);
    }
}
