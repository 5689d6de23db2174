using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MoocPlatform.Courses.Tests.Resources;

/// <summary>A site elsewhere that is on this machine: pages by path, and a list of what was asked for.</summary>
internal sealed class LocalSite : IAsyncDisposable
{
    private readonly WebApplication app;

    private LocalSite()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(async context =>
        {
            Asked.Enqueue(context.Request.Path + context.Request.QueryString.ToString());
            var page = Pages.GetValueOrDefault(context.Request.Path.ToString(), new LocalPage(404));
            context.Response.StatusCode = page.Status;
            context.Response.ContentType = page.Type;
            if (page.Location is not null)
                context.Response.Headers.Location = page.Location;
            await context.Response.WriteAsync(page.Body, context.RequestAborted);
        });
    }

    public ConcurrentDictionary<string, LocalPage> Pages { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<string> Asked { get; } = [];

    public string Address => app.Urls.Single();

    public int Port => new Uri(Address).Port;

    public static async Task<LocalSite> Start()
    {
        var site = new LocalSite();
        await site.app.StartAsync();
        return site;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}

internal sealed record LocalPage(int Status, string Body = "", string Type = "text/html; charset=utf-8", string? Location = null);
