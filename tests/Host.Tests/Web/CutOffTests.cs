using System.Net;
using MoocPlatform.Host.Tests.Accounts;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Host.Tests.Web;

/// <summary>Who is signed out, or has fewer rights than before, does not go on listening.</summary>
public sealed class CutOffTests(RealSignIn site) : IClassFixture<RealSignIn>
{
    private const string Mail = "listener@example.org";

    [Fact]
    public async Task Signing_out_everywhere_hangs_up_at_once_and_an_old_ticket_does_not_come_back()
    {
        await site.Member(Mail, "Lia Listener");
        var (elsewhere, here) = (await Ticket(), site.As(null));
        await RealSignIn.SignIn(here, Mail);
        await using var ear = await LiveEar.Of(site, null, elsewhere);
        await ear.Until("{}");

        site.Clock.Now += TimeSpan.FromSeconds(5);
        await here.Submit(await here.Open("/account"), "form[action*='handler=Everywhere']");
        await ear.Closed();
        await using (var again = await LiveEar.Of(site, null, elsewhere))
            Assert.Contains("Signed out", await again.Until("\"type\":7"), StringComparison.Ordinal);

        site.Clock.Now += TimeSpan.FromSeconds(5);
        await using var anew = await LiveEar.Of(site, null, await Ticket());
        await anew.Until("{}");
        Assert.Null(await anew.Listen("nothing:1")); // answered, not hung up
    }

    // The cookie of a sign-in, as another device has it.
    private async Task<string> Ticket()
    {
        var browser = site.As(null);
        var token = (await browser.Open("/account/sign-in")).QuerySelector("main form input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Mail"] = Mail,
            ["Password"] = RealSignIn.Password,
            ["returnUrl"] = "/account",
            ["__RequestVerificationToken"] = token,
        });
        using var answer = await browser.Client.PostAsync("/account/sign-in", form);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.GetValues("Set-Cookie").Single(c => c.Contains("session=", StringComparison.Ordinal)).Split(';')[0];
    }
}
