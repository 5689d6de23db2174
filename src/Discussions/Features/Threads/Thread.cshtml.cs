using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Features.Board;
using MoocPlatform.Discussions.Features.Posting;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Threads;

[Authorize(Policies.SignedIn)]
internal sealed class ThreadModel(Rooms rooms, TimeProvider clock) : TalkPage(rooms)
{
    public ThreadPage Shown { get; private set; } = null!;

    public IReadOnlyList<ThreadLine> Others { get; private set; } = [];

    public OutlineItem? Item { get; private set; }

    /// <summary>What was typed and not taken.</summary>
    public string? Kept { get; private set; }

    /// <summary>Of the reply that the form is for.</summary>
    public Guid Key { get; private set; }

    public Guid? Parent { get; private set; }

    [FromQuery]
    public long From { get; set; }

    public async Task OnGetAsync(string course, string run, Guid thread)
    {
        await Enter(course, run);
        Key = clock.NewKey();
        await Load(thread);
    }

    public async Task<IActionResult> OnPostReplyAsync(string course, string run, Guid thread, Guid key, Guid? parent, string? markdown)
    {
        await Enter(course, run);
        return await Do(new Reply(Room, thread, parent, key, markdown), id =>
        {
            Arrived((parent ?? thread).ToString("N"));
            return Back(id);
        }, () =>
        {
            (Kept, Key, Parent) = (markdown ?? "", key, parent);
            return Load(thread);
        });
    }

    public Task<IActionResult> OnPostVoteAsync(string course, string run, Guid thread, Guid id, bool on) => Change(course, run, thread, id, Act.Vote, on);

    public Task<IActionResult> OnPostAcceptAsync(string course, string run, Guid thread, Guid id, bool on) => Change(course, run, thread, id, Act.Accept, on);

    public Task<IActionResult> OnPostEndorseAsync(string course, string run, Guid thread, Guid id, bool on) => Change(course, run, thread, id, Act.Endorse, on);

    private async Task<IActionResult> Change(string course, string run, Guid thread, Guid id, Act act, bool on)
    {
        await Enter(course, run);
        return await Do(new ChangeWriting(Room, thread, id, act, on), _ => Back(id), () =>
        {
            Key = clock.NewKey();
            return Load(thread);
        });
    }

    private async Task Load(Guid thread)
    {
        Shown = await Send(new ReadThread(Room, thread, From)) ?? throw new NotFound();
        Others = (await Send(new ReadBoard(Room, BoardFilter.All, null, null, 15))).Threads;
        if (Shown.Beginning.Thread.ItemId is { } item)
            Item = (await Send(new OutlineQuery(Run.RunId)))?.Items.FirstOrDefault(i => i.Id == item);
    }

    private LocalRedirectResult Back(Guid writing) => LocalRedirect($"{Request.Path}{(From > 0 ? $"?from={From}" : "")}#p-{writing:N}");
}
