using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Kernel;
using Xunit;

namespace MoocPlatform.TestKit;

/// <summary>Somebody at the hub, or a visitor.</summary>
public sealed class LiveEar : IAsyncDisposable
{
    private const char End = '\u001e';

    private readonly WebSocket socket;
    private readonly StringBuilder heard = new();
    private int read;
    private int calls;

    private LiveEar(WebSocket socket) => this.socket = socket;

    /// <summary>Everything that came.</summary>
    public string Heard => heard.ToString();

    /// <summary>The channels that were not refused.</summary>
    public List<string> Channels { get; } = [];

    /// <param name="person">The value of the header that the world believes; null: a visitor.</param>
    /// <param name="cookie">With the real sign-in: that of the browser.</param>
    public static async Task<LiveEar> Of(WebApplicationFactory<Program> world, string? person, string? cookie = null)
    {
        var client = world.Server.CreateWebSocketClient();
        client.ConfigureRequest = request =>
        {
            if (person is not null)
                request.Headers["X-Test-Person"] = person;
            if (cookie is not null)
                request.Headers.Cookie = cookie;
        };
        var ear = new LiveEar(await client.ConnectAsync(new Uri("ws://localhost/live"), TestContext.Current.CancellationToken));
        await ear.Say("""{"protocol":"json","version":1}""");
        return ear;
    }

    /// <summary>The same, asking to hear every channel of every kind with these ids.</summary>
    public static async Task<LiveEar> Of(WebApplicationFactory<Program> world, string? person, IEnumerable<Guid> ids)
    {
        var ear = await Of(world, person);
        var kinds = world.Services.CreateScope().ServiceProvider.GetServices<ILiveChannel>().Select(c => c.Kind).ToList();
        foreach (var channel in ids.SelectMany(id => kinds.Select(kind => $"{kind}:{id:N}")))
            await ear.Listen(channel);
        return ear;
    }

    /// <returns>The channel; null: refused.</returns>
    public async Task<string?> Listen(string channel)
    {
        var call = $"call-{++calls}";
        await Say($$"""{"type":1,"invocationId":"{{call}}","target":"Listen","arguments":["{{channel}}"]}""");
        if ((await Until($"\"invocationId\":\"{call}\"")).Contains("error", StringComparison.Ordinal))
            return null;
        Channels.Add(channel);
        return channel;
    }

    /// <summary>Hears until a message with these words; returns that message.</summary>
    public async Task<string> Until(string words)
    {
        var buffer = new byte[16 * 1024];
        while (true)
        {
            for (var end = Heard.IndexOf(End, read); end >= 0; end = Heard.IndexOf(End, read))
            {
                var message = Heard[read..end];
                read = end + 1;
                if (message.Contains(words, StringComparison.Ordinal))
                    return message;
            }

            var received = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            if (received.MessageType == WebSocketMessageType.Close)
                throw new InvalidOperationException($"The hub has hung up; nothing with {words} was heard.");
            heard.Append(Encoding.UTF8.GetString(buffer, 0, received.Count));
        }
    }

    /// <summary>Waits until the hub hangs up.</summary>
    public async Task Closed()
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while ((await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken)).MessageType != WebSocketMessageType.Close)
            {
                // What was said before.
            }
        }
        catch (Exception e) when (e is IOException or WebSocketException or InvalidOperationException)
        {
            // It was torn off.
        }
    }

    /// <summary>Hears everything that was told before this moment.</summary>
    public async Task<string> All(WebApplicationFactory<Program> world)
    {
        var mark = $"mark-{Guid.CreateVersion7():N}";
        world.Services.GetRequiredService<Live>().Tell(Channels[0], mark);
        await Until(mark);
        return Heard;
    }

    /// <summary>Sends a message of the hub's protocol.</summary>
    public Task Say(string message) => socket.SendAsync(Encoding.UTF8.GetBytes(message + End), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
