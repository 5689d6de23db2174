using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Notifications;

/// <summary>A mail as its receiver reads it: in Development, where mail goes to a folder. Elsewhere this page is not there.</summary>
[AllowAnonymous]
internal sealed class DevMailPage(HostDb db) : PageModel
{
    public Mail Mail { get; private set; } = null!;

    /// <summary>The paragraphs, made of the text by the same code as the mail itself.</summary>
    public string Html => MailCarrier.Paragraphs(Mail.Body);

    public async Task OnGet(Guid id, CancellationToken ct) => Mail = await db.Mails.FindAsync([id], ct) ?? throw new NotFound();
}
