using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Discussions.Features.Threads;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Board;

/// <summary>Which threads of a board.</summary>
internal enum BoardFilter
{
    All,
    Unanswered,
    Mine,
}

/// <summary>The threads of a run, those with the latest post first.</summary>
/// <param name="ItemId">Of one lesson or quiz only.</param>
/// <param name="Before">Older than this page's last one; null: the newest.</param>
internal sealed record ReadBoard(Room Room, BoardFilter Filter, Guid? ItemId, BoardPlace? Before, int Size) : IRequest<BoardPage>;

/// <summary>A place in the order of the board, in an address: <c>microseconds-id</c>.</summary>
internal sealed record BoardPlace(DateTimeOffset LastAt, Guid Id)
{
    public override string ToString() => FormattableString.Invariant($"{LastAt.UtcTicks}-{Id:N}");

    public static BoardPlace? Read(string? text) =>
        text?.Split('-') is [var ticks, var id] && long.TryParse(ticks, System.Globalization.CultureInfo.InvariantCulture, out var at)
        && at is > 0 and < 3155378975999999999 && Guid.TryParseExact(id, "N", out var guid) ? new(new DateTimeOffset(at, TimeSpan.Zero), guid) : null;
}

internal sealed record BoardPage(IReadOnlyList<ThreadLine> Threads, int All, int Unanswered, long Sequence, BoardPlace? More);

internal sealed class ReadBoardHandler(DiscussionsDb db, IMediator mediator) : IRequestHandler<ReadBoard, BoardPage>
{
    public async Task<BoardPage> Handle(ReadBoard request, CancellationToken cancellationToken)
    {
        var run = request.Room.Run;
        var board = await db.Boards.AsNoTracking().SingleOrDefaultAsync(b => b.RunId == run.RunId, cancellationToken);
        var threads = db.Threads.AsNoTracking().Where(t => t.RunId == run.RunId && t.DeletedAt == null);
        if (request.ItemId is { } item)
            threads = threads.Where(t => t.ItemId == item);
        threads = request.Filter switch
        {
            BoardFilter.Unanswered => threads.Where(t => t.Kind == ThreadKind.Question && t.AcceptedId == null && t.Endorsed == 0),
            BoardFilter.Mine => threads.Where(t => t.AuthorId == request.Room.PersonId),
            _ => threads,
        };
        if (request.Before is { } before)
            threads = threads.Where(t => t.LastAt < before.LastAt || (t.LastAt == before.LastAt && t.Id.CompareTo(before.Id) < 0));
        var page = await threads.OrderByDescending(t => t.LastAt).ThenByDescending(t => t.Id).Take(request.Size + 1).ToListAsync(cancellationToken);

        var cast = await mediator.Cast(request.Room, page.Select(t => t.AuthorId), cancellationToken);
        var items = (await mediator.Send(new OutlineQuery(run.RunId), cancellationToken))?.Items.ToDictionary(i => i.Id) ?? [];
        var lines = page.Take(request.Size).Select(t => new ThreadLine(
            t, cast.Of(t.AuthorId), t.ItemId is { } id ? items.GetValueOrDefault(id) : null, TalkLinks.Thread(run.CourseSlug, run.RunSlug, t.Id))).ToList();
        return new(lines, board?.Threads ?? 0, board?.Unanswered ?? 0, board?.LastSequence ?? 0, page.Count > request.Size ? new(page[request.Size - 1].LastAt, page[request.Size - 1].Id) : null);
    }
}

internal sealed class UnansweredCountQueryHandler(DiscussionsDb db) : IRequestHandler<UnansweredCountQuery, int>
{
    public Task<int> Handle(UnansweredCountQuery request, CancellationToken cancellationToken) =>
        db.Boards.Where(b => b.RunId == request.RunId).Select(b => b.Unanswered).SingleOrDefaultAsync(cancellationToken);
}
