using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using MoocPlatform.Host.Web;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Host.Tests.Web;

public sealed class BrakesTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Who_asks_too_much_is_told_when_to_come_back_whatever_address_they_claim()
    {
        await using var narrow = world.With(("Limits:Factor", "0.01")); // a bucket of 6 instead of 600
        var client = narrow.Plain();
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 30; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/about");
            request.Headers.Add("X-Forwarded-For", string.Create(CultureInfo.InvariantCulture, $"198.51.100.{i}"));
            answers.Add(await client.SendAsync(request));
        }

        var refused = answers.Where(a => a.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        Assert.Equal(HttpStatusCode.OK, answers[0].StatusCode);
        Assert.NotEmpty(refused);
        Assert.All(refused, a => Assert.True(a.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1)));
        Assert.Contains("Too many at once", await refused[0].Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/icons.svg")).StatusCode);
        answers.ForEach(a => a.Dispose());
    }

    [Theory]
    [InlineData(Limits.Login, 30)]
    [InlineData(Limits.Mail, 5)]
    [InlineData(Limits.Post, 6)]
    public async Task A_named_limit_counts_posts_alone(string limit, int most)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddBrakes(new ConfigurationBuilder().Build());
        await using var app = builder.Build();
        app.UseRateLimiter();
        app.MapGet("/", () => "read").RequireRateLimiting(limit);
        app.MapPost("/", () => "done").RequireRateLimiting(limit);
        await app.StartAsync();
        var client = app.GetTestClient();

        for (var i = 0; i < 40; i++)
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/")).StatusCode);
        for (var i = 0; i < most; i++)
            Assert.Equal(HttpStatusCode.OK, (await client.PostAsync("/", null)).StatusCode);
        using var refused = await client.PostAsync("/", null);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2::/64")]
    public void One_household_is_one_source(string address, string expected) => Assert.Equal(expected, Brakes.Source(IPAddress.Parse(address)));
}
