using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Host.Tests.Accounts;

/// <summary>A site on https.</summary>
public sealed class SecureSite() : World(realSignIn: true)
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Site:Address", "https://localhost");
    }
}

public sealed class TicketTests(SecureSite site) : IClassFixture<SecureSite>
{
    [Fact]
    public async Task The_cookie_is_bound_to_the_host_secure_out_of_reach_of_scripts_new_at_each_sign_in_and_without_the_address()
    {
        var browser = new Browser(site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = new("https://localhost") }));
        await RealSignIn.Register(browser, "ticket@example.org");
        var link = new Uri((await site.MailsTo("ticket@example.org")).Single().Split('\n').Single(l => l.StartsWith("https://", StringComparison.Ordinal)));
        await browser.Submit(await browser.Open(link.PathAndQuery), "main form");

        var (first, second) = (await Ticket(browser), await Ticket(browser));
        Assert.StartsWith("__Host-session=", first, StringComparison.Ordinal);
        foreach (var flag in new[] { "secure", "httponly", "samesite=lax", "path=/" })
            Assert.Contains(flag, first, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain=", first, StringComparison.OrdinalIgnoreCase);
        Assert.NotEqual(first, second);
        Assert.DoesNotContain("ticket", first, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_name_is_found_by_id_and_a_person_by_confirmed_address_only()
    {
        var id = await site.Person("Paula Known");
        var found = await site.Send(new PeopleQuery([id, Guid.CreateVersion7()]));
        Assert.Equal("Paula Known", Assert.Single(found).Value.Name);
        Assert.Equal(id, (await site.Send(new PersonByMailQuery(" PAULA.known@example.org ")))!.Id);

        await RealSignIn.Register(new Browser(site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = new("https://localhost") })), "unproven@example.org");
        Assert.Null(await site.Send(new PersonByMailQuery("unproven@example.org")));
    }

    private static async Task<string> Ticket(Browser browser)
    {
        var page = await browser.Open("/account/sign-in");
        if (page.QuerySelector("main form input[name=Mail]") is null)
        {
            await browser.Submit(await browser.Open("/account/sign-out"), "main form");
            page = await browser.Open("/account/sign-in");
        }

        var token = page.QuerySelector("main form input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Mail"] = "ticket@example.org",
            ["Password"] = RealSignIn.Password,
            ["returnUrl"] = "/account",
            ["__RequestVerificationToken"] = token,
        });
        using var answer = await browser.Client.PostAsync("/account/sign-in", form);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.Contains("session=", StringComparison.Ordinal));
        await browser.Submit(await browser.Open("/account/sign-out"), "main form");
        return cookie;
    }
}
