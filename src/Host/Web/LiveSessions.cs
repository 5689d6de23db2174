using System.Collections.Concurrent;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.SignalR;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Web;

/// <summary>
/// Whose connections are open on this node, so that they can be cut when somebody's rights are less than they were. A page that is still
/// entitled comes back by itself, and is asked anew at each channel.
/// </summary>
internal sealed class LiveSessions(TimeProvider clock)
{
    // A ticket is looked at once a minute: until then an old one looks good, and the hub has to know better.
    private static readonly TimeSpan UntilTicketsAreLookedAt = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<Guid, ConcurrentDictionary<string, HubCallerContext>> open = new();
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> signedOut = new();

    /// <summary>Throws when the ticket it came with was ended.</summary>
    public void Enter(HubCallerContext connection)
    {
        if (connection.User?.IdOrNull() is not { } person)
            return;
        var ticket = connection.GetHttpContext()?.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.IssuedUtc;
        if (signedOut.TryGetValue(person, out var since) && ticket < since)
            throw new HubException("Signed out.");
        open.GetOrAdd(person, _ => new(StringComparer.Ordinal))[connection.ConnectionId] = connection;
    }

    public void Leave(HubCallerContext connection)
    {
        if (connection.User?.IdOrNull() is not { } person || !open.TryGetValue(person, out var connections))
            return;
        connections.TryRemove(connection.ConnectionId, out _);
        if (connections.IsEmpty && open.TryRemove(new(person, connections)))
            foreach (var (id, late) in connections) // came while we cleared away
                open.GetOrAdd(person, _ => new(StringComparer.Ordinal))[id] = late;
    }

    /// <summary>Carries out what was told by <see cref="Live.Cut"/>, here or on another node. False: it was something else.</summary>
    /// <param name="ticketsBefore">Unix seconds: older tickets of the person are over. Null: they stay good.</param>
    public bool Cut(string channel, string kind, long? ticketsBefore)
    {
        if (kind != Live.Cutting || !Guid.TryParse(channel, out var person))
            return false;
        if (ticketsBefore is { } seconds)
        {
            var now = clock.GetUtcNow();
            foreach (var (old, at) in signedOut)
                if (now - at > UntilTicketsAreLookedAt)
                    signedOut.TryRemove(new(old, at));
            signedOut[person] = DateTimeOffset.FromUnixTimeSeconds(seconds);
        }

        if (open.TryGetValue(person, out var connections))
            foreach (var connection in connections.Values)
                connection.Abort();
        return true;
    }
}
