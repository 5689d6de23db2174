using System.Net;
using AngleSharp;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Host.Tests.Accounts;

public sealed class SigningInTests(RealSignIn world) : IClassFixture<RealSignIn>
{
    [Fact]
    public async Task A_newcomer_registers_confirms_signs_in_and_out_and_chooses_a_new_password()
    {
        const string mail = "newcomer@example.org";
        var browser = world.As(null);

        var sent = await RealSignIn.Register(browser, mail);
        Assert.Equal("/account/sent", sent.Path);
        Assert.Equal("/account/sent", (await RealSignIn.SignIn(browser, mail)).Path); // not before the address is confirmed

        var confirmed = await browser.Submit(await browser.Open(await world.Link(mail, "confirm")), "main form");
        Assert.StartsWith("/account/sign-in", confirmed.Path, StringComparison.Ordinal);

        await RealSignIn.SignIn(browser, mail, page: "/account/sign-in?returnUrl=/account");
        Assert.Contains(mail, (await browser.Open("/account")).Body!.TextContent, StringComparison.Ordinal);

        await browser.Submit(await browser.Open("/account/sign-out"), "main form");
        Assert.Equal("Sign in", (await browser.Open("/account")).QuerySelector("h1")!.TextContent);

        await browser.Submit(await browser.Open("/account/forgot"), "main form", ("Mail", mail));
        var reset = await browser.Submit(await browser.Open(await world.Link(mail, "reset")), "main form", ("Password", "another sentence entirely"));
        Assert.Equal("/account/sign-in", reset.Path);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await RealSignIn.SignIn(browser, mail)).Status);
        await RealSignIn.SignIn(browser, mail, "another sentence entirely", "/account/sign-in?returnUrl=/account");
        Assert.Contains(mail, (await browser.Open("/account")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer()
    {
        await world.Member("known@example.org");
        var wrong = await RealSignIn.SignIn(world.As(null), "known@example.org", "not this sentence at all");
        var unknown = await RealSignIn.SignIn(world.As(null), "never@example.org", "not this sentence at all");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.Status);
        Assert.Equal(Plain(wrong.Page, "known@example.org"), Plain(unknown.Page, "never@example.org"));
        Assert.Contains("do not go together", wrong.Page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("known@example.org", wrong.Page.QuerySelector("#f-Mail")!.GetAttribute("value"));
        Assert.DoesNotContain("not this sentence", wrong.Page.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_address_and_a_free_one_get_the_same_answer_and_only_the_mail_tells()
    {
        await world.Member("taken@example.org");
        var taken = await RealSignIn.Register(world.As(null), "taken@example.org", "Somebody Else");
        var free = await RealSignIn.Register(world.As(null), "free@example.org", "Somebody Else");

        Assert.Equal(HttpStatusCode.OK, taken.Status);
        Assert.Equal(Plain(taken.Page, "-"), Plain(free.Page, "-"));
        Assert.Contains(await world.MailsTo("taken@example.org"), m => m.Contains("You have an account already", StringComparison.Ordinal));
        Assert.Contains("/account/confirm", Assert.Single(await world.MailsTo("free@example.org")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forgotten_password_of_nobody_gets_the_same_answer_as_of_somebody()
    {
        await world.Member("forgetful@example.org");
        var browser = world.As(null);
        var somebody = await browser.Submit(await browser.Open("/account/forgot"), "main form", ("Mail", "forgetful@example.org"));
        var nobody = await browser.Submit(await browser.Open("/account/forgot"), "main form", ("Mail", "nobody@example.org"));
        Assert.Equal(Plain(somebody.Page, "-"), Plain(nobody.Page, "-"));
        Assert.Empty(await world.MailsTo("nobody@example.org"));
    }

    [Fact]
    public async Task At_most_three_mails_an_hour_go_to_one_address()
    {
        await world.Member("flooded@example.org");
        for (var i = 0; i < 5; i++)
        {
            var browser = world.From($"10.1.{i}.1");
            await browser.Submit(await browser.Open("/account/forgot"), "main form", ("Mail", "flooded@example.org"));
        }

        Assert.Equal(3, (await world.MailsTo("flooded@example.org")).Count);
    }

    [Fact]
    public async Task A_link_works_once_and_for_an_hour()
    {
        await world.Member("link@example.org");
        var browser = world.As(null);
        await browser.Submit(await browser.Open("/account/forgot"), "main form", ("Mail", "link@example.org"));
        var link = await world.Link("link@example.org", "reset");
        var form = await browser.Open(link);

        world.Clock.Now = world.Clock.Now.AddMinutes(61);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Submit(form, "main form", ("Password", "late but long enough"))).Status);

        await browser.Submit(await browser.Open("/account/forgot"), "main form", ("Mail", "link@example.org"));
        form = await browser.Open(await world.Link("link@example.org", "reset"));
        Assert.Equal("/account/sign-in", (await browser.Submit(form, "main form", ("Password", "on time and long enough"))).Path);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Submit(form, "main form", ("Password", "once more with the same"))).Status);
    }

    [Fact]
    public async Task Opening_the_link_of_the_mail_does_not_confirm()
    {
        var browser = world.As(null);
        await RealSignIn.Register(browser, "opened@example.org");
        await browser.Open(await world.Link("opened@example.org", "confirm"));
        Assert.Equal("/account/sent", (await RealSignIn.SignIn(browser, "opened@example.org")).Path);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("/%09/evil.example")]
    [InlineData("http:evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("~//evil.example")]
    public async Task After_signing_in_nobody_is_sent_to_another_site(string address)
    {
        await world.Member("redirect@example.org");
        var browser = world.As(null);
        var page = await browser.Open("/account/sign-in?returnUrl=" + Uri.EscapeDataString(address));
        var token = page.QuerySelector("main form input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var answer = await browser.Client.PostAsync("/account/sign-in", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Mail"] = "redirect@example.org",
            ["Password"] = RealSignIn.Password,
            ["returnUrl"] = address,
            ["__RequestVerificationToken"] = token,
        }));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var target = new Uri(new Uri("http://localhost/account/sign-in"), answer.Headers.Location!);
        Assert.Equal("localhost", target.Host);
        Assert.Equal("http", target.Scheme);
    }

    [Fact]
    public async Task Two_problems_are_shown_beside_their_fields_and_summed_up_and_the_password_is_not_sent_back()
    {
        var (status, page, _) = await RealSignIn.Register(world.As(null), "not an address", "Admin", "short");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal(3, page.QuerySelectorAll(".error-summary a").Length);
        Assert.Equal("true", page.QuerySelector("#f-Mail")!.GetAttribute("aria-invalid"));
        Assert.Equal("not an address", page.QuerySelector("#f-Mail")!.GetAttribute("value"));
        Assert.False(page.QuerySelector("#f-Password")!.HasAttribute("value"));
    }

    [Fact]
    public async Task A_ticket_ends_within_a_minute_when_the_person_signs_out_everywhere()
    {
        var here = await world.Member("everywhere@example.org");
        await RealSignIn.SignIn(here, "everywhere@example.org", page: "/account/sign-in?returnUrl=/account");
        var there = world.As(null);
        await RealSignIn.SignIn(there, "everywhere@example.org", page: "/account/sign-in?returnUrl=/account");

        await here.Submit(await here.Open("/account"), "form[action*=Everywhere]");
        world.Clock.Now = world.Clock.Now.AddSeconds(61);
        Assert.Equal("Sign in", (await there.Open("/account")).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task A_ticket_ends_after_seven_days_however_often_it_was_used()
    {
        var browser = await world.Member("week@example.org");
        await RealSignIn.SignIn(browser, "week@example.org", page: "/account/sign-in?returnUrl=/account");
        for (var hours = 0; hours < 7 * 24; hours += 8)
        {
            Assert.Equal("Profile and settings", (await browser.Open("/account")).QuerySelector("h1")!.TextContent);
            world.Clock.Now = world.Clock.Now.AddHours(8);
        }

        world.Clock.Now = world.Clock.Now.AddMinutes(1);
        Assert.Equal("Sign in", (await browser.Open("/account")).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task A_new_name_is_seen_by_others_at_once()
    {
        var browser = await world.Member("renamed@example.org", "Old Name");
        await RealSignIn.SignIn(browser, "renamed@example.org", page: "/account/sign-in?returnUrl=/account");
        var id = (await world.Send(new PersonByMailQuery("renamed@example.org")))!.Id;
        Assert.Equal("Old Name", (await world.Send(new PeopleQuery([id])))[id].Name);
        await browser.Submit(await browser.Open("/account"), "form[action*=Name]", ("Name", "  Ștefania   Enescu "));
        Assert.Equal("Ștefania Enescu", (await world.Send(new PeopleQuery([id])))[id].Name);
    }

    // What differs for everyone: tokens, and the address that the person typed.
    private static string Plain(AngleSharp.Html.Dom.IHtmlDocument page, string typed)
    {
        foreach (var token in page.QuerySelectorAll("input[name=__RequestVerificationToken]"))
            token.SetAttribute("value", "");
        return page.ToHtml().Replace(typed, "", StringComparison.Ordinal);
    }
}
