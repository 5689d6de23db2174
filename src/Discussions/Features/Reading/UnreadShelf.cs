using MediatR;
using Microsoft.Extensions.Caching.Memory;
using MoocPlatform.Discussions.Contracts;

namespace MoocPlatform.Discussions.Features.Reading;

/// <summary>
/// In how many threads something is new to a person, for the head of every page of a run: counted at most every few seconds, however fast
/// they turn the pages, and anew once they have read something.
/// </summary>
internal sealed class UnreadShelf(IMemoryCache cache)
{
    private static readonly TimeSpan While = TimeSpan.FromSeconds(5);

    /// <summary>As <see cref="UnreadTalkQuery"/> answers.</summary>
    public async ValueTask<int> Of(UnreadTalkQuery question, IMediator mediator, CancellationToken ct) =>
        cache.TryGetValue(question, out int kept) ? kept : cache.Set(question, await mediator.Send(question, ct), While);

    /// <summary>The person has read something.</summary>
    public void Forget(Guid runId, Guid personId) => cache.Remove(new UnreadTalkQuery(runId, personId));
}
