using Hangfire;
using Hangfire.States;
using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Host.Web;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Schedule;

/// <summary>The schedule on Hangfire: a row of ours for each date, and a job of Hangfire that wakes us at its instant.</summary>
internal sealed class HangfireSchedule(IServiceScopeFactory scopes, IBackgroundJobClient client, TimeProvider clock) : IEngine
{
    public string Pages => "/admin/hangfire";

    public Task At(string key, DateTimeOffset when, IRequest due, CancellationToken ct) => Put(key, when, null, due, ct);

    public Task Every(string key, TimeSpan interval, IRequest due, CancellationToken ct) => Put(key, clock.GetUtcNow(), interval, due, ct);

    public async Task Cancel(string key, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HostDb>();
        var job = await db.InTurn(async token =>
        {
            var date = await db.Set<KeptDate>().FirstOrDefaultAsync(d => d.Key == key, token);
            if (date is not null)
                db.Remove(date);
            await db.SaveChangesAsync(token);
            return date?.JobId;
        }, ct);
        Forget(job);
    }

    public async Task<IReadOnlyList<Waiting>> Waiting(int limit, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HostDb>();
        var dates = await db.Set<KeptDate>().AsNoTracking().Where(d => !d.GivenUp).OrderBy(d => d.Due).Take(limit).ToListAsync(ct);
        return [.. dates.Select(d => new Waiting(d.Key, d.What, d.Due, d.EverySeconds is { } every ? TimeSpan.FromSeconds(every) : null))];
    }

    public async Task<(string Type, string Body)?> Kept(string key, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HostDb>();
        return await db.Set<KeptDate>().AsNoTracking().FirstOrDefaultAsync(d => d.Key == key, ct) is { } date ? (date.Type, date.Body) : null;
    }

    /// <summary>Sets the alarm for a row that has been saved. The row hears of its job afterwards: in between, it is looked after by <see cref="HangfireServer"/>.</summary>
    public async Task Wake(HostDb db, KeptDate date, CancellationToken ct)
    {
        var (key, turn, due) = (date.Key, date.Turn, date.Due);
        IState state = due > clock.GetUtcNow() ? new ScheduledState(due.UtcDateTime) : new EnqueuedState();
        var job = client.Create<HangfireJob>(j => j.Run(key, turn, null, CancellationToken.None), state);
        await db.InTurn(token => db.Set<KeptDate>().Where(d => d.Key == key && d.Turn == turn).ExecuteUpdateAsync(d => d.SetProperty(x => x.JobId, job), token), ct);
    }

    public void Map(WebApplication app)
    {
        // Its pages set styles on elements. Scripts stay as strict as everywhere.
        var policy = app.Services.GetRequiredService<Shields>().ContentPolicy.Replace("style-src 'self'", "style-src 'self' 'unsafe-inline'", StringComparison.Ordinal);
        var options = new DashboardOptions { AppPath = "/admin/jobs", DashboardTitle = "MoocPlatform", DisplayStorageConnectionString = false, StatsPollingInterval = 5000 };
        app.MapHangfireDashboardWithAuthorizationPolicy(Policies.Admin, Pages, options).Add(endpoint =>
        {
            var show = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context =>
            {
                context.Response.Headers.ContentSecurityPolicy = policy;
                return show(context);
            };
        });
    }

    private async Task Put(string key, DateTimeOffset when, TimeSpan? every, IRequest due, CancellationToken ct)
    {
        var (type, body) = JobRunner.Keep(due);
        var date = new KeptDate
        {
            Key = key, What = due.GetType().Name, Type = type, Body = body, Due = when,
            EverySeconds = (int?)every?.TotalSeconds, Turn = clock.NewKey(),
        };
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HostDb>();
        try
        {
            var before = await db.InTurn(async token =>
            {
                var old = await db.Set<KeptDate>().AsNoTracking().FirstOrDefaultAsync(d => d.Key == key, token);
                if (old is null)
                    db.Add(date);
                else
                    db.Update(date);
                await db.SaveChangesAsync(token);
                return old?.JobId;
            }, ct);
            Forget(before);
        }
        catch (DbUpdateException e) when (Database.IsDuplicate(e) || e is DbUpdateConcurrencyException)
        {
            await Put(key, when, every, due, ct); // another node set or took the same key in this moment
            return;
        }

        await Wake(db, date, ct);
    }

    // Only for the looks of the dashboard: a job that is forgotten here and runs all the same finds that its turn is over.
    private void Forget(string? job)
    {
        if (job is not null)
            client.ChangeState(job, new DeletedState { Reason = "Moved or cancelled" }, ScheduledState.StateName);
    }
}
