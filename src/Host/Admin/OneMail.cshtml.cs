using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Notifications;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Admin;

/// <summary>One mail. Codes that open an account are only shown where an admin reads the files anyway.</summary>
[Authorize(Policies.Admin)]
internal sealed partial class OneMailPage(HostDb db, MailCarrier carrier, MailBell bell, TimeProvider clock) : ModulePage
{
    public Mail Mail { get; private set; } = null!;

    public string Html => MailCarrier.Paragraphs(carrier.ToFolder ? Mail.Body : Code().Replace(Mail.Body, "${what}=…"));

    public async Task OnGet(Guid id, CancellationToken ct) => Mail = await db.Mails.FindAsync([id], ct) ?? throw new NotFound();

    public async Task<IActionResult> OnPost(Guid id, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await db.InTurn(token => db.Mails.Where(m => m.Id == id && m.State != MailState.Sent).ExecuteUpdateAsync(
            s => s.SetProperty(m => m.State, MailState.Queued).SetProperty(m => m.Attempts, 0).SetProperty(m => m.NextAt, now), token), ct);
        bell.Ring();
        Tell("It is tried again now.");
        return Redirect($"/admin/mail/{id:N}");
    }

    [GeneratedRegex(@"\b(?<what>code|token)=[^&\s]+", RegexOptions.NonBacktracking)]
    private static partial Regex Code();
}
