using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Reading;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Kernel;
using Thread = MoocPlatform.Discussions.Domain.Thread;

namespace MoocPlatform.Discussions.Features.Board;

/// <summary>Which threads of a board.</summary>
internal enum BoardFilter
{
    All,
    Unread,
    Unanswered,
    Mine,
    Followed,

    /// <summary>Where the team has said something.</summary>
    Staff,
}

/// <summary>In which order. The unanswered come by their own number, other filters by the latest post.</summary>
internal enum BoardOrder
{
    /// <summary>The latest post first.</summary>
    Activity,

    /// <summary>The latest thread first.</summary>
    Newest,

    /// <summary>Most votes first.</summary>
    Votes,
}

/// <summary>The threads of a run.</summary>
/// <param name="ItemId">Of one lesson or quiz only.</param>
/// <param name="Before">What comes after this place; null: from the first.</param>
internal sealed record ReadBoard(Room Room, BoardFilter Filter, Guid? ItemId, BoardPlace? Before, int Size, BoardOrder Order = BoardOrder.Activity) : IRequest<BoardPage>;

/// <summary>A place in the order of the board, in an address: <c>number</c>, or <c>votes-number</c>.</summary>
internal sealed record BoardPlace(int Votes, long Number)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Votes}-{Number}");

    public static BoardPlace? Read(string? text) =>
        text?.Split('-') is [var votes, var number] && int.TryParse(votes, NumberStyles.None, CultureInfo.InvariantCulture, out var v)
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? new(v, n) : null;
}

/// <param name="Pinned">Those the team has pinned, on the first page of all.</param>
/// <param name="All">How many threads everyone can read.</param>
/// <param name="Unread">In how many threads something is new to the reader, at most <see cref="Unread.Most"/>.</param>
internal sealed record BoardPage(
    IReadOnlyList<ThreadLine> Pinned, IReadOnlyList<ThreadLine> Threads, int All, int Unanswered, int Unread, bool AllowsAnonymous, long Sequence, BoardPlace? More);

internal sealed class ReadBoardHandler(DiscussionsDb db, IMediator mediator, SettingsRead settings) : IRequestHandler<ReadBoard, BoardPage>
{
    private const int MostPinned = 10;
    private const int MostFollowed = 2000;
    private const int LookedForUnread = 2000;

    public async Task<BoardPage> Handle(ReadBoard request, CancellationToken cancellationToken)
    {
        if (request.Filter != BoardFilter.All)
            request = request with { Order = request.Filter == BoardFilter.Unanswered ? BoardOrder.Newest : BoardOrder.Activity };
        var (run, me) = (request.Room.Run, request.Room.PersonId);
        var board = await db.Boards.AsNoTracking().SingleOrDefaultAsync(b => b.RunId == run.RunId, cancellationToken);
        var someone = me != Guid.Empty;
        var readTo = someone ? await db.ReadTo(run.RunId, me, cancellationToken) : 0;
        var all = db.Threads.AsNoTracking().Where(request.Room.Sight.Threads).Where(t => t.DeletedAt == null);
        var first = request is { Filter: BoardFilter.All, Order: BoardOrder.Activity, ItemId: null };
        List<Thread> pinned = first && request.Before is null
            ? await all.Where(t => t.Pinned).OrderByDescending(t => t.LastNumber).Take(MostPinned).ToListAsync(cancellationToken)
            : [];

        var page = await Chosen(request, first ? all.Where(t => !t.Pinned) : all, readTo, cancellationToken);
        var shown = page.Take(request.Size).ToList();
        List<Thread> both = [.. pinned, .. shown];
        var cast = await mediator.Cast(request.Room, both.Select(t => t.AuthorId), cancellationToken);
        var items = (await mediator.Send(new OutlineQuery(run.RunId), cancellationToken))?.Items.ToDictionary(i => i.Id) ?? [];
        Guid[] ids = [.. both.Select(t => t.Id)];
        var read = someone ? await db.Places.Where(p => p.PersonId == me && ids.Contains(p.ThreadId)).ToDictionaryAsync(p => p.ThreadId, p => p.Read, cancellationToken) : [];
        var unread = someone && request.ItemId is null ? await db.CountNew(request.Room.Sight, cancellationToken) : 0;
        return new(
            [.. pinned.Select(Line)], [.. shown.Select(Line)], board?.Threads ?? 0, board?.Unanswered ?? 0, unread, (await settings.Of(run, cancellationToken)).AllowsAnonymous, board?.LastSequence ?? 0,
            page.Count > request.Size ? PlaceOf(request.Order, shown[^1]) : null);

        ThreadLine Line(Thread t) => new(
            t, cast.AuthorOf(t), t.ItemId is { } id ? items.GetValueOrDefault(id) : null, TalkLinks.Thread(run.CourseSlug, run.RunSlug, t.Id),
            someone && t.LastNumber > Math.Max(readTo, read.GetValueOrDefault(t.Id)));
    }

    private async Task<List<Thread>> Chosen(ReadBoard request, IQueryable<Thread> threads, long readTo, CancellationToken ct)
    {
        var me = request.Room.PersonId;
        if (request.ItemId is { } item)
            threads = threads.Where(t => t.ItemId == item);
        if (request.Filter == BoardFilter.Followed)
        {
            var followed = await db.Places.Where(p => p.PersonId == me && p.RunId == request.Room.Run.RunId && p.Follows == Follows.Yes)
                .Select(p => p.ThreadId).Take(MostFollowed).ToListAsync(ct);
            threads = threads.Where(t => followed.Contains(t.Id));
        }

        threads = request.Filter switch
        {
            BoardFilter.Unanswered => threads.Where(t => t.Unanswered),
            BoardFilter.Mine => threads.Where(t => t.AuthorId == me),
            BoardFilter.Staff => threads.Where(t => t.StaffAnswered),
            _ => threads,
        };
        threads = Ordered(threads, request.Order, request.Before);
        if (request.Filter == BoardFilter.Unread)
            threads = db.New(threads.Where(t => t.LastNumber > readTo).Take(LookedForUnread), me, readTo).OrderByDescending(t => t.LastNumber);
        return await threads.Take(request.Size + 1).ToListAsync(ct);
    }

    private static IQueryable<Thread> Ordered(IQueryable<Thread> threads, BoardOrder order, BoardPlace? before) => (order, before) switch
    {
        (BoardOrder.Newest, { Number: var number }) => threads.Where(t => t.Number < number).OrderByDescending(t => t.Number),
        (BoardOrder.Newest, _) => threads.OrderByDescending(t => t.Number),
        (BoardOrder.Votes, { Votes: var votes, Number: var number }) => threads.Where(t => t.Votes <= votes && (t.Votes < votes || t.LastNumber < number))
            .OrderByDescending(t => t.Votes).ThenByDescending(t => t.LastNumber),
        (BoardOrder.Votes, _) => threads.OrderByDescending(t => t.Votes).ThenByDescending(t => t.LastNumber),
        (_, { Number: var number }) => threads.Where(t => t.LastNumber < number).OrderByDescending(t => t.LastNumber),
        _ => threads.OrderByDescending(t => t.LastNumber),
    };

    private static BoardPlace PlaceOf(BoardOrder order, Thread last) => new(last.Votes, order == BoardOrder.Newest ? last.Number : last.LastNumber);
}

internal sealed class UnansweredCountQueryHandler(DiscussionsDb db) : IRequestHandler<UnansweredCountQuery, int>
{
    public Task<int> Handle(UnansweredCountQuery request, CancellationToken cancellationToken) =>
        db.Boards.Where(b => b.RunId == request.RunId).Select(b => b.Unanswered).SingleOrDefaultAsync(cancellationToken);
}
