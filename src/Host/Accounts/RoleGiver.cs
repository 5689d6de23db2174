using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Accounts;

/// <summary>Gives and takes the roles of the site. Tickets follow within a minute.</summary>
internal sealed class RoleGiver(AccountChange accounts, UserManager<Account> users, RoleManager<IdentityRole<Guid>> roles, StaffNames staff, TimeProvider clock)
{
    /// <summary>The roles there are.</summary>
    public static readonly IReadOnlyList<string> All = [Policies.Teacher, Policies.Admin];

    public async Task Give(Account account, string role)
    {
        try
        {
            if (!await roles.RoleExistsAsync(role))
                await roles.CreateAsync(new IdentityRole<Guid>(role) { Id = clock.NewKey() });
        }
        catch (DbUpdateException e) when (Database.IsDuplicate(e))
        {
            // Another node has just made it.
        }

        await accounts.Make(account.Id, async a => await users.IsInRoleAsync(a, role) ? IdentityResult.Success : await users.AddToRoleAsync(a, role));
        staff.Forget();
    }

    public async Task Take(Account account, string role)
    {
        await accounts.Make(account.Id, async a => await users.IsInRoleAsync(a, role) ? await users.RemoveFromRoleAsync(a, role) : IdentityResult.Success);
        staff.Forget();
    }
}
