using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Searching;

/// <summary>Threads like a title that is being typed, as a piece of a page.</summary>
[Authorize(Policies.SignedIn)]
[ResponseCache(NoStore = true)]
internal sealed class SimilarModel(Rooms rooms) : TalkPage(rooms)
{
    public IReadOnlyList<Domain.Thread> Threads { get; private set; } = [];

    public async Task OnGetAsync(string course, string run, [FromQuery] string? title)
    {
        await Enter(course, run);
        if (title is { Length: >= 4 })
            Threads = await Send(new FindSimilar(Room, title));
    }
}
