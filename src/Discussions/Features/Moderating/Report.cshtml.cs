using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Moderating;

[Authorize(Policies.SignedIn)]
internal sealed class ReportModel(Rooms rooms) : CasePage(rooms)
{
    public async Task OnGetAsync(string course, string run, Guid thread, Guid id)
    {
        await Load(course, run, thread, id);
        if (!Room.Sight.MayRead(Case.Writing) || Case.Writing.AuthorId == Me)
            throw new NotFound();
    }

    public async Task<IActionResult> OnPostAsync(string course, string run, Guid thread, Guid id)
    {
        await OnGetAsync(course, run, thread, id);
        return await Do(new ReportWriting(Room, thread, id, Reason), _ =>
        {
            Tell("Thank you. The team looks at it.");
            return LocalRedirect(Back);
        }, () => Task.CompletedTask);
    }
}
