using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Searching;

[Authorize(Policies.SignedIn)]
internal sealed class SearchModel(Rooms rooms) : TalkPage(rooms)
{
    [FromQuery]
    public string? Q { get; set; }

    /// <summary>Null: nothing was asked for yet.</summary>
    public IReadOnlyList<Hit>? Hits { get; private set; }

    public async Task<IActionResult> OnGetAsync(string course, string run)
    {
        await Enter(course, run);
        if (string.IsNullOrWhiteSpace(Q))
            return Page();
        return await Do(new FindTexts(Room, Q), hits =>
        {
            Hits = hits;
            return Page();
        }, () => Task.CompletedTask);
    }
}
