using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using MediatR;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Posting;

/// <summary>Takes in a picture for a text that is being written. Answers how it is called there.</summary>
internal sealed record TakePicture(Room Room, byte[] Bytes) : IRequest<string>;

internal sealed class TakePictureHandler(DiscussionsDb db, TimeProvider clock) : IRequestHandler<TakePicture, string>
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public async Task<string> Handle(TakePicture request, CancellationToken cancellationToken)
    {
        var (me, now) = (request.Room.PersonId, clock.GetUtcNow());
        request.Room.MustBeOpen(now);
        if (request.Bytes.Length > Picture.Largest)
            throw Refusals.PictureTooLarge(Picture.Largest / 1024);
        var type = Picture.TypeOf(request.Bytes) ?? throw Refusals.NoPicture();
        var since = now - Day;
        return await db.InTurn(async ct =>
        {
            // What was never posted is not kept for ever.
            await db.Pictures.Where(p => p.PersonId == me && p.WritingId == null && p.At < since).ExecuteDeleteAsync(ct);
            if (await db.Pictures.Where(p => p.PersonId == me && p.At >= since).Take(Picture.MostADay).CountAsync(ct) == Picture.MostADay)
                throw Refusals.TooManyPictures(Picture.MostADay);
            var picture = new Picture { Id = clock.NewKey(), RunId = request.Room.Run.RunId, PersonId = me, Type = type, Bytes = request.Bytes, At = now };
            db.Add(picture);
            await db.SaveChangesAsync(ct);
            return picture.Address;
        }, cancellationToken);
    }
}

/// <summary>
/// Pictures go in by a script of the page and come out to whoever may read the text that shows them. They were made by people: nothing in them
/// may run in our name.
/// </summary>
internal static class Pictures
{
    private const string Sandbox = "sandbox; default-src 'none'";

    public static void MapPictures(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/learn/{course}/{run}/talk/pictures", Take).RequireAuthorization(Policies.SignedIn).WithDisplayName("A picture for a text");
        endpoints.MapGet(Picture.Folder + "/{name}", Show).RequireAuthorization(Policies.SignedIn).WithDisplayName("Pictures of the talk");
    }

    private static async Task<IResult> Take(string course, string run, IFormFile? file, HttpContext http, Rooms rooms, IMediator mediator, Reader reader, CancellationToken ct)
    {
        if (await rooms.Find(course, run, http.User.IdOrNull(), http.User.IsAdmin(), ct) is not { MayRead: true } room)
            throw new NotFound();
        try
        {
            using var bytes = new MemoryStream();
            if (file?.Length <= Picture.Largest)
                await file.CopyToAsync(bytes, ct);
            return Results.Text(await mediator.Send(new TakePicture(room, file?.Length > Picture.Largest ? new byte[Picture.Largest + 1] : bytes.ToArray()), ct));
        }
        catch (Refused refused)
        {
            return Results.Text(reader.Say(refused, typeof(Pictures).Assembly), statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static async Task<IResult> Show(string name, HttpContext http, DiscussionsDb db, Rooms rooms, IMediator mediator, CancellationToken ct)
    {
        if (Picture.IdOf(name) is not { } id || await db.Pictures.AsNoTracking().Where(p => p.Id == id).Select(p => new { p.RunId, p.PersonId, p.WritingId }).SingleOrDefaultAsync(ct) is not { } found
            || await rooms.Find(await mediator.Send(new RunTermQuery(found.RunId), ct), http.User.IdOrNull(), http.User.IsAdmin(), ct) is not { MayRead: true } room)
            throw new NotFound();
        if (found.PersonId != room.PersonId && (found.WritingId is not { } writing || !await db.MayRead(room.Sight, writing, ct)))
            throw new NotFound();

        var picture = await db.Pictures.AsNoTracking().SingleAsync(p => p.Id == id, ct);
        http.Response.Headers.ContentSecurityPolicy = Sandbox;
        http.Response.Headers.CacheControl = "private, max-age=300"; // who may read it may change
        return Results.Bytes(picture.Bytes, picture.Type);
    }

    /// <summary>Whether they may read the text of a writing, as it stands now.</summary>
    private static async Task<bool> MayRead(this DiscussionsDb db, Sight sight, Guid writing, CancellationToken ct) =>
        await db.Threads.Where(sight.Threads).AnyAsync(t => t.Id == writing && t.DeletedAt == null, ct)
        || (await db.Posts.Where(sight.Texts).Where(p => p.Id == writing).Select(p => (Guid?)p.ThreadId).SingleOrDefaultAsync(ct) is { } thread
            && await db.Threads.Where(sight.Threads).AnyAsync(t => t.Id == thread, ct));

    /// <summary>The pictures of a new text are seen by whoever may read it. In the turn of the post.</summary>
    public static async Task ShowPictures(this DiscussionsDb db, Writing writing, CancellationToken ct)
    {
        if (writing.Shows.Count == 0)
            return;
        var (ids, run, author) = (writing.Shows, writing.RunId, writing.AuthorId);
        await db.Pictures.Where(p => ids.Contains(p.Id) && p.PersonId == author && p.RunId == run && p.WritingId == null)
            .ExecuteUpdateAsync(s => s.SetProperty(p => p.WritingId, writing.Id), ct);
    }
}
