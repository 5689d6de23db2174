using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Dashboard;

/// <summary>The address of one's own calendar: to see, to make anew, to take back.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class CalendarModel(MyCalendar calendar) : ModulePage
{
    public const string Place = "/my/calendar";

    /// <summary>Null: there is none.</summary>
    public string? Address { get; private set; }

    public async Task OnGetAsync()
    {
        Response.Headers.CacheControl = "no-store";
        Address = await calendar.AddressOf(Me, HttpContext.RequestAborted);
    }

    public async Task<IActionResult> OnPostRenewAsync()
    {
        await calendar.Renew(Me, HttpContext.RequestAborted);
        Tell("Your calendar has a new address.");
        return LocalRedirect(Place);
    }

    public async Task<IActionResult> OnPostRevokeAsync()
    {
        await calendar.Revoke(Me, HttpContext.RequestAborted);
        Tell("The address of your calendar leads nowhere any more.");
        return LocalRedirect(Place);
    }
}
