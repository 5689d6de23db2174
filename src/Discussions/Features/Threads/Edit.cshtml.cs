using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Features.Posting;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Threads;

[Authorize(Policies.SignedIn)]
internal sealed class EditModel(Rooms rooms) : TalkPage(rooms)
{
    [BindProperty]
    public string? Markdown { get; set; }

    public Guid Id { get; private set; }

    public string Back { get; private set; } = "";

    public async Task OnGetAsync(string course, string run, Guid thread, Guid id)
    {
        await Load(course, run, thread, id);
        Markdown = (await Send(new MyWriting(Room, thread, id)) ?? throw new NotFound()).Markdown;
    }

    public async Task<IActionResult> OnPostAsync(string course, string run, Guid thread, Guid id)
    {
        await Load(course, run, thread, id);
        return await Do(new ChangeWriting(Room, thread, id, Act.Edit, Markdown: Markdown), _ =>
        {
            Arrived("edit-" + id.ToString("N"));
            return LocalRedirect(Back);
        }, () => Task.CompletedTask);
    }

    public async Task<IActionResult> OnPostDeleteAsync(string course, string run, Guid thread, Guid id)
    {
        await Load(course, run, thread, id);
        return await Do(new ChangeWriting(Room, thread, id, Act.Delete), _ => LocalRedirect(Back), () => Task.CompletedTask);
    }

    private async Task Load(string course, string run, Guid thread, Guid id)
    {
        await Enter(course, run);
        (Id, Back) = (id, $"{TalkLinks.Thread(course, run, thread)}#p-{id:N}");
    }
}
