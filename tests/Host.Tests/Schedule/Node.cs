using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;

namespace MoocPlatform.Host.Tests.Schedule;

/// <summary>A process of its own on the database of a world, with the engine of the schedule running by the clock of the machine.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly StringBuilder console = new();
    private readonly Process process;
    private readonly HttpClient client;

    private Node(World world, string probes, IEnumerable<(string Name, string Value)> environment)
    {
        var address = $"http://localhost:{FreePort()}";
        client = new HttpClient { BaseAddress = new Uri(address) };
        var bin = AppContext.BaseDirectory;
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = world.Services.GetRequiredService<IWebHostEnvironment>().ContentRootPath,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in new[] { "exec", "--depsfile", $"{bin}Host.Tests.deps.json", "--runtimeconfig", $"{bin}Host.Tests.runtimeconfig.json", $"{bin}MoocPlatform.Host.dll" })
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment.Concat([
            ("ASPNETCORE_ENVIRONMENT", "Testing"), ("ASPNETCORE_HOSTINGSTARTUPASSEMBLIES", "Host.Tests"), ("ASPNETCORE_URLS", address), ("Site__Address", address),
            ("ConnectionStrings__Database", world.Services.GetRequiredService<Database>().ConnectionString), ("Probe__Folder", probes),
            ("Mail__Folder", Path.Combine(world.Folder, "mail")), ("Assets__Folder", Path.Combine(world.Folder, "assets")), ("Logging__LogLevel__Default", "Warning")]))
            start.Environment[name] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += Heard;
        process.ErrorDataReceived += Heard;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Starts a process and waits until it answers.</summary>
    public static async Task<Node> Start(World world, string probes, params (string Name, string Value)[] environment)
    {
        var node = new Node(world, probes, environment);
        try
        {
            await Until(async () => await node.Clock() is not null, () => node.process.HasExited ? throw new InvalidOperationException("The process ended.") : "The process does not answer.");
            return node;
        }
        catch (InvalidOperationException e)
        {
            await node.DisposeAsync();
            throw new InvalidOperationException($"{e.Message}\n{node.Console}", e);
        }
    }

    public string Console
    {
        get
        {
            lock (console)
                return console.ToString();
        }
    }

    /// <summary>What the process thinks the time is; null: it does not answer.</summary>
    public async Task<DateTimeOffset?> Clock()
    {
        try
        {
            using var response = await client.GetAsync(new Uri("/health/live", UriKind.Relative));
            return response.StatusCode == HttpStatusCode.OK ? response.Headers.Date : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Ends the process at once, as kill -9 does.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Waits until something is so; it gives up only where nothing moves any more.</summary>
    public static async Task Until(Func<Task<bool>> so, Func<string> otherwise)
    {
        for (var i = 0; i < 3_000; i++)
        {
            if (await so())
                return;
            var why = otherwise();
            await Task.Delay(100);
            if (i == 2_999)
                throw new InvalidOperationException(why);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await Kill();
        process.Dispose();
        client.Dispose();
    }

    private void Heard(object sender, DataReceivedEventArgs e)
    {
        lock (console)
            console.AppendLine(e.Data);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
