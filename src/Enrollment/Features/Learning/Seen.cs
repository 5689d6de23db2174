using System.Security.Claims;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Learning;

/// <summary>An open lesson says so by itself (field <c>item</c> = slug). Opening a page by GET changes nothing.</summary>
internal static class Seen
{
    public static void MapSeen(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/learn/{course}/{run}/seen", Handle).RequireAuthorization(Policies.SignedIn);

    private static async Task<IResult> Handle(
        string course, string run, [FromForm] string item, ClaimsPrincipal person, IMediator mediator, TimeProvider clock, HttpContext http)
    {
        if (await mediator.Send(new RunBySlugQuery(course, run), http.RequestAborted) is not { } term
            || await mediator.Send(new OutlineQuery(term.RunId), http.RequestAborted) is not { } outline)
            return Results.NotFound();
        var released = outline.Sections.Where(s => s.ReleasedAt <= clock.GetUtcNow()).SelectMany(s => s.Items).FirstOrDefault(i => i.Slug == item);
        if (released is null)
            return Results.NotFound();
        await mediator.Send(new SeeItem(term.RunId, released, person.Id(), person.Self()?.Name), http.RequestAborted);
        return Results.NoContent();
    }
}
