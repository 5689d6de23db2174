using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Threads;

[Authorize(Policies.SignedIn)]
[ResponseCache(NoStore = true)]
internal sealed class ChangesModel(Rooms rooms) : TalkPage(rooms)
{
    public ThreadChanges Shown { get; private set; } = null!;

    public async Task OnGetAsync(string course, string run, Guid thread, [FromQuery] long after, [FromQuery] long heard)
    {
        await Enter(course, run);
        Shown = await Send(new ReadChanges(Room, thread, after, heard)) ?? throw new NotFound();
    }
}
