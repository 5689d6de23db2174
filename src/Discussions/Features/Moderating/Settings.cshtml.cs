using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Moderating;

[Authorize(Policies.SignedIn)]
internal sealed class SettingsModel(Rooms rooms) : TalkPage(rooms)
{
    [BindProperty]
    public bool HoldsFirst { get; set; }

    [BindProperty]
    public bool AllowsAnonymous { get; set; }

    public async Task OnGetAsync(string course, string run)
    {
        await EnterAsTeam(course, run);
        (HoldsFirst, AllowsAnonymous) = await Send(new ReadSettings(Room));
    }

    public async Task<IActionResult> OnPostAsync(string course, string run)
    {
        await EnterAsTeam(course, run);
        return await Do(new ChangeSettings(Room, new(HoldsFirst, AllowsAnonymous)), _ =>
        {
            Tell("The settings are saved.");
            return LocalRedirect(TalkLinks.Board(course, run));
        }, () => Task.CompletedTask);
    }
}
