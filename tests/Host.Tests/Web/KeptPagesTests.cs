using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Host.Tests.Web;

/// <summary>Pages kept for visitors, for an hour here so that the second reader certainly meets a kept one.</summary>
public sealed class KeptPagesTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task The_second_visitor_gets_the_kept_page_and_its_headers()
    {
        await using var site = Site();
        var first = await Get(site, "/");
        var second = await Get(site, "/");
        Assert.False(IsKept(first));
        Assert.True(IsKept(second));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Contains("default-src 'none'", second.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.False(second.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Languages_themes_zones_queries_and_compression_are_kept_apart()
    {
        await using var site = Site();
        await Get(site, "/");
        Assert.False(IsKept(await Get(site, "/?q=maths")));
        Assert.False(IsKept(await Get(site, "/", ("Cookie", "theme=dark"))));
        Assert.False(IsKept(await Get(site, "/", ("Cookie", "zone=Europe/Rome"))));
        Assert.False(IsKept(await Get(site, "/", ("Accept-Language", "ro"))));
        var compressed = await Get(site, "/", ("Accept-Encoding", "br"));
        Assert.False(IsKept(compressed));
        var again = await Get(site, "/", ("Accept-Encoding", "br"));
        Assert.True(IsKept(again));
        Assert.Equal("br", again.Content.Headers.ContentEncoding.Single());
        Assert.Contains("Cursuri", await (await Get(site, "/", ("Accept-Language", "ro"))).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip;q=1, br;q=0")]
    [InlineData("br;q=0, *")]
    [InlineData("identity")]
    [InlineData("a-very-long-list-of-forms, that-nobody-has-heard-of, and-that-no-server-sends, gzip")]
    public async Task Nobody_is_given_a_page_in_a_form_that_they_cannot_read(string accepted)
    {
        await using var site = Site();
        await Get(site, "/", ("Accept-Encoding", "br"));
        await Get(site, "/", ("Accept-Encoding", "a-very-long-list-of-forms, that-nobody-has-heard-of, and-that-no-server-sends, br"));
        Assert.DoesNotContain("br", (await Get(site, "/", ("Accept-Encoding", accepted))).Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task Whoever_has_a_session_is_never_given_a_kept_page()
    {
        await using var site = Site();
        await Get(site, "/");
        Assert.False(IsKept(await Get(site, "/", ("Cookie", "session=whatever"))));
        Assert.True(IsKept(await Get(site, "/")));
    }

    [Fact]
    public async Task Pages_that_are_not_marked_are_not_kept()
    {
        await using var site = Site();
        await Get(site, "/account/sign-in");
        Assert.False(IsKept(await Get(site, "/account/sign-in")));
        Assert.Equal(HttpStatusCode.NotFound, (await Get(site, "/courses/none")).StatusCode);
        Assert.False(IsKept(await Get(site, "/courses/none")));
    }

    [Fact]
    public async Task A_live_message_that_makes_pages_look_anew_has_them_forgotten_first()
    {
        await using var site = Site();
        await Get(site, "/");
        Assert.True(IsKept(await Get(site, "/")));
        site.Services.GetRequiredService<Live>().Tell("run:0", "started");
        await WaitUntilForgotten(site);
    }

    private static async Task WaitUntilForgotten(WebApplicationFactory<Program> site)
    {
        for (var i = 0; i < 400; i++)
        {
            if (!IsKept(await Get(site, "/")))
                return;
            await Task.Delay(25, TestContext.Current.CancellationToken);
        }

        Assert.Fail("The page was still kept.");
    }

    private WebApplicationFactory<Program> Site() => world.With(("Pages:KeptFor", "3600"));

    private static bool IsKept(HttpResponseMessage response) => response.Headers.Age is not null;

    private static async Task<HttpResponseMessage> Get(WebApplicationFactory<Program> site, string path, params (string Name, string Value)[] headers)
    {
        var client = site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request);
    }
}
