using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.SignalR;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Web;

/// <summary>
/// The one hub, open to visitors: a page that is open to everyone may also be live for everyone. Which channel a person may listen to
/// is asked of its module at each call.
/// </summary>
internal sealed class LiveHub(IEnumerable<ILiveChannel> channels, LivePresence presence, TimeProvider clock) : Hub
{
    /// <summary>Where it stands.</summary>
    public const string Path = "/live";

    private static readonly TimeSpan BetweenSigns = TimeSpan.FromSeconds(2);

    /// <summary>Starts listening. Answers the channel's last number, or null where nothing is numbered; refuses who may not listen.</summary>
    public async Task<long?> Listen(string channel)
    {
        var (owner, id) = await Allowed(channel) ?? throw new HubException("No such channel.");
        await Groups.AddToGroupAsync(Context.ConnectionId, channel, Context.ConnectionAborted);
        if (owner.CountsListeners)
            presence.Enter(channel, Context.ConnectionId, Context.User?.IdOrNull()?.ToString("N") ?? Context.ConnectionId);
        return await owner.Last(id, Context.ConnectionAborted);
    }

    /// <summary>Shows the others on a channel that this person is writing. Never stored; more than one sign in two seconds is not passed on.</summary>
    public async Task Writing(string channel)
    {
        if (!presence.IsIn(channel, Context.ConnectionId)
            || (Context.Items.TryGetValue(nameof(Writing), out var before) && clock.GetElapsedTime((long)before!) < BetweenSigns))
            return;
        Context.Items[nameof(Writing)] = clock.GetTimestamp();
        if (await Allowed(channel) is not var (owner, id) || await owner.NameOfWriter(id, Context.User ?? new(), Context.ConnectionAborted) is not { } name)
            return;
        await Clients.OthersInGroup(channel).SendAsync("tell", channel, "writing", null, name, Context.ConnectionAborted);
    }

    /// <summary>Stops listening.</summary>
    public Task Leave(string channel)
    {
        presence.Leave(channel, Context.ConnectionId);
        return Groups.RemoveFromGroupAsync(Context.ConnectionId, channel, Context.ConnectionAborted);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        presence.Leave(Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }

    private async Task<(ILiveChannel Owner, Guid Id)?> Allowed(string channel)
    {
        var colon = channel.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            && Guid.TryParse(channel[(colon + 1)..], out var id)
            && channels.FirstOrDefault(c => c.Kind == channel[..colon]) is { } owner
            && await owner.MayListen(id, Context.User ?? new(), Context.ConnectionAborted)
            ? (owner, id)
            : null;
    }
}

/// <summary>Sends what modules told on to the listeners, one after the other, away from every request.</summary>
internal sealed class LiveSender(Live live, IHubContext<LiveHub> hub, IOutputCacheStore pages, LiveRelay relay, LiveSessions sessions, ILogger<LiveSender> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var message in live.Messages.ReadAllAsync(stoppingToken))
        {
            relay.Pass(message);
            try
            {
                if (sessions.Cut(message.Channel, message.Kind, message.Sequence))
                    continue;
                if (message.Sequence is null)
                    await pages.EvictByTagAsync(KeptForVisitorsAttribute.Tag, stoppingToken); // its listeners ask for their page anew
                await hub.Clients.Group(message.Channel).SendAsync("tell", message.Channel, message.Kind, message.Sequence, message.Data, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogWarning(e, "A live message on {Channel} was not sent", message.Channel);
            }
        }
    }
}
