using Microsoft.EntityFrameworkCore;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Persistence;

namespace MoocPlatform.Discussions.Features.Moderating;

/// <summary>What waits for the team of a run. Told in the turn of the change, before it is saved.</summary>
internal static class TeamQueue
{
    /// <summary>A writing is to be looked at. What waits already is not told of again.</summary>
    public static void Enqueue(this DiscussionsDb db, Writing writing, DateTimeOffset now)
    {
        if (writing.Waits)
            return;
        writing.Waits = true;
        db.Announce(new TeamQueueChanged(writing.RunId, now));
    }

    /// <summary>A writing that waited does so no longer: told when it was the last.</summary>
    public static async Task Settled(this DiscussionsDb db, Writing writing, DateTimeOffset now, CancellationToken ct)
    {
        var (run, id) = (writing.RunId, writing.Id);
        if (!await db.Threads.AnyAsync(t => t.RunId == run && t.Waits && t.Id != id, ct) && !await db.Posts.AnyAsync(p => p.RunId == run && p.Waits && p.Id != id, ct))
            db.Announce(new TeamQueueChanged(run, now));
    }
}
