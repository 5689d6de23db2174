using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Features.Reading;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Board;

[Authorize(Policies.SignedIn)]
internal sealed class BoardModel(Rooms rooms) : TalkPage(rooms)
{
    private const int PageSize = 25;

    [FromQuery]
    public BoardFilter Show { get; set; }

    [FromQuery]
    public BoardOrder Sort { get; set; }

    public BoardPage Shown { get; private set; } = null!;

    /// <summary>What waits for the team.</summary>
    public int Waiting { get; private set; }

    public async Task OnGetAsync(string course, string run, [FromQuery] string? before)
    {
        await Approach(course, run);
        if (!Room.MayRead)
            return;
        if (Show != BoardFilter.All)
            Sort = BoardOrder.Activity;
        Shown = await Send(new ReadBoard(Room, Show, null, BoardPlace.Read(before), PageSize, Sort));
        if (Room.IsTeam)
            Waiting = await Send(new TalkQueueCountQuery(Run.RunId));
    }

    public async Task<IActionResult> OnPostReadAsync(string course, string run)
    {
        await Enter(course, run);
        await Send(new ReadAll(Room));
        Tell("Everything counts as read now.");
        return LocalRedirect(TalkLinks.Board(course, run));
    }
}
