using System.Collections.Immutable;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace MoocPlatform.Host.Web;

/// <summary>
/// Who listens to what on this node. Thousands are told in small parts: each connection keeps a message in a buffer until its turn to be
/// sent comes, and told all at once, thousands of buffers would be filled before the first is free again.
/// </summary>
internal sealed class LiveGroups(ILogger<DefaultHubLifetimeManager<LiveHub>> log) : DefaultHubLifetimeManager<LiveHub>(log)
{
    private const int Part = 64;

    private readonly Lock changing = new();
    private readonly Dictionary<string, Member> members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableHashSet<HubConnectionContext>> groups = new(StringComparer.Ordinal);

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        lock (changing)
            members[connection.ConnectionId] = new(connection, new(StringComparer.Ordinal));
        return base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        lock (changing)
            if (members.Remove(connection.ConnectionId, out var member))
                foreach (var group in member.Groups)
                    Leave(group, connection);
        return base.OnDisconnectedAsync(connection);
    }

    public override Task AddToGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default)
    {
        lock (changing)
            if (members.TryGetValue(connectionId, out var member) && member.Groups.Add(groupName))
                groups[groupName] = groups.GetValueOrDefault(groupName, []).Add(member.Connection);
        return Task.CompletedTask;
    }

    public override Task RemoveFromGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default)
    {
        lock (changing)
            if (members.TryGetValue(connectionId, out var member) && member.Groups.Remove(groupName))
                Leave(groupName, member.Connection);
        return Task.CompletedTask;
    }

    public override Task SendGroupAsync(string groupName, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        Tell(groupName, methodName, args, [], cancellationToken);

    public override Task SendGroupExceptAsync(string groupName, string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds, CancellationToken cancellationToken = default) =>
        Tell(groupName, methodName, args, excludedConnectionIds, cancellationToken);

    private async Task Tell(string groupName, string methodName, object?[] args, IReadOnlyList<string> but, CancellationToken ct)
    {
        ImmutableHashSet<HubConnectionContext>? group;
        lock (changing)
            if (!groups.TryGetValue(groupName, out group))
                return;

        var message = new SerializedHubMessage(new InvocationMessage(methodName, args)); // written as text once, for all
        var (told, slow) = (0, new List<Task>());
        foreach (var connection in group.Where(c => !but.Contains(c.ConnectionId)))
        {
            if (connection.WriteAsync(message, ct) is { IsCompletedSuccessfully: false } writing)
                slow.Add(writing.AsTask());
            if (++told % Part == 0)
                await Task.Yield(); // behind those who send what was told so far
        }

        await Task.WhenAll(slow);
    }

    private void Leave(string name, HubConnectionContext connection)
    {
        var rest = groups[name].Remove(connection);
        if (rest.IsEmpty)
            groups.Remove(name);
        else
            groups[name] = rest;
    }

    private sealed record Member(HubConnectionContext Connection, HashSet<string> Groups);
}
