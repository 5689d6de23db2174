using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.SignalR;
using MoocPlatform.Kernel;
using Npgsql;

namespace MoocPlatform.Host.Web;

/// <summary>
/// Carries live messages between the nodes of a site by PostgreSQL's LISTEN and NOTIFY. What is lost while a connection is down is caught up
/// by the numbers, as after any cut. On SQLite there is one node, and nothing to carry.
/// </summary>
internal sealed class LiveRelay(Database database, IHubContext<LiveHub> hub, IOutputCacheStore pages, LiveSessions sessions, LivePresence presence, TimeProvider clock, ILogger<LiveRelay> log) : BackgroundService
{
    private const string Name = "mooc_live";
    private const int LongestMessage = 7500; // PostgreSQL takes 8,000 bytes

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Guid node = clock.NewKey();
    private readonly Channel<LiveMessage> queue = Channel.CreateBounded<LiveMessage>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>To the listeners of the other nodes. Never blocks, never fails.</summary>
    public void Pass(LiveMessage message)
    {
        if (!database.IsSqlite)
            queue.Writer.TryWrite(message);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (database.IsSqlite)
            return Task.CompletedTask;
        presence.Pass = Pass;
        return Task.WhenAll(Again(Send, stoppingToken), Again(Hear, stoppingToken));
    }

    private async Task Again(Func<NpgsqlConnection, CancellationToken, Task> work, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false, KeepAlive = 30 }.ToString());
                await connection.OpenAsync(ct);
                await work(connection, ct);
            }
            catch (Exception) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                log.LogWarning(e, "Live messages do not travel between nodes; trying again");
                await Task.Delay(Patience, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Send(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT pg_notify($1, $2)", connection) { Parameters = { new() { Value = Name }, new() { Value = "" } } };
        await foreach (var message in queue.Reader.ReadAllAsync(ct))
        {
            var carried = JsonSerializer.Serialize(new Carried(node, message.Channel, message.Kind, message.Sequence, JsonSerializer.SerializeToElement(message.Data)));
            if (carried.Length > LongestMessage)
                continue; // its receivers find the gap in the numbers
            command.Parameters[1].Value = carried;
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    private async Task Hear(NpgsqlConnection connection, CancellationToken ct)
    {
        var heard = Channel.CreateUnbounded<string>();
        connection.Notification += (_, e) => heard.Writer.TryWrite(e.Payload);
        await using (var listen = new NpgsqlCommand($"LISTEN {Name}", connection))
            await listen.ExecuteNonQueryAsync(ct);
        while (true)
        {
            await connection.WaitAsync(ct);
            while (heard.Reader.TryRead(out var payload))
                await Tell(payload, ct);
        }
    }

    private async Task Tell(string payload, CancellationToken ct)
    {
        if (JsonSerializer.Deserialize<Carried>(payload) is not { } carried || carried.Node == node)
            return;
        if (sessions.Cut(carried.Channel, carried.Kind, carried.Sequence))
            return;
        if (carried.Kind == LivePresence.Present)
        {
            if (carried.Data.Deserialize<NodePeople>() is { } people)
                presence.Hear(carried.Node, carried.Channel, people);
            return;
        }

        if (carried.Sequence is null)
            await pages.EvictByTagAsync(KeptForVisitorsAttribute.Tag, ct);
        await hub.Clients.Group(carried.Channel).SendAsync("tell", carried.Channel, carried.Kind, carried.Sequence, carried.Data, ct);
    }

    private sealed record Carried(Guid Node, string Channel, string Kind, long? Sequence, JsonElement Data);
}
