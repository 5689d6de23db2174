using Microsoft.AspNetCore.Authorization;

namespace MoocPlatform.Host.Accounts;

[AllowAnonymous]
internal sealed class SentPage(IHostEnvironment environment) : AccountPage
{
    public bool InDevelopment { get; } = environment.IsDevelopment();

    public string? MailId { get; private set; }

    public void OnGet() => MailId = TempData[DevelopmentMail]?.ToString(); // the framework reads it back as a Guid
}
