using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Moderating;

/// <summary>A page about one writing.</summary>
internal abstract class CasePage(Rooms rooms) : TalkPage(rooms)
{
    public Case Case { get; private set; } = null!;

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Where the writing stands.</summary>
    public string Back => TalkLinks.Writing(Run.CourseSlug, Run.RunSlug, Case.Thread.Id, Case.Writing.Id);

    protected async Task Load(string course, string run, Guid thread, Guid id)
    {
        await Enter(course, run);
        Case = await Send(new ReadCase(Room, thread, id)) ?? throw new NotFound();
    }
}
