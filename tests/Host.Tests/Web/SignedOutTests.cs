using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using MoocPlatform.Host.Tests.Accounts;
using Xunit;

namespace MoocPlatform.Host.Tests.Web;

/// <summary>A session may end while somebody writes.</summary>
public sealed class SignedOutTests(RealSignIn world) : IClassFixture<RealSignIn>
{
    [Fact]
    public async Task What_is_sent_after_the_session_has_ended_stays_on_the_page_and_is_sent_again()
    {
        const string Mail = "ana.signed.out@example.org";
        var ana = await world.Member(Mail, "Ana Signed");
        await RealSignIn.SignIn(ana, Mail);
        var profile = await ana.Open("/account");
        world.Clock.Now += TimeSpan.FromHours(13);

        var (status, page, path) = await ana.Submit(profile, "form[aria-labelledby=name]", ("Name", "Ana Renamed"));
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.StartsWith("/account?", path, StringComparison.Ordinal);
        Assert.Contains("You are signed out", page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Ana Renamed", page.QuerySelectorAll<IHtmlInputElement>("form input[name=Name]").Single().Value);
        Assert.Contains(page.QuerySelectorAll("a[target=_blank]"), a => a.GetAttribute("href")!.StartsWith("/account/sign-in", StringComparison.Ordinal));

        await RealSignIn.SignIn(ana, Mail);
        (status, page, _) = await ana.Submit(page, "form input[name=Name]");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("Ana Renamed", (await ana.Open("/account")).QuerySelectorAll<IHtmlInputElement>("input[name=Name]").Single().Value);
    }

    [Fact]
    public async Task Somebody_else_who_signs_in_cannot_send_it()
    {
        const string Mail = "bob.signed.out@example.org";
        var bob = await world.Member(Mail, "Bob Signed");
        await RealSignIn.SignIn(bob, Mail);
        var profile = await bob.Open("/account");
        world.Clock.Now += TimeSpan.FromHours(13);
        var (_, page, _) = await bob.Submit(profile, "form[aria-labelledby=name]", ("Name", "Bob Renamed"));

        await world.Member("carol.signed.out@example.org", "Carol Signed");
        await RealSignIn.SignIn(bob, "carol.signed.out@example.org");
        var (status, _, _) = await bob.Submit(page, "form input[name=Name]");
        Assert.Equal(HttpStatusCode.BadRequest, status);
    }
}
