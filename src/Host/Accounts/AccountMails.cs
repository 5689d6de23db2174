using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using MoocPlatform.Host.Notifications;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Host.Web;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Accounts;

/// <summary>
/// The mails about an account, in the language of who asked for them. Each is queued; at most three an hour go to one address,
/// so that nobody can be flooded by somebody else. Each returns the id of the mail, or null when there were enough.
/// </summary>
internal sealed class AccountMails(HostDb db, UserManager<Account> users, IStringLocalizer<Text> text, Site site, MailBell bell, TimeProvider clock)
{
    private const int MostInAnHour = 3;

    public async Task<Guid?> Confirm(Account account, string? returnUrl, CancellationToken ct) => await Queue(
        account, text["Confirm your address for {0}", site.Name],
        text["Hello {0},\n\nopen this address to confirm that the mail address is yours:\n\n{1}\n\nIt works for one hour and once. If you did not register at {2}, do nothing: without this step nothing happens.",
            account.Name, Link("confirm", account, await users.GenerateEmailConfirmationTokenAsync(account), returnUrl), site.Name], ct);

    public async Task<Guid?> Reset(Account account, CancellationToken ct) => await Queue(
        account, text["Choose a new password for {0}", site.Name],
        text["Hello {0},\n\nopen this address to choose a new password:\n\n{1}\n\nIt works for one hour and once. If you did not ask for it, do nothing: your password stays as it is.",
            account.Name, await ResetLink(account), site.Name], ct);

    public Task<Guid?> Taken(Account account, CancellationToken ct) => Queue(
        account, text["You have an account at {0}", site.Name],
        text["Hello {0},\n\nsomebody, perhaps you, wanted to register at {1} with this mail address. You have an account already. Sign in here:\n\n{2}\n\nIf you have forgotten your password, choose a new one here:\n\n{3}",
            account.Name, site.Name, site.Link("/account/sign-in"), site.Link("/account/forgot")], ct);

    /// <param name="due">When the account will be gone.</param>
    public Task<Guid?> Leaving(Account account, DateTimeOffset due, CancellationToken ct) => Queue(
        account, text["Your account at {0} will be deleted", site.Name],
        text["Hello {0},\n\nyou have asked us to delete your account at {1}. It will be gone on {2} (UTC).\n\nIf you change your mind, or if it was not you, sign in before and choose to stay:\n\n{3}",
            account.Name, site.Name, due.UtcDateTime.ToString("d MMMM yyyy, HH:mm", System.Globalization.CultureInfo.CurrentUICulture), site.Link("/account/data")], ct);

    /// <summary>The address under which a new password can be chosen: for the mail, or for the console.</summary>
    public async Task<string> ResetLink(Account account) => Link("reset", account, await users.GeneratePasswordResetTokenAsync(account), null);

    private string Link(string page, Account account, string code, string? returnUrl) =>
        site.Link($"/account/{page}?person={account.Id:N}&code={code}{(returnUrl is null ? "" : "&returnUrl=" + Uri.EscapeDataString(returnUrl))}");

    private async Task<Guid?> Queue(Account account, string subject, string body, CancellationToken ct)
    {
        var hourAgo = clock.GetUtcNow().AddHours(-1);
        if (await db.Mails.Where(m => m.To == account.Email && m.QueuedAt > hourAgo).OrderBy(m => m.QueuedAt).Take(MostInAnHour).CountAsync(ct) == MostInAnHour)
            return null;
        var mail = Mail.New(account.Email!, subject, body, clock);
        db.Add(mail);
        await db.SaveChangesAsync(ct);
        bell.Ring();
        return mail.Id;
    }
}
