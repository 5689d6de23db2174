using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Accounts;

[AllowAnonymous]
[EnableRateLimiting(Limits.Login)]
internal sealed class ResetPasswordPage : AccountPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Person { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Code { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public void OnGet() => ModelState.Clear();

    public Task<IActionResult> OnPost() => Do(
        new ResetPassword(Person, Code, Password),
        _ =>
        {
            Tell("The new password is saved. Sign in with it.");
            return Redirect("/account/sign-in");
        },
        () => Task.CompletedTask);
}
