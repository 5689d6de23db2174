using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Architecture.Tests;

/// <summary>Each page, endpoint and hub method carries a named policy or stands in open-pages.txt; nothing is open by forgetting.</summary>
public sealed class PageRightsTests(World world) : IClassFixture<World>
{
    private static readonly string[] Open =
        [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "open-pages.txt")).Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split("  ", 2)[0].Trim())];

    private IEnumerable<Endpoint> Endpoints => world.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    [Fact]
    public void Every_page_and_hub_method_has_a_policy_or_stands_in_the_list() => Assert.Equal("", string.Join('\n', Broken(Endpoints, Open).Distinct().Order(StringComparer.Ordinal)));

    [Fact]
    public void Every_line_of_the_list_speaks_of_something_open() =>
        Assert.Equal("", string.Join('\n', Open.Except(Endpoints.SelectMany(Named).Where(n => n.IsOpen).Select(n => n.Name))));

    [Fact]
    public void The_list_stands_in_order_and_names_nothing_twice() => Assert.Equal(Open.Distinct().Order(StringComparer.Ordinal), Open);

    [Fact]
    public void Without_its_line_each_open_page_breaks_the_law() =>
        Assert.All(Open, line => Assert.Equal([line], Broken(Endpoints, Open.Where(l => l != line)).Distinct()));

    [Fact]
    public void Without_its_policy_each_page_breaks_the_law()
    {
        var kept = Endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null && e.Metadata.GetMetadata<HubMetadata>() is null).ToList();
        Assert.NotEmpty(kept);
        Assert.All(kept, e => Assert.NotEmpty(Broken([new RouteEndpoint(e.RequestDelegate!, e.RoutePattern, e.Order, EndpointMetadataCollection.Empty, e.DisplayName)], Open)));
    }

    [Fact]
    public void Planted_pages_and_hub_methods_without_a_right_are_found()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSignalR();
        builder.Services.AddAuthorization();
        using var app = builder.Build();
        app.MapGet("/forgotten", () => "");
        app.MapGet("/only-signed-in", () => "").RequireAuthorization();
        app.MapGet("/open", () => "").AllowAnonymous();
        app.MapGet("/kept", () => "").RequireAuthorization(Kernel.Policies.SignedIn);
        app.MapHub<PlantedHub>("/planted").RequireAuthorization(Kernel.Policies.SignedIn);

        Assert.Equal(["/forgotten", "/only-signed-in", "/open", "PlantedHub.Shout"], Broken(((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints), []).Distinct());
    }

    private static IEnumerable<string> Broken(IEnumerable<Endpoint> endpoints, IEnumerable<string> open) =>
        endpoints.SelectMany(Named).Where(n => n.IsOpen ? !open.Contains(n.Name) : !n.HasPolicy).Select(n => n.Name);

    private static IEnumerable<(string Name, bool IsOpen, bool HasPolicy)> Named(Endpoint endpoint)
    {
        // What only blocks a route (such as a method that is not allowed) leads nowhere.
        if (endpoint is RouteEndpoint route && endpoint.Metadata.GetMetadata<ISuppressMatchingMetadata>()?.SuppressMatching is not true)
            yield return ("/" + route.RoutePattern.RawText!.TrimStart('/'), IsOpen(endpoint.Metadata), HasPolicy(endpoint.Metadata));
        if (endpoint.Metadata.GetMetadata<HubMetadata>() is not { } hub)
            yield break;
        foreach (var method in hub.HubType.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(m => !m.IsVirtual))
        {
            var policy = method.GetCustomAttributes<AuthorizeAttribute>().Any(a => a.Policy is not null);
            yield return ($"{hub.HubType.Name}.{method.Name}", !policy, policy);
        }
    }

    private static bool IsOpen(EndpointMetadataCollection metadata) => metadata.GetMetadata<IAllowAnonymous>() is not null;

    private static bool HasPolicy(EndpointMetadataCollection metadata) => metadata.GetOrderedMetadata<IAuthorizeData>().Any(a => a.Policy is { Length: > 0 });

    private sealed class PlantedHub : Hub
    {
        [Authorize(Kernel.Policies.SignedIn)]
        public Task Whisper() => Task.CompletedTask;

        public Task Shout() => Task.CompletedTask;
    }
}
