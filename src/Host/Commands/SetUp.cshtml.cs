using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Accounts;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Commands;

/// <summary>There only as long as a code waits on the console.</summary>
[AllowAnonymous]
[EnableRateLimiting(Limits.Login)]
internal sealed class SetUpPage(HostDb db) : AccountPage
{
    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Mail { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public Task OnGet(CancellationToken ct) => OnlyWhileOpen(ct);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await OnlyWhileOpen(ct);
        return await Do(new SetUp(Code, Name, Mail, Password), _ => Redirect("/admin"), () => Task.CompletedTask);
    }

    private async Task OnlyWhileOpen(CancellationToken ct)
    {
        if (!await db.Marks.AnyAsync(m => m.Key == FirstStart.CodeMark, ct))
            throw new NotFound();
    }
}
