using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using MoocPlatform.Discussions.Domain;

namespace MoocPlatform.Discussions.Features.Shared;

/// <summary>
/// Six posts at once (setting <c>Discussions:PostsAtOnce</c>) and then one every ten seconds, for each person (a token bucket, in this process).
/// </summary>
internal sealed class PostingPace(TimeProvider clock, IConfiguration configuration)
{
    private static readonly TimeSpan OneEvery = TimeSpan.FromSeconds(10);
    private readonly int atOnce = configuration.GetValue("Discussions:PostsAtOnce", 6);
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> fullAt = new();

    /// <summary>Takes one post from the person's bucket, or refuses.</summary>
    public void Take(Guid personId)
    {
        var now = clock.GetUtcNow();
        fullAt.AddOrUpdate(personId, _ => now + OneEvery, (_, full) =>
        {
            var next = (full > now ? full : now) + OneEvery;
            var wait = next - now - (atOnce * OneEvery);
            return wait <= TimeSpan.Zero ? next : throw Refusals.TooFast((int)Math.Ceiling(wait.TotalSeconds));
        });

        // Full buckets need no memory; clearing them now and then keeps the table as small as the number of people who post.
        if (fullAt.Count > 10_000)
            foreach (var (person, full) in fullAt)
                if (full <= now)
                    fullAt.TryRemove(person, out _);
    }
}
