using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Persistence;
using Thread = MoocPlatform.Discussions.Domain.Thread;

namespace MoocPlatform.Discussions.Features.Threads;

/// <summary>
/// What has changed in a thread after a number. All readers of a busy thread ask for the same at the same moment, so it is read once, however
/// many ask, and kept under the thread's number; what each of them may see of it is taken out for each. What nearly all of them are shown is
/// rendered once as well: see <see cref="NewsFragment"/>.
/// </summary>
internal sealed class ThreadNews(IServiceScopeFactory scopes, IMemoryCache cache)
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WhileAsked = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Rendered = TimeSpan.FromSeconds(2);

    private readonly Lock one = new();

    /// <summary>The thread, when it may be opened; at most a second old, and never older than a number that the reader has heard of.</summary>
    public async ValueTask<Thread?> Thread(Sight sight, Guid id, long heard, CancellationToken ct)
    {
        var thread = await Once(Bell.Kept(id), AtMost, Find, ct);
        if (thread?.Sequence < heard)
            thread = await Once((nameof(Thread), id, heard), AtMost, Find, ct);
        return thread is not null && sight.MayOpen(thread) ? thread : null;

        Task<Thread?> Find(DiscussionsDb db) => db.Threads.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id);
    }

    public async ValueTask<IReadOnlyList<Post>> Of(Thread thread, long after, int most, CancellationToken ct)
    {
        // Up to the number of the key: what comes after it while we read belongs to the next key.
        var (id, until) = (thread.Id, thread.Sequence);
        return (await Once((nameof(Post), id, after, until), WhileAsked, Find, ct))!;

        async Task<IReadOnlyList<Post>?> Find(DiscussionsDb db) =>
            await db.Posts.AsNoTracking().Where(p => p.ThreadId == id && p.Sequence > after && p.Sequence <= until).OrderBy(p => p.Sequence).Take(most).ToListAsync();
    }

    /// <summary>What was rendered under a key. Null with a place to put it: nobody has yet, and whoever asks next waits for what is put there.</summary>
    public async ValueTask<(NewsFragment? Kept, TaskCompletionSource<NewsFragment?>? Place)> Fragment(object key, CancellationToken ct)
    {
        Task<NewsFragment?>? making;
        lock (one)
        {
            if (!cache.TryGetValue(key, out making))
            {
                var place = new TaskCompletionSource<NewsFragment?>(TaskCreationOptions.RunContinuationsAsynchronously);
                cache.Set(key, place.Task, Rendered);
                return (null, place);
            }
        }

        return (await making!.WaitAsync(ct), null);
    }

    // Read in a scope of its own: whoever asked first may go away while the others wait.
    private async ValueTask<T?> Once<T>(object key, TimeSpan kept, Func<DiscussionsDb, Task<T?>> find, CancellationToken ct)
        where T : class
    {
        if (!cache.TryGetValue(key, out Task<T?>? reading))
            lock (one)
                if (!cache.TryGetValue(key, out reading))
                    reading = cache.Set(key, Task.Run(Read, CancellationToken.None), kept);
        return reading!.IsCompletedSuccessfully ? await reading : await reading.WaitAsync(ct);

        async Task<T?> Read()
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                return await find(scope.ServiceProvider.GetRequiredService<DiscussionsDb>());
            }
            catch
            {
                cache.Remove(key); // the next one asks again
                throw;
            }
        }
    }
}
