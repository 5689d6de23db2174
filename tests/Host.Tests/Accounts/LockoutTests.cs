using System.Net;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Host.Tests.Accounts;

public sealed class LockoutTests(RealSignIn world) : IClassFixture<RealSignIn>
{
    private const string Wrong = "not this sentence at all";

    [Fact]
    public async Task After_ten_wrong_tries_even_the_right_password_has_to_wait_five_minutes()
    {
        await world.Member("locked@example.org");
        var guesser = world.From("10.2.0.1");
        for (var i = 0; i < 10; i++)
            await RealSignIn.SignIn(guesser, "locked@example.org", Wrong);

        var (status, page, _) = await RealSignIn.SignIn(guesser, "locked@example.org");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("Too many tries", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);

        world.Clock.Now = world.Clock.Now.AddMinutes(5);
        Assert.Equal("/account", (await RealSignIn.SignIn(guesser, "locked@example.org", page: "/account/sign-in?returnUrl=/account")).Path);
    }

    [Fact]
    public async Task An_address_of_nobody_locks_in_the_same_way()
    {
        var guesser = world.From("10.3.0.1");
        for (var i = 0; i < 10; i++)
            await RealSignIn.SignIn(guesser, "ghost@example.org", Wrong);
        Assert.Contains("Too many tries", (await RealSignIn.SignIn(guesser, "ghost@example.org", Wrong)).Page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_networks_together_get_thirty_tries_and_the_owner_still_comes_in_from_a_known_device()
    {
        var owner = await world.Member("victim@example.org");
        await RealSignIn.SignIn(owner, "victim@example.org", page: "/account/sign-in?returnUrl=/account");
        await owner.Submit(await owner.Open("/account/sign-out"), "main form");

        for (var i = 0; i < 33; i++)
            await RealSignIn.SignIn(world.From($"10.4.{i}.1"), "victim@example.org", Wrong);

        var stranger = await RealSignIn.SignIn(world.From("10.4.99.1"), "victim@example.org");
        Assert.Contains("Too many tries", stranger.Page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/account", (await RealSignIn.SignIn(owner, "victim@example.org", page: "/account/sign-in?returnUrl=/account")).Path);
    }
}
