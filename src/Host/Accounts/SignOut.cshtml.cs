using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace MoocPlatform.Host.Accounts;

[AllowAnonymous]
internal sealed class SignOutPage(SignInManager<Account> tickets) : AccountPage
{
    public IActionResult OnGet() => MeOrNull is null ? Redirect("/") : Page();

    public async Task<IActionResult> OnPost()
    {
        await tickets.SignOutAsync();
        return Redirect("/");
    }
}
