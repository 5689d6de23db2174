using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Accounts;

/// <summary>Opening the link changes nothing: mail programs open links by themselves. The button does.</summary>
[AllowAnonymous]
[EnableRateLimiting(Limits.Login)]
internal sealed class ConfirmMailPage : AccountPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Person { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Code { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public void OnGet() => ModelState.Clear();

    public Task<IActionResult> OnPost() => Do(
        new ConfirmMail(Person, Code),
        _ =>
        {
            Tell("Your address is confirmed. You can sign in now.");
            return Redirect("/account/sign-in?returnUrl=" + Uri.EscapeDataString(OurOwn(ReturnUrl, "")));
        },
        () => Task.CompletedTask);
}
