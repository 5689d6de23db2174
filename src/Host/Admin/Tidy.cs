using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Accounts;
using MoocPlatform.Host.Notifications;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Host.Schedule;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Admin;

/// <summary>Forgets what nobody needs any more. Sent once a day by the schedule.</summary>
internal sealed record Tidy : IRequest;

internal sealed class TidyHandler(HostDb db, JobRunner jobs, TimeProvider clock) : IRequestHandler<Tidy, Unit>
{
    private static readonly TimeSpan MailsKept = TimeSpan.FromDays(30);
    private static readonly TimeSpan NotificationsKept = TimeSpan.FromDays(120);
    private static readonly TimeSpan UnconfirmedKept = TimeSpan.FromDays(7);

    public async Task<Unit> Handle(Tidy request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await jobs.Forget(cancellationToken);
        await db.InTurn(async ct =>
        {
            await db.SignInTries.Where(t => t.Since < now - SignInTries.Window).ExecuteDeleteAsync(ct);
            await db.Mails.Where(m => (m.State == MailState.Sent || m.State == MailState.Skipped) && m.QueuedAt < now - MailsKept).ExecuteDeleteAsync(ct);
            // The count of a bell falls with what is forgotten unseen.
            var old = db.Notifications.Where(n => n.At < now - NotificationsKept);
            await db.Trays.Where(t => old.Any(n => n.PersonId == t.PersonId && n.SeenAt == null)).ExecuteUpdateAsync(
                s => s.SetProperty(t => t.Unseen, t => db.Notifications.Count(n => n.PersonId == t.PersonId && n.SeenAt == null && n.At >= now - NotificationsKept))
                    .SetProperty(t => t.Number, t => t.Number + 1), ct);
            await old.ExecuteDeleteAsync(ct);
            // Nobody has ever come in with them, so nothing hangs on them; the address is free again.
            await db.Users.Where(u => !u.EmailConfirmed && u.JoinedAt < now - UnconfirmedKept).ExecuteDeleteAsync(ct);
            return true;
        }, cancellationToken);
        return Unit.Value;
    }
}

/// <summary>Puts the daily tidying on the schedule.</summary>
internal sealed class TidyDaily(ISchedule schedule, IHostEnvironment environment) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => environment.IsEnvironment("Testing")
        ? Task.CompletedTask // there the schedule is run by hand
        : schedule.Every("host/tidy", TimeSpan.FromDays(1), new Tidy(), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
