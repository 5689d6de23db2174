using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Accounts;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.PersonalData;

/// <summary>Take my data away, or delete my account.</summary>
[Authorize(Policies.SignedIn)]
[EnableRateLimiting(Limits.Post)]
internal sealed class MyDataPage(HostDb db, IEnumerable<IPersonalData> parts) : AccountPage
{
    public const string Address = "/account/data";

    public Takeaway? Takeaway { get; private set; }

    public Departure? Departure { get; private set; }

    /// <summary>Why the account cannot be deleted yet.</summary>
    public IReadOnlyList<string> Obstacles { get; private set; } = [];

    [BindProperty]
    public string? Current { get; set; }

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostTakeAsync()
    {
        await Send(new AskForMyData(Me));
        return LocalRedirect(Address);
    }

    public async Task<IActionResult> OnGetFileAsync()
    {
        var takeaway = await db.Set<Takeaway>().AsNoTracking().SingleOrDefaultAsync(t => t.PersonId == Me, HttpContext.RequestAborted);
        if (takeaway is null || !takeaway.CanBeFetched(Reader.Now))
            throw new NotFound();
        var content = await db.Set<TakeawayFile>().Where(f => f.PersonId == Me).Select(f => f.Content).SingleAsync(HttpContext.RequestAborted);
        Response.Headers.CacheControl = "no-store";
        return File(content, "application/zip", "my-data.zip");
    }

    public async Task<IActionResult> OnPostLeaveAsync()
    {
        await Load();
        if (Obstacles.Count > 0)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        return await Do(new LeaveSite(Me, Current), _ => LocalRedirect(Address), () => Task.CompletedTask);
    }

    public async Task<IActionResult> OnPostStayAsync()
    {
        await Send(new StayAfterAll(Me));
        Tell("Your account stays as it is.");
        return LocalRedirect(Address);
    }

    private async Task Load()
    {
        var ct = HttpContext.RequestAborted;
        Takeaway = await db.Set<Takeaway>().AsNoTracking().SingleOrDefaultAsync(t => t.PersonId == Me, ct);
        Departure = await db.Set<Departure>().AsNoTracking().SingleOrDefaultAsync(d => d.PersonId == Me, ct);
        var obstacles = new List<string>();
        foreach (var part in parts)
            if (await part.Obstacle(Me, ct) is { } refused)
                obstacles.Add(Reader.Say(refused, part.GetType().Assembly));
        Obstacles = obstacles;
    }
}
