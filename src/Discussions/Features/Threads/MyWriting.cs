using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Persistence;

namespace MoocPlatform.Discussions.Features.Threads;

/// <summary>What this person wrote, to be changed. Null: not theirs, or gone.</summary>
internal sealed record MyWriting(Room Room, Guid ThreadId, Guid Id) : IRequest<Writing?>;

internal sealed class MyWritingHandler(DiscussionsDb db) : IRequestHandler<MyWriting, Writing?>
{
    public async Task<Writing?> Handle(MyWriting request, CancellationToken cancellationToken)
    {
        var (run, me) = (request.Room.Run.RunId, request.Room.PersonId);
        return request.Id == request.ThreadId
            ? await db.Threads.AsNoTracking().SingleOrDefaultAsync(t => t.Id == request.Id && t.RunId == run && t.AuthorId == me && t.DeletedAt == null && t.MergedIntoId == null, cancellationToken)
            : await db.Posts.AsNoTracking().SingleOrDefaultAsync(
                p => p.Id == request.Id && p.ThreadId == request.ThreadId && p.RunId == run && p.AuthorId == me && p.DeletedAt == null, cancellationToken);
    }
}
