using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MoocPlatform.Benchmarks;

/// <summary>The limit of a page: the same web server returning the same bytes from memory and doing nothing else.</summary>
internal static class LimitServer
{
    // As long as what the hub says of a reply.
    private static readonly byte[] Said = Encoding.UTF8.GetBytes($$"""{"type":1,"target":"tell","arguments":["talk:{{Guid.Empty:N}}","reply",12345,null]}""" + '\u001e');

    /// <summary>Serves the files of a folder at /name; /say sends a few bytes to every WebSocket at /ws.</summary>
    public static async Task Run(string url, string folder)
    {
        var pages = Directory.GetFiles(folder).ToDictionary(f => "/" + Path.GetFileName(f), File.ReadAllBytes, StringComparer.Ordinal);
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        var app = builder.Build();
        var sockets = new ConcurrentBag<WebSocket>();
        app.MapWhen(context => context.Request.Path == "/ws", branch => branch.UseWebSockets().Run(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            sockets.Add(socket);
            await socket.ReceiveAsync(new byte[16], context.RequestAborted);
        }));
        app.Run(context =>
        {
            if (context.Request.Path == "/say")
                return Task.WhenAll(sockets.Select(s => s.SendAsync(Said, WebSocketMessageType.Text, true, CancellationToken.None)));
            var page = pages[context.Request.Path.Value!];
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.ContentLength = page.Length;
            return context.Response.Body.WriteAsync(page, 0, page.Length);
        });
        await app.RunAsync();
    }

    /// <summary>Starts the limit as a process of its own, like the subject.</summary>
    public static Running Start(string folder)
    {
        var address = new Uri($"http://127.0.0.1:{SeededSite.FreePort()}");
        var start = new ProcessStartInfo("dotnet", [typeof(LimitServer).Assembly.Location, "limit", address.GetLeftPart(UriPartial.Authority), folder]);
        return new Running(Process.Start(start)!, address);
    }
}

/// <summary>A process that serves.</summary>
internal sealed class Running(Process process, Uri address) : IAsyncDisposable
{
    public Uri Address => address;

    /// <summary>Bytes of the process that are in memory now.</summary>
    public long Memory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Waits until a path answers.</summary>
    public async Task Ready(string path)
    {
        using var client = new HttpClient();
        for (var i = 0; i < 600; i++)
        {
            try
            {
                if ((await client.GetAsync(new Uri(address, path))).IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not up yet.
            }

            await Task.Delay(100);
        }

        throw new InvalidOperationException($"{address}{path} does not answer.");
    }

    /// <summary>Waits until the process has nothing left to do from before: code to compile better, facts to tell.</summary>
    public async Task Rest()
    {
        var interval = TimeSpan.FromSeconds(0.5);
        for (var i = 0; i < 600; i++)
        {
            process.Refresh();
            var before = process.TotalProcessorTime;
            await Task.Delay(interval);
            process.Refresh();
            if (process.TotalProcessorTime - before < interval / 10)
                return;
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
