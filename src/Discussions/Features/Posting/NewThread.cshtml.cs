using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Moderating;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Posting;

[Authorize(Policies.SignedIn)]
internal sealed class NewThreadModel(Rooms rooms, Arrival arrival, TimeProvider clock) : TalkPage(rooms)
{
    [BindProperty]
    public Guid Key { get; set; }

    [BindProperty]
    public ThreadKind Kind { get; set; }

    [BindProperty]
    public string? ItemSlug { get; set; }

    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public string? Markdown { get; set; }

    [BindProperty]
    public bool IsPrivate { get; set; }

    [BindProperty]
    public bool Consents { get; set; }

    [BindProperty]
    public bool Anonymous { get; set; }

    /// <summary>Whether learners may write without their name here.</summary>
    public bool MayHideName { get; private set; }

    /// <summary>Whom the text can name.</summary>
    public IReadOnlyList<Person> People { get; private set; } = [];

    /// <summary>Of its draft: another run's is another.</summary>
    public string TextPlace => $"new-{Run.RunId:N}";

    public string TitlePlace => $"title-{Run.RunId:N}";

    /// <summary>The lesson or quiz it is about.</summary>
    public OutlineItem? Item { get; private set; }

    public async Task OnGetAsync(string course, string run, [FromQuery] ThreadKind kind, [FromQuery] string? item)
    {
        (Key, Kind, ItemSlug) = (clock.NewKey(), kind, item);
        await Load(course, run);
    }

    public async Task<IActionResult> OnPostAsync(string course, string run)
    {
        await Load(course, run);
        return await Do(new StartThread(Room, Key, Kind, Item?.Id, Title, Markdown, IsPrivate, Consents, Anonymous), id =>
        {
            Arrived(TextPlace, TitlePlace);
            return LocalRedirect(TalkLinks.Thread(course, run, id));
        }, () => Task.CompletedTask);
    }

    private async Task Load(string course, string run)
    {
        await Enter(course, run);
        MayHideName = !Room.IsTeam && (await Send(new ReadSettings(Room))).AllowsAnonymous;
        People = await arrival.Candidates(Room, null, HttpContext.RequestAborted);
        if (ItemSlug is { Length: > 0 } slug)
            Item = (await Send(new OutlineQuery(Run.RunId)))?.Items.FirstOrDefault(i => i.Slug == slug) ?? throw new NotFound();
    }
}
