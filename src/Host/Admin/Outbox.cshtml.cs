using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Admin;

/// <summary>Facts that are parked or wait, of all modules.</summary>
[Authorize(Policies.Admin)]
internal sealed class OutboxPage(Outboxes outboxes) : ModulePage
{
    private const int MostOfEach = 50;

    public IReadOnlyList<FactOnItsWay> Parked { get; private set; } = [];

    public IReadOnlyList<FactOnItsWay> Waiting { get; private set; } = [];

    public async Task OnGet(CancellationToken ct)
    {
        Parked = await outboxes.List(parked: true, MostOfEach, ct);
        Waiting = await outboxes.List(parked: false, MostOfEach, ct);
    }

    public async Task<IActionResult> OnPost(string module, Guid id, CancellationToken ct)
    {
        await outboxes.Retry(module, id, ct);
        Tell("It is tried again now.");
        return Redirect("/admin/outbox");
    }
}
