using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Accounts;
using MoocPlatform.Host.Notifications;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Admin;

/// <summary>What needs an admin's eye. Numbers stop at 99: nothing is counted to its end.</summary>
[Authorize(Policies.Admin)]
internal sealed class OverviewPage(HostDb db, Outboxes outboxes, ISchedule schedule) : ModulePage
{
    public const int Most = 100;

    public int FailedMails { get; private set; }

    public int QueuedMails { get; private set; }

    public int Parked { get; private set; }

    public int FailedJobs { get; private set; }

    public IReadOnlyList<Waiting> Next { get; private set; } = [];

    public IReadOnlyList<Account> Newest { get; private set; } = [];

    public async Task OnGet(CancellationToken ct)
    {
        var yesterday = Reader.Now.AddDays(-1);
        FailedMails = (await db.Mails.Where(m => m.State == MailState.Failed).OrderBy(m => m.NextAt).Take(Most).Select(m => m.Id).ToListAsync(ct)).Count;
        QueuedMails = (await db.Mails.Where(m => m.State == MailState.Queued).OrderBy(m => m.NextAt).Take(Most).Select(m => m.Id).ToListAsync(ct)).Count;
        FailedJobs = (await db.JobRuns.Where(r => r.StartedAt > yesterday && r.Error != null).OrderBy(r => r.StartedAt).Take(Most).Select(r => r.Id).ToListAsync(ct)).Count;
        Parked = (await outboxes.List(parked: true, Most, ct)).Count;
        Next = await schedule.Waiting(5, ct);
        Newest = await db.Users.AsNoTracking().OrderByDescending(u => u.Id).Take(5).ToListAsync(ct);
    }
}
