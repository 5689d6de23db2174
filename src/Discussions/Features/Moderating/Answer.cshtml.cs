using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Moderating;

[Authorize(Policies.SignedIn)]
internal sealed class AnswerModel(Rooms rooms) : CasePage(rooms)
{
    public async Task OnGetAsync(string course, string run, Guid thread, Guid id)
    {
        await Load(course, run, thread, id);
        if (Case.Writing.AuthorId != Me)
            throw new NotFound();
        Reason = Case.Writing.Answer;
    }

    public async Task<IActionResult> OnPostAsync(string course, string run, Guid thread, Guid id)
    {
        await Load(course, run, thread, id);
        return await Do(new AnswerTeam(Room, thread, id, Reason), _ =>
        {
            Tell("The team reads your answer.");
            return LocalRedirect(Back);
        }, () => Task.CompletedTask);
    }
}
