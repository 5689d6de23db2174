using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Notifications;

/// <summary>
/// The last look at a mail before it is sent: is it still wanted, does its reader still exist, and, where its words are found and not kept,
/// what may be told now. At each try anew.
/// </summary>
internal sealed class NoticeMails(HostDb db, NoticeWords words, IStringLocalizer<Text> text, Site site, Unsubscribing unsubscribing)
{
    /// <summary>Notifications told with words in one mail; the others are counted.</summary>
    public const int MostLines = 20;

    /// <summary>Looked through for those, newest first: some may be hidden by now.</summary>
    private const int MostLookedAt = 60;

    /// <summary>Null: send it. Otherwise the reason why not, for the admin.</summary>
    public async Task<string?> Prepare(Mail mail, CancellationToken ct)
    {
        if (mail.PersonId is not { } person)
            return null;
        var to = await db.Users.AsNoTracking().Where(u => u.Id == person && u.EmailConfirmed && u.Email == mail.To)
            .Select(u => new Recipient(u.Id, u.Name, u.Email!, u.Language, u.Zone)).SingleOrDefaultAsync(ct);
        if (to is null)
            return SkipReasons.Gone;
        var off = await db.MailChoices.AsNoTracking().Where(c => c.PersonId == person && c.Pace == MailPace.Off).Select(c => c.Kind).ToListAsync(ct);
        if (mail.Kind is { } kind && off.Contains(kind))
            return SkipReasons.TurnedOff;
        if (mail.Words == MailWords.Kept)
            return null;

        if (mail.Kind is null && mail.Pace is { } pace)
            await db.InTurn(token => db.Notifications.Where(n => n.PersonId == person && n.Pace == pace && n.MailId == null && n.SeenAt == null && !off.Contains(n.Kind))
                .ExecuteUpdateAsync(s => s.SetProperty(n => n.MailId, mail.Id), token), ct);
        var mine = db.Notifications.AsNoTracking().Where(n => n.PersonId == person && n.MailId == mail.Id && !off.Contains(n.Kind));
        var unseen = mine.Where(n => n.SeenAt == null);
        var newest = await unseen.OrderByDescending(n => n.At).ThenByDescending(n => n.Id).Take(MostLookedAt).ToListAsync(ct);
        if (newest.Count == 0)
            return await mine.AnyAsync(ct) ? SkipReasons.Seen : SkipReasons.Nothing;

        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        var culture = CultureInfo.GetCultureInfo(to.Language is { } code && Words.Languages.Contains(code) ? code : Words.Languages[0]);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
        try
        {
            var lines = new List<NoticeText>(MostLines);
            var (looked, more) = (0, 0);
            foreach (var some in newest.Chunk(MostLines).TakeWhile(_ => lines.Count < MostLines))
            {
                var found = await words.Of(some, person, ct);
                var room = Math.Min(found.Count, MostLines - lines.Count);
                lines.AddRange(found.Take(room));
                (looked, more) = (looked + some.Length, more + found.Count - room);
            }

            if (lines.Count == 0)
                return SkipReasons.Hidden;
            more += (newest.Count < MostLookedAt ? newest.Count : await unseen.CountAsync(ct)) - looked;
            mail.Say(Write(mail, to, lines, Math.Max(0, more)));
            return null;
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    private Letter Write(Mail mail, Recipient to, List<NoticeText> lines, int more)
    {
        var body = new StringBuilder(text["Hello {0},", to.Name]);
        foreach (var bundle in lines.GroupBy(l => l.Of.BundleId))
        {
            body.Append("\n\n");
            if (bundle.First().Place is { Length: > 0 } place)
                body.Append(place).Append('\n');
            foreach (var line in bundle.OrderBy(l => l.Of.At))
                body.Append("• ").Append(line.What).Append(line.More.Length > 0 ? ": " + line.More : "").Append(" (").Append(When(line.Of.At, to.Zone)).Append(")\n");
            body.Append(site.Link(bundle.MinBy(l => l.Of.At)!.Link));
        }

        if (more > 0)
            body.Append("\n\n").Append(text.Count("And 1 more:|And {0} more:", more)).Append(' ').Append(site.Link(TrayPage.Address));
        string why = mail.Pace switch
        {
            MailPace.Daily => text["This mail comes once a day, and only when there is something new."],
            MailPace.Weekly => text["This mail comes once a week, and only when there is something new."],
            _ => text["This mail comes at once, as you have chosen or as is usual for it."],
        };
        body.Append("\n\n").Append(why).Append('\n').Append(text["Choose what comes by mail: {0}", site.Link(ChooseMailsPage.Address)])
            .Append('\n').Append(text["No more of these mails: {0}", unsubscribing.Link(mail.Unsubscribe!)]);
        var count = lines.Count + more;
        return new(count == 1 ? lines[0].What : text.Count("1 thing is new in your courses|{0} things are new in your courses", count), body.ToString());
    }

    private static string When(DateTimeOffset at, string? zone)
    {
        var place = zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? known : TimeZoneInfo.Utc;
        return TimeZoneInfo.ConvertTime(at, place).ToString("ddd d MMM, HH:mm", CultureInfo.CurrentUICulture) + (place.Equals(TimeZoneInfo.Utc) ? " UTC" : "");
    }
}

/// <summary>Why a mail was rightly not sent; kept with the mail, shown to the admin in their language.</summary>
internal static class SkipReasons
{
    public const string Gone = "There is no such person any more.";
    public const string TurnedOff = "Its reader has turned such mails off.";
    public const string Seen = "Its reader had seen everything before.";
    public const string Hidden = "Its reader may not see it any more.";
    public const string Nothing = "There is nothing to tell any more.";
}
