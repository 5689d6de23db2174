using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Notifications;

/// <summary>What a person is told of, newest first; a thread's stand together. The bell in the header asks for its count alone, after the page has loaded.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class TrayPage(HostDb db, NoticeWords words) : ModulePage
{
    /// <summary>Where it is.</summary>
    public const string Address = "/notifications";

    private const int PageSize = 30;

    /// <summary>What is shown as one: the newest of them speaks, the others are counted.</summary>
    public IReadOnlyList<IReadOnlyList<NoticeText>> Bundles { get; private set; } = [];

    public int Unseen { get; private set; }

    public long Number { get; private set; }

    /// <summary>The last of this page, where there are older ones.</summary>
    public Guid? Older { get; private set; }

    public async Task OnGet(Guid? before, CancellationToken ct)
    {
        await Count(ct);
        var mine = db.Notifications.AsNoTracking().Where(n => n.PersonId == Me);
        if (before is not null)
        {
            var last = await mine.Where(n => n.Id == before).Select(n => new { n.At, n.Id }).SingleOrDefaultAsync(ct) ?? throw new NotFound();
            mine = mine.Where(n => n.At < last.At || (n.At == last.At && n.Id < last.Id));
        }

        var page = await mine.OrderByDescending(n => n.At).ThenByDescending(n => n.Id).Take(PageSize + 1).ToListAsync(ct);
        Older = page.Count > PageSize ? page[PageSize - 1].Id : null;
        var shown = await words.Of([.. page.Take(PageSize)], Me, ct);
        // Seen and unseen stand apart, so that what is new is never behind something old.
        Bundles = [.. shown.GroupBy(t => (t.Of.BundleId, t.Of.Kind, t.Of.Detail, t.Of.SeenAt is null)).Select(g => (IReadOnlyList<NoticeText>)[.. g])];
    }

    /// <summary>For the bell.</summary>
    public async Task<JsonResult> OnGetCount(CancellationToken ct)
    {
        await Count(ct);
        Response.Headers.CacheControl = "no-store";
        return new JsonResult(new { unseen = Unseen, number = Number, label = Label(Texts, Unseen) });
    }

    /// <summary>All, or with an id one and what is about the same.</summary>
    public async Task<IActionResult> OnPost(Guid? id)
    {
        await Send(new MarkSeen(Me, id));
        return Redirect(Address);
    }

    /// <summary>By script: the same for a link that is followed, or for a thread that is open before the reader's eyes.</summary>
    public async Task<NoContentResult> OnPostSeen(Guid? id, Guid? thread)
    {
        if (id is null && thread is null)
            throw new NotFound();
        await Send(new MarkSeen(Me, id, thread));
        return new();
    }

    /// <summary>What the bell is called.</summary>
    public static string Label(Microsoft.Extensions.Localization.IStringLocalizer text, int unseen) =>
        unseen == 0 ? text["Notifications"] : text.Count("Notifications: 1 new|Notifications: {0} new", unseen);

    private async Task Count(CancellationToken ct)
    {
        var tray = await db.Trays.AsNoTracking().SingleOrDefaultAsync(t => t.PersonId == Me, ct);
        (Unseen, Number) = (tray?.Unseen ?? 0, tray?.Number ?? 0);
    }
}
