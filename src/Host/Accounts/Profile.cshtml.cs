using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Accounts;

[Authorize(Policies.SignedIn)]
internal sealed class ProfilePage(UserManager<Account> users) : AccountPage
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Current { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public string Mail { get; private set; } = "";

    public async Task OnGet() => Name = (await Load()).Name;

    public Task<IActionResult> OnPostName() => Do(new ChangeName(Me, Name), _ => Done("Your name is saved."), Load);

    public Task<IActionResult> OnPostPassword() => Do(
        new ChangePassword(Me, Current, Password), _ => Done("The new password is saved. Other devices are signed out."), async () => Name = (await Load()).Name);

    public Task<IActionResult> OnPostEverywhere() => Do(
        new SignOutEverywhere(Me),
        _ =>
        {
            Tell("You are signed out everywhere.");
            return Redirect("/account/sign-in");
        },
        Load);

    private RedirectResult Done(string said)
    {
        Tell(said);
        return Redirect("/account");
    }

    private async Task<Account> Load()
    {
        var account = await users.FindByIdAsync(Me.ToString()) ?? throw new NotFound();
        Mail = account.Email!;
        return account;
    }
}
