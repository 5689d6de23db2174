using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Kernel;
using MoocPlatform.Markup;

namespace MoocPlatform.Discussions.Features.Posting;

/// <summary>What a text will look like (field <c>markdown</c>): the page's own renderer, nothing is kept.</summary>
internal static class Preview
{
    public static void MapPreview(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/talk/preview", Handle).RequireAuthorization(Policies.SignedIn);

    private static IResult Handle([FromForm] string? markdown) => markdown is { Length: > Writing.LongestText }
        ? Results.StatusCode(StatusCodes.Status413PayloadTooLarge)
        : Results.Content(MarkdownRenderer.Render(markdown ?? "", Picture.Markup).Html, "text/html; charset=utf-8");
}
