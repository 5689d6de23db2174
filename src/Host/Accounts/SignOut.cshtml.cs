using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Accounts;

[AllowAnonymous]
internal sealed class SignOutPage(SignInManager<Account> tickets, Live live) : AccountPage
{
    public IActionResult OnGet() => MeOrNull is null ? Redirect("/") : Page();

    public async Task<IActionResult> OnPost()
    {
        await tickets.SignOutAsync();
        if (MeOrNull is { } me)
            live.Cut(me); // other tabs of this browser; who is signed in elsewhere comes back
        return Redirect("/");
    }
}
