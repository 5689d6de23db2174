using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Threads;

/// <summary>Where a writing stands now. Null: there is none that this person may see.</summary>
internal sealed record WhereIs(Room Room, Guid ThreadId, Guid WritingId) : IRequest<Spot?>;

/// <param name="From">The page of the thread: replies after this number.</param>
internal sealed record Spot(Guid ThreadId, long From);

internal sealed class WhereIsHandler(DiscussionsDb db) : IRequestHandler<WhereIs, Spot?>
{
    private const int Context = 20;

    public async Task<Spot?> Handle(WhereIs request, CancellationToken cancellationToken)
    {
        var sight = request.Room.Sight;
        var post = await db.Posts.AsNoTracking().Where(sight.Posts).SingleOrDefaultAsync(p => p.Id == request.WritingId, cancellationToken);
        var thread = post?.ThreadId ?? request.ThreadId;
        if (!await db.Threads.Where(sight.Threads).AnyAsync(t => t.Id == thread, cancellationToken) || (post is null && request.WritingId != thread))
            return null;
        var reply = post is { ParentId: { } parent } ? await db.Posts.AsNoTracking().SingleOrDefaultAsync(p => p.Id == parent, cancellationToken) : post;
        if (reply is null)
            return new(thread, 0);
        var before = await db.Posts.Where(sight.Posts).Where(p => p.ThreadId == thread && p.ParentId == null && p.Number < reply.Number)
            .OrderByDescending(p => p.Number).Select(p => new { p.Id, p.Number }).Take(ReadThreadHandler.PageSize).ToListAsync(cancellationToken);
        // With what was said just before; from the beginning, where all of it is on the first page.
        Guid[] nearest = [reply.Id, .. before.Select(r => r.Id)];
        var fit = ReadThreadHandler.Fit(nearest, await db.CommentsOf(thread, nearest, cancellationToken)) - 1;
        if (before.Count < ReadThreadHandler.PageSize && fit == before.Count)
            return new(thread, 0);
        var context = Math.Min(fit, Context);
        return new(thread, context < before.Count ? before[context].Number : 0);
    }
}

/// <summary>The lasting address of a text: leads on to its page of the thread, wherever that is now.</summary>
internal static class Permalink
{
    public static void MapPermalink(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/learn/{course}/{run}/talk/{thread:guid}/{id:guid}", Lead).RequireAuthorization(Policies.SignedIn).WithDisplayName("A text of a thread");

    private static async Task<IResult> Lead(string course, string run, Guid thread, Guid id, HttpContext http, Rooms rooms, IMediator mediator, CancellationToken ct)
    {
        if (await rooms.Find(course, run, http.User.IdOrNull(), http.User.IsAdmin(), ct) is not { MayRead: true } room || await mediator.Send(new WhereIs(room, thread, id), ct) is not { } spot)
            throw new NotFound();
        return Results.LocalRedirect($"{TalkLinks.Thread(course, run, spot.ThreadId)}{(spot.From > 0 ? $"?from={spot.From}" : "")}#p-{id:N}");
    }
}
