using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Notifications;

/// <summary>Who is told: name, address, and language and zone where they are known.</summary>
internal sealed record Recipient(Guid Id, string Name, string Mail, string? Language, string? Zone);

/// <summary>The words of a mail.</summary>
internal sealed record Letter(string Subject, string Body);

/// <summary>
/// Tells people, up to <see cref="AtOnce"/> at a time in one short save: the notification, the count of the bell, and the mail or its date.
/// What is there already is not told again. Who is gone or has not confirmed an address is left out.
/// </summary>
internal sealed class Notices(HostDb db, Live live, MailBell bell, Unsubscribing unsubscribing, TimeProvider clock)
{
    /// <summary>The most at a time.</summary>
    public const int AtOnce = 500;

    /// <summary>So many mails at once an hour about what people write; what comes beyond waits for the morning.</summary>
    public const int MostMailsAnHour = 10;

    /// <param name="told">One for each person.</param>
    /// <param name="write">The words of a mail that is kept with its words; null: they are found when it is sent.</param>
    /// <param name="toMany">Whether the mails wait behind those written to one person.</param>
    public async Task Tell(IReadOnlyCollection<Notification> told, bool toMany, CancellationToken ct, Func<Notification, Recipient, Letter>? write = null)
    {
        if (told.Count == 0)
            return;
        var people = told.Select(n => n.PersonId).ToList();
        var recipients = await db.Users.AsNoTracking().Where(u => people.Contains(u.Id) && u.EmailConfirmed && u.Email != null)
            .Select(u => new Recipient(u.Id, u.Name, u.Email!, u.Language, u.Zone)).ToDictionaryAsync(r => r.Id, ct);
        told = [.. told.Where(n => recipients.ContainsKey(n.PersonId))];
        if (told.Count == 0)
            return;

        await ChoosePaces(told, recipients, ct);
        var mails = new Dictionary<Guid, Mail>();
        foreach (var one in told.Where(n => n.Pace == MailPace.Now))
        {
            var to = recipients[one.PersonId];
            mails[one.Id] = Mail.About(one, to, write?.Invoke(one, to), unsubscribing.Token(one.PersonId, one.Kind), clock, toMany);
        }

        IReadOnlyList<Tray>? rung = null;
        while (rung is null)
        {
            db.ChangeTracker.Clear();
            try
            {
                rung = await db.InTurn(token => Write(told, mails, recipients, token), ct);
            }
            catch (DbUpdateException e) when (Database.IsDuplicate(e))
            {
                // Another node tells the same people: what it wrote is found at the next try.
            }
        }

        db.ChangeTracker.Clear();
        foreach (var tray in rung)
            live.Tell(Tray.Channel(tray.PersonId), "notified", tray.Number);
        if (mails.Count > 0)
            bell.Ring();
    }

    private async Task ChoosePaces(IReadOnlyCollection<Notification> told, Dictionary<Guid, Recipient> recipients, CancellationToken ct)
    {
        var (people, kinds) = (recipients.Keys.ToList(), told.Select(n => n.Kind).Distinct().ToList());
        var chosen = await db.MailChoices.AsNoTracking().Where(c => people.Contains(c.PersonId) && kinds.Contains(c.Kind))
            .ToDictionaryAsync(c => (c.PersonId, c.Kind), c => c.Pace, ct);
        foreach (var one in told)
            one.Send(chosen.TryGetValue((one.PersonId, one.Kind), out var pace) ? pace : NoticeKinds.Usual(one.Kind));

        var atOnce = told.Where(n => n.Pace == MailPace.Now && NoticeKinds.MayBeMany(n.Kind)).ToList();
        if (atOnce.Count == 0)
            return;
        var (addresses, hourAgo) = (atOnce.Select(n => recipients[n.PersonId].Mail).ToList(), clock.GetUtcNow().AddHours(-1));
        var enough = (await db.Mails.Where(m => addresses.Contains(m.To) && m.QueuedAt > hourAgo && m.Kind != null).GroupBy(m => m.To)
            .Where(g => g.Count() >= MostMailsAnHour).Select(g => g.Key).ToListAsync(ct)).ToHashSet(StringComparer.Ordinal);
        foreach (var one in atOnce.Where(n => enough.Contains(recipients[n.PersonId].Mail)))
            one.Send(MailPace.Daily);
    }

    private async Task<IReadOnlyList<Tray>> Write(
        IReadOnlyCollection<Notification> told, Dictionary<Guid, Mail> mails, Dictionary<Guid, Recipient> recipients, CancellationToken ct)
    {
        var ids = told.Select(n => n.Id).ToList();
        var known = (await db.Notifications.Where(n => ids.Contains(n.Id)).Select(n => n.Id).ToListAsync(ct)).ToHashSet();
        var queued = (await db.Mails.Where(m => ids.Contains(m.Id)).Select(m => m.Id).ToListAsync(ct)).ToHashSet();
        var news = told.Where(n => !known.Contains(n.Id)).ToList();
        var people = news.Select(n => n.PersonId).ToList();
        var trays = (await db.Trays.Where(t => people.Contains(t.PersonId)).Select(t => t.PersonId).ToListAsync(ct)).ToHashSet();

        db.AddRange(news);
        db.AddRange(people.Where(p => !trays.Contains(p)).Select(p => new Tray { PersonId = p }));
        db.AddRange(mails.Values.Where(m => !queued.Contains(m.Id)));
        await db.SaveChangesAsync(ct);
        await db.Trays.Where(t => people.Contains(t.PersonId))
            .ExecuteUpdateAsync(s => s.SetProperty(t => t.Unseen, t => t.Unseen + 1).SetProperty(t => t.Number, t => t.Number + 1), ct);

        var now = clock.GetUtcNow();
        foreach (var morning in news.Where(n => n.Pace is MailPace.Daily or MailPace.Weekly)
            .GroupBy(n => (n.Pace, At: NoticeKinds.Morning(now, recipients[n.PersonId].Zone, n.Pace == MailPace.Weekly)), n => n.PersonId))
        {
            var (some, (pace, at)) = (morning.ToList(), morning.Key);
            await (pace == MailPace.Daily
                ? db.Trays.Where(t => some.Contains(t.PersonId) && t.DailyAt == null).ExecuteUpdateAsync(s => s.SetProperty(t => t.DailyAt, at), ct)
                : db.Trays.Where(t => some.Contains(t.PersonId) && t.WeeklyAt == null).ExecuteUpdateAsync(s => s.SetProperty(t => t.WeeklyAt, at), ct));
        }

        return await db.Trays.AsNoTracking().Where(t => people.Contains(t.PersonId)).ToListAsync(ct);
    }
}
