using System.Security.Claims;
using System.Threading.Channels;

namespace MoocPlatform.Kernel;

/// <summary>
/// Live pixels. Told after the commit, sent by the process from a queue and never awaited in a request.
/// A message may be lost on its way: it carries a sequence number, or its receiver reads the state anew.
/// </summary>
public sealed class Live
{
    private readonly Channel<LiveMessage> queue = Channel.CreateBounded<LiveMessage>(
        new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>What the process sends on to the listeners, in the order told.</summary>
    public ChannelReader<LiveMessage> Messages => queue.Reader;

    /// <summary>Tells everyone who listens to a channel. Never blocks, never fails.</summary>
    /// <param name="channel"><c>kind:id</c>, such as <c>run:0198…</c>.</param>
    /// <param name="kind">What happened, in lower case with hyphens.</param>
    /// <param name="sequence">The number by which a listener sees that it missed something; null when state is simply read anew.</param>
    public void Tell(string channel, string kind, long? sequence = null, object? data = null) =>
        queue.Writer.TryWrite(new LiveMessage(channel, kind, sequence, data));

    /// <summary>The kind of message that listeners never get: see <see cref="Cut"/>.</summary>
    public const string Cutting = "cut";

    /// <summary>
    /// Cuts the connections of a person, on every node: their rights are less than they were. Pages come back by themselves and are asked
    /// anew what they may hear.
    /// </summary>
    /// <param name="ticketsBefore">The tickets of before this instant are over as well; null: they stay good.</param>
    public void Cut(Guid personId, DateTimeOffset? ticketsBefore = null) => Tell(personId.ToString("N"), Cutting, ticketsBefore?.ToUnixTimeSeconds());
}

/// <summary>One message to the listeners of a channel.</summary>
public sealed record LiveMessage(string Channel, string Kind, long? Sequence, object? Data);

/// <summary>Who may listen to a kind of channel. Each module answers for its own.</summary>
public interface ILiveChannel
{
    /// <summary>The part before the colon, such as <c>run</c>.</summary>
    string Kind { get; }

    /// <summary>Whether this person (perhaps not signed in) may listen to the channel of this id.</summary>
    Task<bool> MayListen(Guid id, ClaimsPrincipal person, CancellationToken ct);

    /// <summary>The channel's last number, by which a new listener sees what it missed; null where nothing is numbered.</summary>
    Task<long?> Last(Guid id, CancellationToken ct) => Task.FromResult<long?>(null);

    /// <summary>Whether the listeners are told how many people they are (<c>here</c>).</summary>
    bool CountsListeners => false;

    /// <summary>
    /// What the others are told when this person writes there (<c>writing</c>): a name, or an empty text for somebody without a name. Null:
    /// nothing. Asked only where listeners are counted.
    /// </summary>
    Task<string?> NameOfWriter(Guid id, ClaimsPrincipal person, CancellationToken ct) => Task.FromResult<string?>(null);
}
