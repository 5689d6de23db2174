using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MoocPlatform.Journeys.Tests;

/// <summary>What is told to a person reaches the page they have open, and is read by keyboard and without script.</summary>
public sealed class BellJourney(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task The_bell_of_a_page_that_is_open_counts_what_happens_and_what_was_seen()
    {
        var run = await chromium.Site.Run();
        var reading = await chromium.Person("Elena Popescu");
        await reading.GotoAsync("/about");
        await reading.Mark();
        var bell = reading.Locator("a.bell");
        await Expect(bell.Locator("[data-count]")).ToBeHiddenAsync();
        await Expect(bell).ToHaveAccessibleNameAsync("Notifications");

        await Submit(await reading.Context.NewPageAsync(), run);
        await Expect(bell.Locator("[data-count]")).ToHaveTextAsync("1");
        await Expect(bell).ToHaveAccessibleNameAsync("Notifications: 1 new");
        Assert.True(await reading.Stayed(), "the page was loaded anew");

        await bell.FocusAsync();
        await reading.Keyboard.PressAsync("Enter");
        await Expect(reading.Locator("#tray")).ToBeVisibleAsync();
        foreach (var width in (int[])[390, 1280])
        {
            await reading.SetViewportSizeAsync(width, 900);
            await Chromium.Accessible(reading);
        }

        var first = reading.Locator("#tray li a").First;
        await Expect(first).ToContainTextAsync("You submitted");
        await first.FocusAsync();
        await reading.Keyboard.PressAsync("Enter");
        await Expect(reading.Locator(".score")).ToBeVisibleAsync();
        await Expect(reading.Locator("a.bell [data-count]")).ToBeHiddenAsync();
        await reading.GotoAsync("/notifications");
        await Expect(reading.Locator("#tray [data-unread]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Without_script_the_tray_is_a_page_with_a_button()
    {
        var run = await chromium.Site.Run();
        var scripted = await chromium.Person("Kofi Owusu");
        await Submit(scripted, run);
        var page = await chromium.Person("Kofi Owusu", script: false);
        await page.Locator("a.bell").ClickAsync();
        await Expect(page.Locator("#tray [data-unread]")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark all as seen" }).ClickAsync();
        await Expect(page.Locator("#tray li")).ToHaveCountAsync(1);
        await Expect(page.Locator("#tray [data-unread]")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Link, new() { Name = "What comes by mail" }).ClickAsync();
        await page.GetByLabel("Somebody mentions me").SelectOptionAsync("At once");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByLabel("Somebody mentions me")).ToHaveValueAsync("Now");
    }

    private static async Task Submit(IPage page, string run)
    {
        await page.StartOrContinue($"{run}/quiz/quiz-choosing-a-licence");
        await page.Locator("label.choice").First.ClickAsync();
        await page.Locator("[data-submit-button]").ClickAsync();
        await page.Locator(".score").WaitForAsync();
    }
}
