using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Threads;

[Authorize(Policies.SignedIn)]
[ResponseCache(NoStore = true)]
internal sealed class ChangesModel(Rooms rooms, Viewers viewers, ThreadNews news) : TalkPage(rooms)
{
    public ThreadChanges Shown { get; private set; } = null!;

    public Func<Writing, WritingView> View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string course, string run, Guid thread, [FromQuery] long after, [FromQuery] long heard)
    {
        await Enter(course, run);
        var ct = HttpContext.RequestAborted;
        Shown = await Send(new ReadChanges(Room, thread, after, heard)) ?? throw new NotFound();
        if (Shown.ForAll)
        {
            // Names change at any moment, and nobody is called for a second by one that they have given up.
            var peers = await viewers.Peers(Room, Shown.Thread, Shown.Changed, ct);
            var names = string.Join('\n', peers.People.Select(p => $"{p.Key}{p.Value.Name}").Order(StringComparer.Ordinal));
            var (kept, place) = await news.Fragment((thread, after, Shown.Thread.Sequence, names, CultureInfo.CurrentUICulture.Name, Reader.Zone?.Id, ReadOnly), ct);
            if (kept is not null)
                return kept;
            if (place is not null)
            {
                HttpContext.Response.OnCompleted(() => Task.FromResult(place.TrySetResult(null))); // whatever happens, nobody waits for ever
                View = await viewers.OfAll(Room, Shown.Thread, peers, ct);
                return new RenderedForAll(place);
            }
        }

        var view = await viewers.Of(Room, Shown.Thread, Shown.Changed, long.MaxValue, ct);
        View = writing => view(writing, []);
        return Page();
    }
}
