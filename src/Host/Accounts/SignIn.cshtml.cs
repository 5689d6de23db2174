using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Host.Commands;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Accounts;

[AllowAnonymous]
[EnableRateLimiting(Limits.Login)]
internal sealed class SignInPage(IHostEnvironment environment, FirstStart firstStart) : AccountPage
{
    [BindProperty]
    public string? Mail { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>Whoever is signed in wants to sign in again, perhaps as somebody else.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Anew { get; set; }

    /// <summary>Who can be signed in by one click; nobody outside Development.</summary>
    public IReadOnlyList<DemoPerson> Demo { get; private set; } = [];

    public async Task<IActionResult> OnGet()
    {
        if (MeOrNull is not null && !Anew)
            return LocalRedirect(OurOwn(ReturnUrl, EnrollmentLinks.Dashboard));
        await Load();
        return Page();
    }

    public Task<IActionResult> OnPost() => Do(
        new SignIn(Mail, Password),
        done =>
        {
            if (done.Confirmed)
                return LocalRedirect(OurOwn(ReturnUrl, EnrollmentLinks.Dashboard));
            TempData[DevelopmentMail] = done.MailId?.ToString();
            return Redirect("/account/sent");
        },
        Load);

    private async Task Load() => Demo = environment.IsDevelopment() && await firstStart.HasDemo(HttpContext.RequestAborted) ? DemoPeople.All : [];
}
