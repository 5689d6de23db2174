using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Board;

[Authorize(Policies.SignedIn)]
internal sealed class BoardModel(Rooms rooms) : TalkPage(rooms)
{
    private const int PageSize = 25;

    [FromQuery]
    public BoardFilter Show { get; set; }

    public BoardPage Shown { get; private set; } = null!;

    public async Task OnGetAsync(string course, string run, [FromQuery] string? before)
    {
        await Approach(course, run);
        if (Room.MayRead)
            Shown = await Send(new ReadBoard(Room, Show, null, BoardPlace.Read(before), PageSize));
    }
}
