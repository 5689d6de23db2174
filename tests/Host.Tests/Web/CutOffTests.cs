using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;
using MoocPlatform.Host.Tests.Accounts;
using MoocPlatform.Host.Web;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Host.Tests.Web;

/// <summary>Who is signed out, or has fewer rights than before, does not go on listening.</summary>
public sealed class CutOffTests(RealSignIn site) : IClassFixture<RealSignIn>
{
    private const string Mail = "listener@example.org";
    private const string Stubborn = "stubborn@example.org";

    [Fact]
    public async Task Signing_out_everywhere_hangs_up_at_once_and_an_old_ticket_does_not_come_back()
    {
        // A connection ends with the ticket it came with, and the framework looks at the machine's clock for that.
        site.Clock.Now = TimeProvider.System.GetUtcNow();
        await site.Member(Mail, "Lia Listener");
        var (elsewhere, here) = (await Ticket(site.As(null)), site.As(null));
        await RealSignIn.SignIn(here, Mail);
        await using var ear = await LiveEar.Of(site, null, elsewhere);
        await ear.Until("{}");

        site.Clock.Now += TimeSpan.FromSeconds(5);
        await here.Submit(await here.Open("/account"), "form[action*='handler=Everywhere']");
        await ear.Closed();
        await using (var again = await LiveEar.Of(site, null, elsewhere))
            Assert.Contains("Signed out", await again.Until("\"type\":7"), StringComparison.Ordinal);

        site.Clock.Now += TimeSpan.FromSeconds(5);
        await using var anew = await LiveEar.Of(site, null, await Ticket(site.As(null)));
        await anew.Until("{}");
        Assert.Null(await anew.Listen("nothing:1")); // answered, not hung up
    }

    [Fact]
    public async Task An_old_ticket_that_asks_again_and_again_takes_no_place_of_the_new_one()
    {
        site.Clock.Now = TimeProvider.System.GetUtcNow();
        await using var limited = site.With(("Limits:Factor", "1"));
        await site.Member(Stubborn, "Stella Stubborn");
        var (old, here) = (await Ticket(Of(limited), Stubborn), Of(limited));
        await RealSignIn.SignIn(here, Stubborn);
        await using var ear = await LiveEar.Of(limited, null, old);
        await ear.Until("{}");

        site.Clock.Now += TimeSpan.FromSeconds(5);
        await here.Submit(await here.Open("/account"), "form[action*='handler=Everywhere']");
        await ear.Closed();
        for (var i = 0; i < LiveGuard.ConnectionsOfOnePerson; i++)
            await using (var again = await LiveEar.Of(limited, null, old))
                Assert.Contains("Signed out", await again.Until("\"type\":7"), StringComparison.Ordinal);

        site.Clock.Now += TimeSpan.FromSeconds(5);
        await using var anew = await LiveEar.Of(limited, null, await Ticket(Of(limited), Stubborn));
        await anew.Until("{}");
        Assert.Null(await anew.Listen("nothing:1"));
    }

    private static Browser Of(WebApplicationFactory<Program> node) => new(node.Plain());

    // The cookie of a sign-in, as another device has it.
    private static async Task<string> Ticket(Browser browser, string mail = Mail)
    {
        var token = (await browser.Open("/account/sign-in")).QuerySelector("main form input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Mail"] = mail,
            ["Password"] = RealSignIn.Password,
            ["returnUrl"] = "/account",
            ["__RequestVerificationToken"] = token,
        });
        using var answer = await browser.Client.PostAsync("/account/sign-in", form);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.GetValues("Set-Cookie").Single(c => c.Contains("session=", StringComparison.Ordinal)).Split(';')[0];
    }
}
