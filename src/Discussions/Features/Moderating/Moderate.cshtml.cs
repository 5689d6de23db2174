using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Moderating;

[Authorize(Policies.SignedIn)]
internal sealed class ModerateModel(Rooms rooms) : CasePage(rooms)
{
    [BindProperty]
    public TeamAct Act { get; set; }

    [BindProperty]
    public string? Target { get; set; }

    /// <summary>Lessons and quizzes to which a thread can be moved.</summary>
    public IReadOnlyList<OutlineItem> Items { get; private set; } = [];

    public Task OnGetAsync(string course, string run, Guid thread, Guid id) => LoadAsTeam(course, run, thread, id);

    public async Task<IActionResult> OnPostAsync(string course, string run, Guid thread, Guid id)
    {
        await LoadAsTeam(course, run, thread, id);
        return await Do(new Moderate(Room, thread, id, Act, Reason), _ => Done(), Again);
    }

    public async Task<IActionResult> OnPostMoveAsync(string course, string run, Guid thread, Guid id)
    {
        await LoadAsTeam(course, run, thread, id);
        var item = string.IsNullOrEmpty(Target) ? null : Items.FirstOrDefault(i => i.Slug == Target) ?? throw new NotFound();
        return await Do(new Moderate(Room, thread, id, TeamAct.Move, Reason, item?.Id), _ => Done(), Again);
    }

    public async Task<IActionResult> OnPostMergeAsync(string course, string run, Guid thread, Guid id)
    {
        await LoadAsTeam(course, run, thread, id);
        return await Do(new MergeThreads(Room, thread, Target), target =>
        {
            Tell("The threads are one now.");
            return LocalRedirect(TalkLinks.Writing(course, run, target, thread));
        }, Again);
    }

    public async Task<IActionResult> OnPostAuthorAsync(string course, string run, Guid thread, Guid id)
    {
        await LoadAsTeam(course, run, thread, id);
        var act = Act is TeamAct.Mute or TeamAct.Ban or TeamAct.Lift ? Act : throw new NotFound();
        return await Do(new Restrain(Room, Case.Writing.AuthorId, act, Reason), _ => Done(), Again);
    }

    private LocalRedirectResult Done()
    {
        Tell("Done, and noted in the log.");
        return LocalRedirect(Back);
    }

    private static Task Again() => Task.CompletedTask;

    private async Task LoadAsTeam(string course, string run, Guid thread, Guid id)
    {
        await Load(course, run, thread, id);
        if (!Room.IsTeam)
            throw new NotFound();
        if (Case.Writing is Domain.Thread)
            Items = [.. (await Send(new OutlineQuery(Run.RunId)))?.Items ?? []];
    }
}
