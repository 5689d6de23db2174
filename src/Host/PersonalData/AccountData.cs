using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Accounts;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.PersonalData;

/// <summary>The account itself, with its notifications and mails.</summary>
internal sealed class AccountData(HostDb db) : IPersonalData
{
    public string Folder => "account";

    public async Task Export(Guid personId, PersonalArchive archive, CancellationToken ct)
    {
        var account = await db.Users.AsNoTracking().Where(u => u.Id == personId)
            .Select(u => new { u.Id, u.Name, Mail = u.Email, MailConfirmed = u.EmailConfirmed, u.JoinedAt, u.Language, u.Zone, u.Hue }).SingleOrDefaultAsync(ct);
        var roles = await db.UserRoles.Where(r => r.UserId == personId).Join(db.Roles, r => r.RoleId, r => r.Id, (_, r) => r.Name).ToListAsync(ct);
        var choices = await db.MailChoices.AsNoTracking().Where(c => c.PersonId == personId).ToListAsync(ct);
        await archive.Json("account.json", new { account, roles, mails = choices.Select(c => new { kind = c.Kind.ToString(), pace = c.Pace.ToString() }) }, ct);
        await archive.Json("notifications.json", await db.Notifications.AsNoTracking().Where(n => n.PersonId == personId).OrderBy(n => n.At)
            .Select(n => new { n.At, n.Title, n.Place, n.Note, n.Link, n.SeenAt }).ToListAsync(ct), ct);
        var address = account?.Mail;
        await archive.Json("mails.json", await db.Mails.AsNoTracking().Where(m => m.PersonId == personId || m.To == address).OrderBy(m => m.QueuedAt)
            .Select(m => new { m.QueuedAt, m.SentAt, m.Subject }).ToListAsync(ct), ct); // without their texts: links in them open the account
    }

    public async Task<Refused?> Obstacle(Guid personId, CancellationToken ct)
    {
        var admin = await db.Roles.Where(r => r.Name == Policies.Admin).Select(r => r.Id).SingleOrDefaultAsync(ct);
        var admins = await db.UserRoles.Where(r => r.RoleId == admin).Select(r => r.UserId).Take(2).ToListAsync(ct);
        return admins.Count == 1 && admins[0] == personId ? Refusals.LastAdmin() : null;
    }

    public Task Erase(Guid personId, Guid nobody, DateTimeOffset now, CancellationToken ct) => db.InTurn(async token =>
    {
        var address = await db.Users.Where(u => u.Id == personId).Select(u => u.Email).SingleOrDefaultAsync(token);
        await db.Notifications.Where(n => n.PersonId == personId).ExecuteDeleteAsync(token);
        await db.Trays.Where(t => t.PersonId == personId).ExecuteDeleteAsync(token);
        await db.MailChoices.Where(c => c.PersonId == personId).ExecuteDeleteAsync(token);
        await db.Mails.Where(m => m.PersonId == personId || m.To == address).ExecuteDeleteAsync(token);
        await db.Set<TakeawayFile>().Where(f => f.PersonId == personId).ExecuteDeleteAsync(token);
        await db.Set<Takeaway>().Where(t => t.PersonId == personId).ExecuteDeleteAsync(token);
        await db.Users.Where(u => u.Id == personId).ExecuteDeleteAsync(token); // roles, logins and passkeys go with it
        await db.Set<Departure>().Where(d => d.PersonId == personId).ExecuteDeleteAsync(token);
        return true;
    }, ct);
}
