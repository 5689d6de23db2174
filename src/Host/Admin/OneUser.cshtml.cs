using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using MoocPlatform.Host.Accounts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Admin;

/// <summary>A person, as an admin sees them.</summary>
[Authorize(Policies.Admin)]
internal sealed class OneUserPage(UserManager<Account> users) : ModulePage
{
    public Account Account { get; private set; } = null!;

    public IList<string> Roles { get; private set; } = [];

    public async Task OnGet(Guid id)
    {
        Account = await users.FindByIdAsync(id.ToString()) ?? throw new NotFound();
        Roles = await users.GetRolesAsync(Account);
    }
}
