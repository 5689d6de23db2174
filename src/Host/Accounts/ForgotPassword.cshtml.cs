using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Accounts;

[AllowAnonymous]
[EnableRateLimiting(Limits.Mail)]
internal sealed class ForgotPasswordPage : AccountPage
{
    [BindProperty]
    public string? Mail { get; set; }

    public void OnGet()
    {
    }

    public Task<IActionResult> OnPost() => Do(
        new ForgotPassword(Mail),
        mail =>
        {
            TempData[DevelopmentMail] = mail?.ToString();
            return Redirect("/account/sent");
        },
        () => Task.CompletedTask);
}
