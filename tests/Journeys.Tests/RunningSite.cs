using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text;
using Xunit;

namespace MoocPlatform.Journeys.Tests;

/// <summary>The real process on a database of its own, started as a person would: in Development, with the demo course and its people.</summary>
public sealed class RunningSite : IAsyncLifetime
{
    private static readonly string Root =
        typeof(RunningSite).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!;

    private static readonly HashSet<int> Given = [];

    private readonly string folder = Directory.CreateTempSubdirectory("mooc-journey-").FullName;
    private readonly StringBuilder console = new();
    private readonly int port = FreePort();
    private Process? process;

    /// <summary>Address of the site, without a slash at the end.</summary>
    public string Address => $"http://localhost:{port}";

    /// <summary>Path of the SQLite file.</summary>
    public string DatabaseFile => Path.Combine(folder, "mooc.db");

    /// <summary>What the process wrote to its console.</summary>
    public string Console
    {
        get
        {
            lock (console)
                return console.ToString();
        }
    }

    public async ValueTask InitializeAsync() => await Start();

    /// <summary>Starts the process and waits until it answers.</summary>
    public async Task Start()
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = Path.Combine(Root, "src", "Host"), RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(typeof(Program).Assembly.Location);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_URLS"] = Address;
        start.Environment["Site__Address"] = Address;
        start.Environment["ConnectionStrings__Database"] = $"Data Source={DatabaseFile}";
        start.Environment["Mail__Folder"] = Path.Combine(folder, "mail");
        start.Environment["Assets__Folder"] = Path.Combine(folder, "assets");
        start.Environment["Discussions__PostsAtOnce"] = "1000000"; // one person here posts for many
        process = Process.Start(start)!;
        process.OutputDataReceived += Heard;
        process.ErrorDataReceived += Heard;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        using var client = new HttpClient();
        for (var i = 0; i < 600; i++)
        {
            try
            {
                if ((await client.GetAsync(new Uri($"{Address}/health/ready"))).StatusCode == HttpStatusCode.OK)
                    return;
            }
            catch (HttpRequestException)
            {
                if (process.HasExited)
                    break;
            }

            await Task.Delay(100);
        }

        throw new InvalidOperationException($"The site did not start:\n{Console}");
    }

    /// <summary>Ends the process at once, as kill -9 does.</summary>
    public async Task Kill()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
            await Kill();
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // The system clears its temporary folder itself.
        }
    }

    private void Heard(object sender, DataReceivedEventArgs e)
    {
        lock (console)
            console.AppendLine(e.Data);
    }

    // A site that was killed comes back at its port: nobody else is given it meanwhile.
    private static int FreePort()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var free = ((IPEndPoint)listener.LocalEndpoint).Port;
            lock (Given)
            {
                if (Given.Add(free))
                    return free;
            }
        }
    }
}
