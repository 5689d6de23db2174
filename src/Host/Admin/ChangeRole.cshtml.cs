using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Host.Accounts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Admin;

/// <summary>Asks before a role is given or taken; the answer does it.</summary>
[Authorize(Policies.Admin)]
internal sealed class ChangeRolePage(UserManager<Account> users) : ModulePage
{
    public Account Account { get; private set; } = null!;

    [BindProperty(SupportsGet = true)]
    public string Role { get; set; } = "";

    public bool Has { get; private set; }

    public async Task OnGet(Guid id) => await Load(id);

    public Task<IActionResult> OnPost(Guid id, bool give) => Do(
        new ChangeRole(id, Role, give, Me),
        _ =>
        {
            Tell(give ? "The role is given." : "The role is taken.");
            return Redirect($"/admin/users/{id:N}");
        },
        () => Load(id));

    private async Task Load(Guid id)
    {
        Account = await users.FindByIdAsync(id.ToString()) ?? throw new NotFound();
        if (!RoleGiver.All.Contains(Role))
            throw new NotFound();
        Has = await users.IsInRoleAsync(Account, Role);
    }
}
