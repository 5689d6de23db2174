using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Accounts;

/// <summary>Makes accounts that need no confirmation: demo people, the first admin, an admin from the command line.</summary>
internal sealed class AccountMaker(HostDb db, UserManager<Account> users, RoleGiver roles, TimeProvider clock)
{
    /// <summary>The id of the person of this address with this role; made if there is none. An existing name and password stay.</summary>
    /// <param name="password">Null: none yet, to be chosen by a link.</param>
    public async Task<Guid> Ensure(string name, string mail, string? password, string? role)
    {
        var account = await users.FindByEmailAsync(mail);
        if (account is null)
        {
            var id = clock.NewKey();
            account = new Account { Id = id, UserName = mail, Email = mail, EmailConfirmed = true, Name = name, Hue = Hues.Of(id), JoinedAt = clock.GetUtcNow() };
            var made = await (password is null ? users.CreateAsync(account) : users.CreateAsync(account, password));
            if (!made.Succeeded)
                throw new InvalidOperationException(string.Join(' ', made.Errors.Select(e => e.Description)));
        }

        if (role is not null)
            await roles.Give(account, role);
        return account.Id;
    }

    /// <summary>Whether somebody runs the site.</summary>
    public async Task<bool> HasAdmin(CancellationToken ct) => await FirstAdmin(ct) is not null;

    /// <summary>The admin who has been here longest; null: none.</summary>
    public Task<Guid?> FirstAdmin(CancellationToken ct) =>
        db.UserRoles.Join(db.Roles.Where(r => r.Name == Policies.Admin), r => r.RoleId, r => r.Id, (given, _) => (Guid?)given.UserId).OrderBy(id => id).FirstOrDefaultAsync(ct);
}
