using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Notifications;

/// <summary>
/// Queues a mail for everyone whose morning has come: what waits for the day's mail, or the week's. The mail and the end of its date are one save,
/// and its id is made of the person and the date: stopped in between, asked twice or by two nodes, there is one.
/// </summary>
internal sealed record QueueMorningMails : IRequest;

internal sealed class QueueMorningMailsHandler(HostDb db, Unsubscribing unsubscribing, MailBell bell, TimeProvider clock) : IRequestHandler<QueueMorningMails, Unit>
{
    private const int AtOnce = 200;

    public async Task<Unit> Handle(QueueMorningMails request, CancellationToken cancellationToken)
    {
        foreach (var pace in (MailPace[])[MailPace.Daily, MailPace.Weekly])
            while (await QueueSome(pace, cancellationToken))
                bell.Ring();
        return Unit.Value;
    }

    private async Task<bool> QueueSome(MailPace pace, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        try
        {
            return await db.InTurn(async token =>
            {
                var due = await (pace == MailPace.Daily
                    ? db.Trays.AsNoTracking().Where(t => t.DailyAt <= now).OrderBy(t => t.DailyAt).ThenBy(t => t.PersonId)
                    : db.Trays.AsNoTracking().Where(t => t.WeeklyAt <= now).OrderBy(t => t.WeeklyAt).ThenBy(t => t.PersonId)).Take(AtOnce).ToListAsync(token);
                if (due.Count == 0)
                    return false;

                var people = due.Select(t => t.PersonId).ToList();
                var addresses = await db.Users.AsNoTracking().Where(u => people.Contains(u.Id) && u.EmailConfirmed && u.Email != null)
                    .ToDictionaryAsync(u => u.Id, u => u.Email!, token);
                foreach (var tray in due)
                    if (addresses.TryGetValue(tray.PersonId, out var to)) // who is gone gets none
                        db.Add(Mail.Together(IdOf(tray, pace), tray.PersonId, to, pace, unsubscribing.Token(tray.PersonId, pace), clock));
                await db.SaveChangesAsync(token);

                await (pace == MailPace.Daily
                    ? db.Trays.Where(t => people.Contains(t.PersonId) && t.DailyAt <= now).ExecuteUpdateAsync(s => s.SetProperty(t => t.DailyAt, (DateTimeOffset?)null), token)
                    : db.Trays.Where(t => people.Contains(t.PersonId) && t.WeeklyAt <= now).ExecuteUpdateAsync(s => s.SetProperty(t => t.WeeklyAt, (DateTimeOffset?)null), token));
                return true;
            }, ct);
        }
        catch (DbUpdateException e) when (Database.IsDuplicate(e))
        {
            return true; // another node queues them: whoever is left is found in the next round
        }
    }

    private static Guid IdOf(Tray tray, MailPace pace)
    {
        Span<byte> when = stackalloc byte[16];
        BitConverter.TryWriteBytes(when, (int)pace);
        BitConverter.TryWriteBytes(when[8..], (pace == MailPace.Daily ? tray.DailyAt : tray.WeeklyAt)!.Value.UtcTicks);
        return Notification.IdOf(tray.PersonId, new Guid(when));
    }
}

/// <summary>Puts the looking for mornings on the schedule. Every zone's offset is a multiple of a quarter of an hour.</summary>
internal sealed class MorningMailsRegularly(ISchedule schedule, IHostEnvironment environment) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => environment.IsEnvironment("Testing")
        ? Task.CompletedTask // there the schedule is run by hand
        : schedule.Every("host/morning-mails", TimeSpan.FromMinutes(15), new QueueMorningMails(), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
