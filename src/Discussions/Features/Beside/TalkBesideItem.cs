using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Features.Board;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Beside;

/// <summary>The threads beside a lesson or quiz. Public because the framework finds only public view components.</summary>
[ViewComponent(Name = TalkParts.BesideItem)]
public sealed class TalkBesideItem(IServiceProvider services) : ViewComponent
{
    /// <param name="mine">The reader's enrolment, which the page has read already; null: a visitor, or never joined.</param>
    public async Task<IViewComponentResult> InvokeAsync(RunTerm run, Guid itemId, string itemSlug, EnrolmentState? mine)
    {
        var ct = HttpContext.RequestAborted;
        var room = await services.GetRequiredService<Rooms>().Of(run, mine, UserClaimsPrincipal.IdOrNull(), UserClaimsPrincipal.IsAdmin(), ct);
        var page = room is { MayRead: true } ? await services.GetRequiredService<BesideShelf>().Of(room, itemId, services.GetRequiredService<IMediator>(), ct) : null;
        return View("/Features/Beside/_TalkBesideItem.cshtml", new BesideView(run, itemSlug, room, page));
    }
}

/// <param name="Room">Null: a visitor.</param>
/// <param name="Page">Null: not to be read by this person.</param>
internal sealed record BesideView(RunTerm Run, string ItemSlug, Room? Room, BoardPage? Page);
