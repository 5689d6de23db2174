using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;

namespace MoocPlatform.Host.Web;

/// <summary>
/// How many people listen to a channel that counts them. One person with three tabs is one. Told to the listeners as <c>here</c>, at most once
/// a second for each channel; never stored. Each node counts its own.
/// </summary>
internal sealed class LivePresence(IHubContext<LiveHub> hub, TimeProvider clock, ILogger<LivePresence> log)
{
    private static readonly TimeSpan Once = TimeSpan.FromSeconds(1);

    private readonly TimeProvider clock = clock;
    private readonly ConcurrentDictionary<string, Room> rooms = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, string>> byConnection = new(StringComparer.Ordinal);

    /// <param name="person">Who it is: the same for all tabs of a person.</param>
    public void Enter(string channel, string connection, string person)
    {
        if (byConnection.GetOrAdd(connection, _ => new(StringComparer.Ordinal)).TryAdd(channel, person))
            while (!rooms.GetOrAdd(channel, name => new Room(name, this)).Change(person, 1))
            {
                // It was just being cleared away.
            }
    }

    public bool IsIn(string channel, string connection) => byConnection.TryGetValue(connection, out var channels) && channels.ContainsKey(channel);

    public void Leave(string channel, string connection)
    {
        if (byConnection.TryGetValue(connection, out var channels) && channels.TryRemove(channel, out var person) && rooms.TryGetValue(channel, out var room))
            room.Change(person, -1);
    }

    /// <summary>The connection is gone.</summary>
    public void Leave(string connection)
    {
        if (!byConnection.TryRemove(connection, out var channels))
            return;
        foreach (var (channel, person) in channels)
            if (rooms.TryGetValue(channel, out var room))
                room.Change(person, -1);
    }

    private async Task Tell(string channel, int people)
    {
        try
        {
            await hub.Clients.Group(channel).SendAsync("tell", channel, "here", null, people);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogWarning(e, "How many are on {Channel} was not told", channel);
        }
    }

    /// <summary>Those on one channel. An empty one is cleared away.</summary>
    private sealed class Room(string channel, LivePresence presence)
    {
        private readonly Dictionary<string, int> tabs = new(StringComparer.Ordinal);
        private ITimer? telling;
        private bool isGone;

        /// <summary>A tab more or less of a person. False: this room is gone.</summary>
        public bool Change(string person, int by)
        {
            lock (tabs)
            {
                if (isGone)
                    return false;
                var now = tabs.GetValueOrDefault(person) + by;
                if (now > 0)
                    tabs[person] = now;
                else
                    tabs.Remove(person);
                telling ??= presence.clock.CreateTimer(_ => _ = Tell(), null, Once, Timeout.InfiniteTimeSpan);
                return true;
            }
        }

        private Task Tell()
        {
            int people;
            lock (tabs)
            {
                telling?.Dispose();
                telling = null;
                people = tabs.Count;
                if (people == 0)
                {
                    isGone = true;
                    presence.rooms.TryRemove(new(channel, this));
                }
            }

            return people == 0 ? Task.CompletedTask : presence.Tell(channel, people);
        }
    }
}
