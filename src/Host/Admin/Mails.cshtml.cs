using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Notifications;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Admin;

/// <summary>Which mails wait, were sent, or were given up.</summary>
[Authorize(Policies.Admin)]
internal sealed class MailsPage(HostDb db, MailCarrier carrier) : ModulePage
{
    public IReadOnlyList<Mail> Mails { get; private set; } = [];

    public MailState? State { get; private set; }

    public Guid? Older { get; private set; }

    /// <summary>Where mails are written; null: a mail server takes them.</summary>
    public string? Folder { get; } = carrier.ToFolder ? carrier.Folder : null;

    public async Task OnGet(MailState? state, Guid? before, CancellationToken ct)
    {
        State = state;
        var mails = await db.Mails.AsNoTracking().Where(m => (state == null || m.State == state) && (before == null || m.Id < before))
            .OrderByDescending(m => m.Id).Take(JobsPage.PageSize + 1).ToListAsync(ct);
        Mails = [.. mails.Take(JobsPage.PageSize)];
        Older = mails.Count > JobsPage.PageSize ? Mails[^1].Id : null;
    }
}
