using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Host.Tests.Accounts;
using MoocPlatform.Host.Web;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Host.Tests.Web;

/// <summary>A site that hashes one password at once and lets nobody wait.</summary>
public sealed class BusySite() : World(realSignIn: true)
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services => services.AddSingleton(new HashingGate(atOnce: 1, queue: 0)));
    }
}

public sealed class HashingGateTests(BusySite site) : IClassFixture<BusySite>
{
    [Fact]
    public async Task Who_comes_when_too_many_wait_is_asked_to_come_back()
    {
        var browser = site.As(null);
        var page = await browser.Open("/account/sign-in");
        var gate = site.Services.GetRequiredService<HashingGate>();
        var hashing = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = gate.Run(() => hashing.Task, TestContext.Current.CancellationToken);

        var token = page.QuerySelector("main form input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Mail"] = "a@example.org",
            ["Password"] = "some sentence or other",
            ["__RequestVerificationToken"] = token,
        });
        using var answer = await browser.Client.PostAsync("/account/sign-in", form);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);

        hashing.SetResult(true);
        await first;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await RealSignIn.SignIn(browser, "a@example.org", "some sentence or other")).Status);
    }
}
