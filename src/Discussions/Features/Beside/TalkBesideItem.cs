using MediatR;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Features.Board;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Beside;

/// <summary>The threads beside a lesson or quiz. Public because the framework finds only public view components.</summary>
[ViewComponent(Name = TalkParts.BesideItem)]
public sealed class TalkBesideItem(IMediator mediator, IServiceProvider services) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(RunTerm run, Guid itemId, string itemSlug)
    {
        var rooms = (Rooms)services.GetService(typeof(Rooms))!;
        var room = await rooms.Find(run, UserClaimsPrincipal.IdOrNull(), UserClaimsPrincipal.IsAdmin(), HttpContext.RequestAborted);
        var page = room is { MayRead: true } ? await mediator.Send(new ReadBoard(room, BoardFilter.All, itemId, null, 5)) : null;
        return View("/Features/Beside/_TalkBesideItem.cshtml", new BesideView(run, itemSlug, room, page));
    }
}

/// <param name="Room">Null: a visitor.</param>
/// <param name="Page">Null: not to be read by this person.</param>
internal sealed record BesideView(RunTerm Run, string ItemSlug, Room? Room, BoardPage? Page);
