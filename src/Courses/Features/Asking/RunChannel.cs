using System.Security.Claims;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Asking;

/// <summary>Start and close of a published run are everyone's; of a draft, its team's.</summary>
internal sealed class RunChannel(Shelf shelf) : ILiveChannel
{
    public string Kind => "run";

    public async Task<bool> MayListen(Guid id, ClaimsPrincipal person, CancellationToken ct) =>
        await shelf.OfRun(id, ct) is { } book && (book.Run(id)?.PublishedAt is not null || book.IsTeam(person));
}
