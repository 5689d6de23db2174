using System.Globalization;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Host.Tests.Web;

/// <summary>The hub met by hand, as an attacker would: the JSON protocol over a bare WebSocket.</summary>
public sealed class LiveHubTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_page_of_another_site_cannot_connect()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Connect(world, null, origin: "http://evil.example"));
        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
        using var negotiation = await world.Plain().SendAsync(new HttpRequestMessage(HttpMethod.Post, "/live/negotiate?negotiateVersion=1") { Headers = { { "Origin", "http://evil.example" } } });
        Assert.Equal(403, (int)negotiation.StatusCode);
    }

    [Fact]
    public async Task Nobody_may_listen_to_a_channel_that_no_module_answers_for()
    {
        using var socket = await Connect(world, null, origin: "http://localhost");
        foreach (var channel in new[] { "nothing", "nothing:", "nothing:123", $"nothing:{Guid.CreateVersion7()}", "" })
        {
            await Say(socket, Call("1", "Listen", channel));
            Assert.Contains("No such channel", await Hear(socket), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_message_above_16_KB_closes_the_connection()
    {
        using var socket = await Connect(world, null);
        await Say(socket, Call("1", "Listen", new string('x', 17 * 1024)));
        Assert.Contains("\"type\":7", await Hear(socket), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_has_at_most_ten_connections_and_may_come_back_after_closing_one()
    {
        var person = await world.Person("Ana");
        await using var limited = world.With(("Limits:Factor", "1"));
        var sockets = new List<WebSocket>();
        for (var i = 0; i < 10; i++)
        {
            sockets.Add(await Connect(limited, person));
            await Say(sockets[i], """{"type":6}""");
            await Say(sockets[i], Call("1", "Listen", "nothing:1"));
            Assert.Contains("No such channel", await Hear(sockets[i]), StringComparison.Ordinal);
        }

        var eleventh = await Connect(limited, person);
        Assert.Contains("\"type\":7", await Hear(eleventh), StringComparison.Ordinal);

        await sockets[0].CloseAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
        Assert.True(await ComesIn(limited, person));
    }

    [Fact]
    public async Task Who_calls_without_end_is_slowed_down_and_then_cut_off()
    {
        await using var limited = world.With(("Limits:Factor", "1"));
        using var socket = await Connect(limited, null);
        var answers = new List<string>();
        var isCut = false;
        for (var i = 0; i < 400 && !isCut; i++)
        {
            try
            {
                await Say(socket, Call(i.ToString(CultureInfo.InvariantCulture), "Listen", "nothing:1"));
                answers.Add(await Hear(socket));
            }
            catch (Exception e) when (e is IOException or WebSocketException or InvalidOperationException or OperationCanceledException)
            {
                isCut = true;
            }

            isCut |= socket.State != WebSocketState.Open;
        }

        Assert.Contains("No such channel", answers[0], StringComparison.Ordinal);
        Assert.Contains(answers, a => a.Contains("Too many calls", StringComparison.Ordinal));
        Assert.True(isCut);
    }

    [Fact]
    public async Task All_who_listen_hear_a_message_once_and_nobody_who_has_left()
    {
        const int Many = 150; // more than are told at a time
        var channel = CourseLinks.Channel((await world.ARun()).RunId);
        var sockets = new List<WebSocket>();
        for (var i = 0; i < Many; i++)
        {
            sockets.Add(await Connect(world, null));
            await Say(sockets[i], Call("1", "Listen", channel));
            Assert.Contains("\"invocationId\":\"1\"", await Hear(sockets[i]), StringComparison.Ordinal);
        }

        await Say(sockets[0], Call("2", "Leave", channel));
        Assert.Contains("\"invocationId\":\"2\"", await Hear(sockets[0]), StringComparison.Ordinal);
        sockets[1].Abort();

        var live = world.Services.GetRequiredService<Live>();
        live.Tell(channel, "first", 1);
        live.Tell(channel, "second", 2);
        foreach (var socket in sockets.Skip(2))
        {
            Assert.Contains("\"first\",1", await Hear(socket), StringComparison.Ordinal);
            Assert.Contains("\"second\",2", await Hear(socket), StringComparison.Ordinal);
        }

        await Say(sockets[0], Call("3", "Listen", channel));
        Assert.Contains("\"invocationId\":\"3\"", await Hear(sockets[0]), StringComparison.Ordinal); // the next that it hears: it was told nothing meanwhile
        foreach (var socket in sockets)
            socket.Dispose();
    }

    [Fact]
    [Trait("Database", "PostgreSQL")]
    public async Task What_one_node_tells_is_heard_on_another()
    {
        Assert.SkipUnless(World.OnPostgres, "On SQLite there is one node.");
        var channel = CourseLinks.Channel((await world.ARun()).RunId);
        await using var second = world.With(("Site:Name", "The second node"));
        using var socket = await Connect(second, null);
        await Say(socket, Call("1", "Listen", channel));
        Assert.Contains("\"invocationId\":\"1\"", await Hear(socket), StringComparison.Ordinal);

        // Until the second node listens to the first, what is told is lost, as in any cut.
        var hearing = Hear(socket);
        for (var number = 1; !hearing.IsCompleted && number < 600; number++)
        {
            world.Services.GetRequiredService<Live>().Tell(channel, "from-afar", number, new { one = "node" });
            await Task.WhenAny(hearing, Task.Delay(50, TestContext.Current.CancellationToken));
        }

        Assert.Matches($$"""\["{{channel}}","from-afar",\d+,\{"one":"node"\}\]""", await hearing);
    }

    // The server hears of a closed connection a moment after the client.
    private static async Task<bool> ComesIn(WebApplicationFactory<Program> app, Guid person)
    {
        for (var tries = 0; tries < 100; tries++)
        {
            var socket = await Connect(app, person);
            try
            {
                await Say(socket, Call("1", "Listen", "nothing:1"));
                if ((await Hear(socket)).Contains("No such channel", StringComparison.Ordinal))
                    return true;
            }
            catch (Exception e) when (e is IOException or WebSocketException or InvalidOperationException)
            {
                // Cut before it was heard.
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        return false;
    }

    private static string Call(string id, string method, string argument) => $$"""{"type":1,"invocationId":"{{id}}","target":"{{method}}","arguments":["{{argument}}"]}""";

    private static async Task<WebSocket> Connect(WebApplicationFactory<Program> app, Guid? person, string? origin = null)
    {
        var client = app.Server.CreateWebSocketClient();
        client.ConfigureRequest = request =>
        {
            if (origin is not null)
                request.Headers.Origin = origin;
            if (person is not null)
                request.Headers[FakePerson.Header] = $"{person};;Ana";
        };
        var socket = await client.ConnectAsync(new Uri("ws://localhost/live"), TestContext.Current.CancellationToken);
        await Say(socket, """{"protocol":"json","version":1}""");
        Assert.Equal("{}", await Hear(socket));
        return socket;
    }

    private static Task Say(WebSocket socket, string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message + "\u001e"), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

    // A frame may carry several messages: what was not asked for yet waits here.
    private static readonly ConditionalWeakTable<WebSocket, Queue<string>> Unheard = [];

    /// <summary>The next message that is no ping.</summary>
    private static async Task<string> Hear(WebSocket socket)
    {
        var unheard = Unheard.GetOrCreateValue(socket);
        var buffer = new byte[64 * 1024];
        while (unheard.Count == 0)
        {
            var received = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            var text = Encoding.UTF8.GetString(buffer, 0, received.Count);
            if (received.MessageType == WebSocketMessageType.Close)
                return text;
            foreach (var message in text.Split('\u001e', StringSplitOptions.RemoveEmptyEntries).Where(m => m != """{"type":6}"""))
                unheard.Enqueue(message);
        }

        return unheard.Dequeue();
    }
}
