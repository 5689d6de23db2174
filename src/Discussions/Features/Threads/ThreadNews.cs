using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Persistence;
using Thread = MoocPlatform.Discussions.Domain.Thread;

namespace MoocPlatform.Discussions.Features.Threads;

/// <summary>
/// What has changed in a thread after a number. All readers of a busy thread ask for the same at the same moment, so it is read once and
/// kept under the thread's number; what each of them may see of it is taken out for each.
/// </summary>
internal sealed class ThreadNews(DiscussionsDb db, IMemoryCache cache)
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WhileAsked = TimeSpan.FromSeconds(10);

    /// <summary>The thread, when it may be opened; at most a second old, and never older than a number that the reader has heard of.</summary>
    public async ValueTask<Thread?> Thread(Sight sight, Guid id, long heard, CancellationToken ct)
    {
        if (!cache.TryGetValue(Bell.Kept(id), out Thread? thread) || thread!.Sequence < heard)
        {
            thread = await db.Threads.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, ct);
            if (thread is not null)
                cache.Set(Bell.Kept(id), thread, AtMost);
        }

        return thread is not null && sight.MayOpen(thread) ? thread : null;
    }

    public async Task<IReadOnlyList<Post>> Of(Thread thread, long after, int most, CancellationToken ct)
    {
        var key = (nameof(ThreadNews), thread.Id, after, thread.Sequence);
        if (cache.TryGetValue(key, out IReadOnlyList<Post>? kept))
            return kept!;
        // Up to the number of the key: what comes after it while we read belongs to the next key.
        var posts = await db.Posts.AsNoTracking().Where(p => p.ThreadId == thread.Id && p.Sequence > after && p.Sequence <= thread.Sequence)
            .OrderBy(p => p.Sequence).Take(most).ToListAsync(ct);
        return cache.Set(key, posts, WhileAsked);
    }
}
