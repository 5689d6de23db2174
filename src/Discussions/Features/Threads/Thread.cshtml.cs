using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Features.Board;
using MoocPlatform.Discussions.Features.Moderating;
using MoocPlatform.Discussions.Features.Posting;
using MoocPlatform.Discussions.Features.Reading;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Threads;

[Authorize(Policies.SignedIn)]
internal sealed class ThreadModel(Rooms rooms, TimeProvider clock, Arrival arrival) : TalkPage(rooms)
{
    public ThreadPage Shown { get; private set; } = null!;

    public IReadOnlyList<ThreadLine> Others { get; private set; } = [];

    public OutlineItem? Item { get; private set; }

    /// <summary>What was typed and not taken.</summary>
    public string? Kept { get; private set; }

    /// <summary>Of the reply that the form is for.</summary>
    public Guid Key { get; private set; }

    public Guid? Parent { get; private set; }

    /// <summary>Whom a text written here can name.</summary>
    public IReadOnlyList<Person> People { get; private set; } = [];

    [FromQuery]
    public long From { get; set; }

    public async Task<IActionResult> OnGetAsync(string course, string run, Guid thread)
    {
        await Enter(course, run);
        // A thread that went up in another is a reply there.
        if (await Send(new WhereIs(Room, thread, thread)) is { } spot && spot.ThreadId != thread)
            return LocalRedirect(TalkLinks.Writing(course, run, spot.ThreadId, thread));
        Key = clock.NewKey();
        await Load(thread);
        return Page();
    }

    public async Task<IActionResult> OnPostReplyAsync(string course, string run, Guid thread, Guid key, Guid? parent, string? markdown, bool anonymous)
    {
        await Enter(course, run);
        return await Do(new Reply(Room, thread, parent, key, markdown, anonymous), id =>
        {
            Arrived((parent ?? thread).ToString("N"));
            return LocalRedirect(TalkLinks.Writing(course, run, thread, id)); // its page, in a long thread the last one
        }, () =>
        {
            (Kept, Key, Parent) = (markdown ?? "", key, parent);
            return Load(thread);
        });
    }

    public async Task<IActionResult> OnPostReadAsync(string course, string run, Guid thread, long number)
    {
        await Enter(course, run);
        await Send(new ReadUpTo(Room, thread, number));
        return Request.Headers.XRequestedWith.Count > 0 ? new NoContentResult() : LocalRedirect(TalkLinks.Thread(course, run, thread));
    }

    public async Task<IActionResult> OnPostFollowAsync(string course, string run, Guid thread, bool on)
    {
        await Enter(course, run);
        await Send(new FollowThread(Room, thread, on));
        Tell(on ? "You follow this thread." : "You no longer follow this thread.");
        return LocalRedirect(TalkLinks.Thread(course, run, thread));
    }

    public async Task<IActionResult> OnPostConsentAsync(string course, string run, Guid thread, bool on)
    {
        await Enter(course, run);
        await Send(new AnswerConsent(Room, thread, on));
        return LocalRedirect(TalkLinks.Thread(course, run, thread));
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
        if (!Shown.Beginning.ReadOnly)
            People = await arrival.Candidates(Room, thread, HttpContext.RequestAborted);
        Others = (await Send(new ReadBoard(Room, BoardFilter.All, null, null, 15))).Threads;
        if (Shown.Beginning.Thread.ItemId is { } item)
            Item = (await Send(new OutlineQuery(Run.RunId)))?.Items.FirstOrDefault(i => i.Id == item);
    }

    private LocalRedirectResult Back(Guid writing) => LocalRedirect($"{Request.Path}{(From > 0 ? $"?from={From}" : "")}#p-{writing:N}");
}
