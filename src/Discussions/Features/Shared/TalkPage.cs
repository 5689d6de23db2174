using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Shared;

/// <summary>A page of the talk: finds its room first.</summary>
internal abstract class TalkPage(Rooms rooms) : ModulePage
{
    public Room Room { get; private set; } = null!;

    public RunTerm Run => Room.Run;

    public bool ReadOnly => Room.IsReadOnly(Reader.Now);

    /// <summary>The room, for whoever may read it; anybody else finds nothing here.</summary>
    protected async Task Enter(string course, string run)
    {
        await Approach(course, run);
        if (!Room.MayRead)
            throw new NotFound();
    }

    /// <summary>The room, for the team; to anybody else this page does not exist.</summary>
    protected async Task EnterAsTeam(string course, string run)
    {
        await Enter(course, run);
        if (!Room.IsTeam)
            throw new NotFound();
    }

    /// <summary>The room, also for who has not joined yet: the page tells them how.</summary>
    protected async Task Approach(string course, string run) =>
        Room = await rooms.Find(course, run, MeOrNull, User.IsAdmin(), HttpContext.RequestAborted) ?? throw new NotFound();

    /// <summary>Draft key of a text of this person on their device.</summary>
    public string DraftKey(string place) => $"{Me:N}:talk-{place}";

    /// <summary>Where pictures for a text are sent.</summary>
    public string Pictures => TalkLinks.Board(Run.CourseSlug, Run.RunSlug) + "/pictures";

    /// <summary>The next page tells the device that the text has arrived, and its drafts may go.</summary>
    protected void Arrived(params string[] places) => TempData["posted"] = string.Join(' ', places.Select(DraftKey));
}
