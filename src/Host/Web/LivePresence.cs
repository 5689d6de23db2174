using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Web;

/// <summary>
/// How many people listen to a channel that counts them. One person with three tabs is one. Told to the listeners as <c>here</c>, at most once
/// a second for each channel; never stored. Nodes tell each other who is with them, at every change and again and again as long as somebody is:
/// what was lost on the way, or a node that is gone, is made good within a minute.
/// </summary>
internal sealed class LivePresence(IHubContext<LiveHub> hub, TimeProvider clock, ILogger<LivePresence> log)
{
    /// <summary>The kind of message by which nodes tell each other: listeners never get it.</summary>
    public const string Present = "present";

    private const int MostNamed = 400; // PostgreSQL carries 8,000 bytes

    // The end of what names a person or a connection is by chance.
    private const int MarkLength = 12;

    private static readonly TimeSpan Once = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(50);

    private readonly TimeProvider clock = clock;
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<Guid, Others>> elsewhere = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Room> rooms = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, string>> byConnection = new(StringComparer.Ordinal);

    /// <summary>Carries a message to the other nodes; null: there are none.</summary>
    public Action<LiveMessage>? Pass { get; set; }

    /// <summary>Another node tells who is with it.</summary>
    public void Hear(Guid node, string channel, NodePeople people)
    {
        elsewhere.GetOrAdd(channel, _ => new())[node] = new(people, clock.GetTimestamp());
        if (rooms.TryGetValue(channel, out var room))
            room.Soon();
    }

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

    // One person with tabs on two nodes is one; of a node with very many only their number is known.
    private int Everywhere(string channel, List<string> here)
    {
        if (Pass is null)
            return here.Count;
        var (marks, more) = (here.Select(Mark).ToHashSet(StringComparer.Ordinal), 0);
        if (!elsewhere.TryGetValue(channel, out var nodes))
            return marks.Count;
        foreach (var (node, others) in nodes)
            if (others.People.Count == 0 || clock.GetElapsedTime(others.At) > Believed)
            {
                nodes.TryRemove(new(node, others));
            }
            else
            {
                marks.UnionWith(others.People.Marks);
                more += others.People.Count - others.People.Marks.Count;
            }

        return marks.Count + more;
    }

    private static string Mark(string person) => person.Length > MarkLength ? person[^MarkLength..] : person;

    private async Task Tell(string channel, List<string> here)
    {
        Pass?.Invoke(new(channel, Present, null, new NodePeople(here.Count, here.Count > MostNamed ? [] : [.. here.Select(Mark)])));
        if (here.Count == 0)
        {
            if (elsewhere.TryGetValue(channel, out var nodes) && nodes.Values.All(o => o.People.Count == 0))
                elsewhere.TryRemove(new(channel, nodes));
            return;
        }

        var people = Everywhere(channel, here);
        try
        {
            await hub.Clients.Group(channel).SendAsync("tell", channel, "here", null, people);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogWarning(e, "How many are on {Channel} was not told", channel);
        }
    }

    private sealed record Others(NodePeople People, long At);

    /// <summary>Those on one channel. An empty one is cleared away.</summary>
    private sealed class Room(string channel, LivePresence presence)
    {
        private readonly Dictionary<string, int> tabs = new(StringComparer.Ordinal);
        private ITimer? telling;
        private bool isSoon;
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
            }

            Soon();
            return true;
        }

        /// <summary>The number is to be told.</summary>
        public void Soon()
        {
            lock (tabs)
            {
                if (!isSoon && !isGone)
                    After(Once);
                isSoon = true;
            }
        }

        private void After(TimeSpan pause)
        {
            telling?.Dispose();
            telling = presence.clock.CreateTimer(_ => _ = Tell(), null, pause, Timeout.InfiniteTimeSpan);
        }

        private Task Tell()
        {
            List<string> people;
            lock (tabs)
            {
                isSoon = false;
                people = [.. tabs.Keys];
                if (people.Count == 0)
                {
                    telling?.Dispose();
                    isGone = true;
                    presence.rooms.TryRemove(new(channel, this));
                }
                else if (presence.Pass is not null)
                {
                    After(Beat);
                }
            }

            return presence.Tell(channel, people);
        }
    }
}

/// <summary>Who is with a node: how many, and a mark of each unless they are too many.</summary>
internal sealed record NodePeople(int Count, IReadOnlyCollection<string> Marks);
