using Microsoft.AspNetCore.Authorization;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Answering;

[Authorize(Policies.SignedIn)]
internal sealed class TeamModel(Rooms rooms) : TalkPage(rooms)
{
    public TeamWork Work { get; private set; } = null!;

    public async Task OnGetAsync(string course, string run)
    {
        await EnterAsTeam(course, run);
        Work = await Send(new ReadTeamWork(Room));
    }

    /// <summary>"3 days 4 h", "2 h 10 min".</summary>
    public string Words(TimeSpan time) => time.TotalDays >= 1
        ? $"{Texts.Count("1 day|{0} days", (long)time.TotalDays)} {time.Hours} h"
        : Kernel.Words.Minutes(Math.Max(1, (int)Math.Round(time.TotalMinutes)));
}
