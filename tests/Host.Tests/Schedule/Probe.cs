using MediatR;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Host.Tests.Schedule;
using MoocPlatform.Kernel;

[assembly: HostingStartup(typeof(ProbeStartup))]

namespace MoocPlatform.Host.Tests.Schedule;

/// <summary>A job for tests, which leaves files behind: <c>id.began.…</c> and <c>id.done.…</c>, one of each for each time it runs.</summary>
internal sealed record Probe(Guid Id) : IRequest;

internal sealed class ProbeHandler(IConfiguration configuration) : IRequestHandler<Probe, Unit>
{
    public async Task<Unit> Handle(Probe request, CancellationToken cancellationToken)
    {
        var path = Path.Combine(configuration["Probe:Folder"]!, request.Id.ToString("N"));
        await Leave(path, "began", cancellationToken);
        if (File.Exists($"{path}.fail"))
        {
            File.Delete($"{path}.fail");
            throw new InvalidOperationException("The probe was told to fail.");
        }

        while (File.Exists($"{path}.hold"))
            await Task.Delay(50, cancellationToken);
        await Leave(path, "done", cancellationToken);
        return Unit.Value;
    }

    public static Task Leave(string path, string what, CancellationToken ct) => File.WriteAllTextAsync($"{path}.{what}.{Path.GetRandomFileName()}", "", ct);
}

/// <summary>Hears that a run has started, and leaves a file behind each time: <c>id.started.…</c>.</summary>
internal sealed class StartHeard(IConfiguration configuration) : INotificationHandler<RunStarted>
{
    public Task Handle(RunStarted notification, CancellationToken cancellationToken) =>
        ProbeHandler.Leave(Path.Combine(configuration["Probe:Folder"]!, notification.RunId.ToString("N")), "started", cancellationToken);
}

/// <summary>Adds the probe to a real process that was started with this assembly named in ASPNETCORE_HOSTINGSTARTUPASSEMBLIES.</summary>
public sealed class ProbeStartup : IHostingStartup
{
    public void Configure(IWebHostBuilder builder) => builder.ConfigureServices(services =>
    {
        services.AddTransient<IRequestHandler<Probe, Unit>, ProbeHandler>();
        services.AddTransient<StartHeard>();
        services.AddHostedService<Listening>();
    });

    private sealed class Listening(Reactions reactions) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            reactions.Add(typeof(RunStarted), typeof(StartHeard));
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
