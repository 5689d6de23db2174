using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Persistence;
using Thread = MoocPlatform.Discussions.Domain.Thread;

namespace MoocPlatform.Discussions.Features.Threads;

/// <summary>
/// What has changed in a thread after a number. All readers of a busy thread ask for the same at the same moment, so it is read once and
/// kept under the thread's number; what each of them may see of it is taken out for each.
/// </summary>
internal sealed class ThreadNews(DiscussionsDb db, IMemoryCache cache)
{
    private static readonly TimeSpan WhileAsked = TimeSpan.FromSeconds(10);

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
