using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MoocPlatform.Journeys.Tests;

public sealed class LearnerJourney(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Mail = "mara@example.org";
    private const string Password = "two kettles on a blue stove";

    [Fact]
    public async Task A_newcomer_registers_joins_reads_and_goes_on_at_another_device()
    {
        var run = await chromium.Site.Run();
        var page = await chromium.Visitor();
        await page.GotoAsync("/account/register");
        await page.GetByLabel("Name").FillAsync("Mara Ionescu");
        await page.GetByLabel("Mail address").FillAsync(Mail);
        await page.Locator("#f-Password").FillAsync(Password);
        await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Register" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "read the mail" }).ClickAsync();
        await page.Locator(".prose a[href*='/account/confirm']").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm this address" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/account/sign-in"));

        await SignIn(page, "not the password at all");
        await Expect(page.Locator("main .notice, main .error").First).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Mail address")).ToHaveValueAsync(Mail);
        await SignIn(page, Password);
        await Expect(page.Locator("summary[aria-label*='Mara Ionescu']")).ToBeVisibleAsync();

        // One click, and she is in the course.
        await page.GotoAsync(DemoCourse.Page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Enrol for free" }).First.ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("What an open resource is");
        await Expect(page.GetByText("You have joined")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("The five permissions");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark complete and go on" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Why UNESCO recommends it");
        await Expect(page.Locator("#outline-list a[data-state=done]")).ToHaveCountAsync(2);
        await page.GotoAsync($"{run}/progress");
        await Expect(page.Locator("#sum")).ToContainTextAsync("2 of ");
        await Expect(page.Locator("tr", new() { HasText = "The five permissions" }).Filter(new() { HasText = "Done" })).ToHaveCountAsync(1);

        // She looks into a later lesson and stops there; the page says so by itself.
        await page.RunAndWaitForResponseAsync(() => page.GotoAsync($"{run}/where-to-look"), answer => answer.Url.EndsWith("/seen", StringComparison.Ordinal) && answer.Ok);

        var phone = await chromium.Visitor(width: 390);
        await phone.GotoAsync("/account/sign-in");
        await SignIn(phone, Password);
        await Expect(phone).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/my$"));
        await Expect(phone.Locator("section.continue h2")).ToHaveTextAsync("Where to look");
        await phone.Locator("section.continue").GetByRole(AriaRole.Link, new() { Name = "Continue" }).ClickAsync();
        await Expect(phone.Locator("h1")).ToHaveTextAsync("Where to look");
    }

    [Fact]
    public async Task Who_registers_with_a_taken_address_is_told_the_same_as_anybody()
    {
        var page = await chromium.Visitor();
        await page.GotoAsync("/account/register");
        await page.GetByLabel("Name").FillAsync("Somebody Else");
        await page.GetByLabel("Mail address").FillAsync("elena@example.org");
        await page.Locator("#f-Password").FillAsync(Password);
        await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Register" }).ClickAsync();

        await Expect(page.GetByText("If this address can be used, we have sent a mail.")).ToBeVisibleAsync();
        Assert.DoesNotContain("taken", await page.Locator("main").InnerTextAsync(), StringComparison.OrdinalIgnoreCase);
    }

    private static async Task SignIn(IPage page, string password)
    {
        await page.GetByLabel("Mail address").FillAsync(Mail);
        await page.Locator("#f-Password").FillAsync(password);
        await page.Locator("form.card").GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }
}
