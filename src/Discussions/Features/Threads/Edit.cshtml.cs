using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Features.Posting;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Threads;

[Authorize(Policies.SignedIn)]
internal sealed class EditModel(Rooms rooms, Arrival arrival) : TalkPage(rooms)
{
    [BindProperty]
    public string? Markdown { get; set; }

    /// <summary>Of the thread whose beginning it is; null: a post.</summary>
    [BindProperty]
    public string? Title { get; set; }

    public Guid Id { get; private set; }

    /// <summary>Whom the text can name.</summary>
    public IReadOnlyList<Person> People { get; private set; } = [];

    public string Back { get; private set; } = "";

    public async Task OnGetAsync(string course, string run, Guid thread, Guid id)
    {
        await Load(course, run, thread, id);
        var mine = await Send(new MyWriting(Room, thread, id)) ?? throw new NotFound();
        (Markdown, Title) = (mine.Markdown, (mine as Domain.Thread)?.Title);
    }

    public async Task<IActionResult> OnPostAsync(string course, string run, Guid thread, Guid id)
    {
        await Load(course, run, thread, id);
        Title = id == thread ? Title ?? "" : null;
        return await Do(new ChangeWriting(Room, thread, id, Act.Edit, Markdown: Markdown, Title: Title), _ =>
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
        People = await arrival.Candidates(Room, thread, HttpContext.RequestAborted);
    }
}
