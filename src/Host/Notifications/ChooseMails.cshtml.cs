using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Notifications;

/// <summary>When each kind comes by mail, in which language, and where the reader's morning is.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class ChooseMailsPage(HostDb db) : ModulePage
{
    /// <summary>Where it is.</summary>
    public const string Address = "/account/notifications";

    public static readonly IReadOnlyList<string> Zones = [.. TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id)
        .Where(id => id == "UTC" || (id.Contains('/') && !id.StartsWith("Etc/", StringComparison.Ordinal))).Order(StringComparer.Ordinal)];

    /// <summary>The kinds that may come to this person.</summary>
    public IReadOnlyDictionary<NoticeKind, MailPace> Chosen { get; private set; } = new Dictionary<NoticeKind, MailPace>();

    public string Mail { get; private set; } = "";

    public string Language { get; private set; } = "";

    public string Zone { get; private set; } = "";

    public async Task OnGet(CancellationToken ct)
    {
        var account = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == Me, ct) ?? throw new NotFound();
        var choices = await db.MailChoices.AsNoTracking().Where(c => c.PersonId == Me).ToDictionaryAsync(c => c.Kind, c => c.Pace, ct);
        var teaches = await Send(new TeachesQuery(Me));
        Chosen = NoticeKinds.All.Where(k => k != NoticeKind.Queue || teaches).ToDictionary(k => k, k => choices.TryGetValue(k, out var pace) ? pace : NoticeKinds.Usual(k));
        Mail = account.Email!;
        Language = account.Language ?? CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        Zone = account.Zone ?? Reader.Zone?.Id ?? "UTC";
    }

    public async Task<IActionResult> OnPost(Dictionary<string, string> pace, string? language, string? zone)
    {
        var paces = new Dictionary<NoticeKind, MailPace>();
        foreach (var (kind, chosen) in pace)
            if (Enum.TryParse<NoticeKind>(kind, out var k) && Enum.TryParse<MailPace>(chosen, out var p))
                paces[k] = p;
        await Send(new ChooseMails(Me, paces, language, zone));
        Tell("What comes by mail is saved.");
        return Redirect(Address);
    }

    /// <summary>A kind in words.</summary>
    public static string Name(IStringLocalizer text, NoticeKind kind) => kind switch
    {
        NoticeKind.Mention => text["Somebody mentions me"],
        NoticeKind.Reply => text["Replies in threads that I began or follow"],
        NoticeKind.Thread => text["New threads that I am to hear of"],
        NoticeKind.Mark => text["My answer is accepted or endorsed"],
        NoticeKind.Moderation => text["The team does something to what I wrote"],
        NoticeKind.Announcement => text["Announcements of my courses"],
        NoticeKind.Badge => text["My badges: issued or revoked"],
        NoticeKind.TeamMessage => text["The team of a course writes to me"],
        NoticeKind.Queue => text["Something waits for the team in a discussion of mine: a report, a first text, an answer"],
        _ => text["Receipts and scores of quizzes"],
    };

    /// <summary>A pace in words.</summary>
    public static string Name(IStringLocalizer text, MailPace pace) => pace switch
    {
        MailPace.Off => text["Not by mail"],
        MailPace.Now => text["At once"],
        MailPace.Daily => text["Once a day, at 8 in the morning"],
        _ => text["Once a week, on Monday at 8"],
    };
}
