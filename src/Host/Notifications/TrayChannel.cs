using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Notifications;

/// <summary>The live channel of a person: <c>notified</c>, <c>seen</c> or <c>withdrawn</c> when the tray has changed. For this person alone.</summary>
internal sealed class TrayChannel(HostDb db) : ILiveChannel
{
    public string Kind => "me";

    public Task<bool> MayListen(Guid id, ClaimsPrincipal person, CancellationToken ct) => Task.FromResult(person.IdOrNull() == id);

    public async Task<long?> Last(Guid id, CancellationToken ct) =>
        await db.Trays.Where(t => t.PersonId == id).Select(t => (long?)t.Number).SingleOrDefaultAsync(ct) ?? 0;
}
