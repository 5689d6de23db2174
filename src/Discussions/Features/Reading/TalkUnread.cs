using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Reading;

/// <summary>In how many threads of a run something is new to the reader. Public because the framework finds only public view components.</summary>
[ViewComponent(Name = TalkParts.Unread)]
public sealed class TalkUnread(IServiceProvider services, IMediator mediator) : ViewComponent
{
    /// <param name="unread">Where the page knows it.</param>
    public async Task<IViewComponentResult> InvokeAsync(RunTerm run, int? unread = null) =>
        UserClaimsPrincipal.IdOrNull() is { } me
            ? View("/Features/Reading/_TalkUnread.cshtml", unread ?? await services.GetRequiredService<UnreadShelf>().Of(new(run.RunId, me), mediator, HttpContext.RequestAborted))
            : Content("");
}
