using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Accounts;

[AllowAnonymous]
[EnableRateLimiting(Limits.Login)]
internal sealed class RegisterPage : AccountPage
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Mail { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public IActionResult OnGet() => MeOrNull is null ? Page() : LocalRedirect(OurOwn(ReturnUrl, "/"));

    public async Task<IActionResult> OnPost()
    {
        foreach (var problem in await Send(new RegisterProblemsQuery(Name, Mail, Password)))
            Check(problem);
        return await Do(
            new Register(Name, Mail, Password, Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : null),
            mail =>
            {
                TempData[DevelopmentMail] = mail?.ToString();
                return Redirect("/account/sent");
            },
            () => Task.CompletedTask);
    }
}
