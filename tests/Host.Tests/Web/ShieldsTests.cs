using System.Net;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Host.Tests.Web;

public sealed class ShieldsTests(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData("/about", HttpStatusCode.OK)]
    [InlineData("/icons.svg", HttpStatusCode.OK)]
    [InlineData("/no-such-page", HttpStatusCode.NotFound)]
    [InlineData("/no-such-file.png", HttpStatusCode.NotFound)]
    [InlineData("/favicon.ico", HttpStatusCode.MovedPermanently)]
    [InlineData("/health/live", HttpStatusCode.OK)]
    [InlineData("/robots.txt", HttpStatusCode.OK)]
    [InlineData("/live", HttpStatusCode.BadRequest)]
    public async Task Every_answer_carries_the_headers(string path, HttpStatusCode expected)
    {
        using var answer = await world.Plain().GetAsync(path);
        Assert.Equal(expected, answer.StatusCode);
        AssertHeaders(answer);
    }

    [Fact]
    public async Task The_policy_allows_no_inline_code_and_no_other_site()
    {
        using var answer = await world.Plain().GetAsync("/about");
        var policy = Header(answer, "Content-Security-Policy");
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("https:", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("style=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("onclick", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("evil.example:80")]
    public async Task A_request_for_another_host_is_refused(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/about");
        request.Headers.Host = host;
        using var answer = await world.Plain().SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        AssertHeaders(answer);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "http://localhost.evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "https://localhost", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.Found)]
    [InlineData("Origin", "http://localhost", HttpStatusCode.Found)]
    public async Task A_post_from_another_site_is_refused(string header, string value, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/preferences") { Content = Variations.Form(("theme", "dark")) };
        request.Headers.Add(header, value);
        using var answer = await world.Plain().SendAsync(request);
        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(expected == HttpStatusCode.Found, answer.Headers.Contains("Set-Cookie"));
        if (expected == HttpStatusCode.Forbidden)
            Assert.Contains("Nothing was saved", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_https_the_browser_is_told_to_stay_there_and_cookies_belong_to_this_host()
    {
        await using var secure = world.With(("Site:Address", "https://learn.example.org"));
        using var answer = await secure.Plain("http://learn.example.org").GetAsync("/preferences"); // as a proxy asks, on plain http
        Assert.Equal("max-age=31536000; includeSubDomains", Header(answer, "Strict-Transport-Security"));
        Assert.Contains("wss://learn.example.org", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
        var cookie = Header(answer, "Set-Cookie");
        Assert.StartsWith("__Host-form=", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure; samesite=strict; httponly", cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_a_visitor_sets_no_cookie_and_holds_no_token_so_that_it_may_be_kept()
    {
        using var answer = await world.Plain().GetAsync("/about");
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.DoesNotContain("__RequestVerificationToken", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static void AssertHeaders(HttpResponseMessage answer)
    {
        Assert.Contains("default-src 'none'", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("DENY", Header(answer, "X-Frame-Options"));
        Assert.Equal("strict-origin-when-cross-origin", Header(answer, "Referrer-Policy"));
        Assert.Equal("same-origin", Header(answer, "Cross-Origin-Opener-Policy"));
        Assert.Equal("same-origin", Header(answer, "Cross-Origin-Resource-Policy"));
        Assert.Contains("camera=()", Header(answer, "Permissions-Policy"), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Server"));
    }

    private static string Header(HttpResponseMessage answer, string name) => string.Join('\n', answer.Headers.TryGetValues(name, out var values) ? values : []);
}
