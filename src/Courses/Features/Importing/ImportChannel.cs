using System.Security.Claims;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Importing;

/// <summary>An import speaks to who brought it.</summary>
internal sealed class ImportChannel(ImportDesk desk) : ILiveChannel
{
    public string Kind => "import";

    public Task<bool> MayListen(Guid id, ClaimsPrincipal person, CancellationToken ct) =>
        Task.FromResult(person.IdOrNull() is { } me && desk.Status(id, me) is not null);
}
