using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Moderating;

[Authorize(Policies.SignedIn)]
internal sealed class QueueModel(Rooms rooms) : TalkPage(rooms)
{
    public QueuePage Shown { get; private set; } = null!;

    public async Task OnGetAsync(string course, string run, [FromQuery] long after)
    {
        await EnterAsTeam(course, run);
        Shown = await Send(new ReadQueue(Room, after));
    }
}
