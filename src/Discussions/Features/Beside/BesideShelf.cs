using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Features.Board;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Beside;

/// <summary>
/// The newest threads of each lesson and quiz, the same for everyone who may read them and asked for by every page of a lesson: kept in
/// memory. A change made here is seen at once, one made on another node after a second. Names are not kept: people change them.
/// </summary>
internal sealed class BesideShelf(IMemoryCache cache, IServiceScopeFactory scopes, TimeProvider clock)
{
    private const int Newest = 5;

    private static readonly MemoryCacheEntryOptions WhileUsed = new() { SlidingExpiration = TimeSpan.FromMinutes(10) };

    private readonly Lock making = new();

    public async ValueTask<BoardPage> Of(Room room, Guid itemId, IMediator mediator, CancellationToken ct)
    {
        var page = await Of(room.Run.RunId, itemId, ct);
        if (page.Threads.Count == 0)
            return page;
        var cast = await mediator.Cast(room, page.Threads.Select(t => t.Thread.AuthorId), ct);
        return page with { Threads = [.. page.Threads.Select(t => t with { Author = cast.AuthorOf(t.Thread) })] };
    }

    /// <summary>The number of the talk that the list was read at.</summary>
    public async ValueTask<long> Sequence(Guid runId, Guid itemId, CancellationToken ct) => (await Of(runId, itemId, ct)).Sequence;

    /// <summary>Something was written or changed in the talk of a run.</summary>
    public void Forget(Guid runId)
    {
        if (cache.TryGetValue(("beside", runId), out Lists? lists))
            lists!.Forget();
    }

    private async ValueTask<BoardPage> Of(Guid runId, Guid itemId, CancellationToken ct) =>
        (await Run(runId).Of(itemId, () => Cell(runId, itemId)).Get(ct))!;

    private Lists Run(Guid runId)
    {
        if (cache.TryGetValue(("beside", runId), out Lists? known))
            return known!;
        lock (making)
            return cache.TryGetValue(("beside", runId), out known) ? known! : cache.Set(("beside", runId), new Lists(), WhileUsed);
    }

    private Kept<BoardPage> Cell(Guid runId, Guid itemId) => new(
        clock,
        async ct => await Ask(s => s.GetRequiredService<DiscussionsDb>().Boards.Where(b => b.RunId == runId).Select(b => b.LastSequence).SingleOrDefaultAsync(ct)),
        ct => Ask(async s =>
        {
            var mediator = s.GetRequiredService<IMediator>();
            var run = await mediator.Send(new RunTermQuery(runId), ct) ?? throw new NotFound();
            // Nobody's room: a list of all threads depends on the run alone.
            var page = await mediator.Send(new ReadBoard(Room.OfPeers(run), BoardFilter.All, itemId, null, Newest), ct);
            return ((BoardPage, long)?)(page, page.Sequence);
        }));

    private async Task<T> Ask<T>(Func<IServiceProvider, Task<T>> question)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await question(scope.ServiceProvider);
    }

    /// <summary>The lists of one run.</summary>
    private sealed class Lists
    {
        private readonly Dictionary<Guid, Kept<BoardPage>> byItem = [];

        public Kept<BoardPage> Of(Guid itemId, Func<Kept<BoardPage>> make)
        {
            lock (byItem)
                return byItem.TryGetValue(itemId, out var kept) ? kept : byItem[itemId] = make();
        }

        public void Forget()
        {
            lock (byItem)
                foreach (var kept in byItem.Values)
                    kept.Forget();
        }
    }
}
