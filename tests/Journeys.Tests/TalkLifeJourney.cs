using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MoocPlatform.Journeys.Tests;

/// <summary>What makes a thread lively: who is here, who writes, names, what is new, what was asked before.</summary>
public sealed class TalkLifeJourney(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task Two_people_in_a_thread_see_each_other_and_name_each_other_by_keyboard()
    {
        var run = await chromium.Site.Run();
        var (elena, ioana) = (await chromium.Person("Elena Popescu"), await chromium.Person("Ioana Marin"));
        var thread = await Ask(elena, run, "Where do wind turbines stand?");
        await ioana.GotoAsync(thread);
        await Expect(elena.Locator("[data-here]")).ToHaveTextAsync("2 people are here");
        await Expect(ioana.Locator("[data-here]")).ToHaveTextAsync("2 people are here");

        var words = elena.Locator("#compose textarea[name=Markdown]");
        await words.FocusAsync();
        await elena.Keyboard.TypeAsync("Do you know, @ioa");
        await Expect(ioana.Locator("[data-writing]")).ToHaveTextAsync("Elena Popescu is writing…");
        await Expect(elena.GetByRole(AriaRole.Option, new() { Name = "Ioana Marin" })).ToHaveAttributeAsync("aria-selected", "true");
        await Chromium.Accessible(elena);
        await elena.Keyboard.PressAsync("Enter");
        await Expect(words).ToHaveValueAsync("Do you know, @Ioana Marin ");
        await Expect(words).ToBeFocusedAsync();
        await elena.Keyboard.TypeAsync("@x");
        await Expect(elena.GetByRole(AriaRole.Listbox)).ToHaveCountAsync(0);

        await elena.Context.CloseAsync();
        await Expect(ioana.Locator("[data-here]")).ToHaveTextAsync("1 person is here");
    }

    [Fact]
    public async Task What_is_new_is_marked_on_the_board_and_reading_takes_the_mark_away()
    {
        var run = await chromium.Site.Run();
        var (elena, kofi) = (await chromium.Person("Elena Popescu"), await chromium.Person("Kofi Owusu"));
        var thread = await Ask(elena, run, "Which tides are useful?");
        await kofi.GotoAsync($"{run}/talk");
        var line = kofi.Locator("#board li", new() { HasText = "Which tides are useful?" });
        await Expect(line.GetByText("New", new() { Exact = true })).ToBeVisibleAsync();
        await kofi.RunAndWaitForResponseAsync(() => line.GetByRole(AriaRole.Link).ClickAsync(), answer => answer.Url.Contains("handler=Read", StringComparison.Ordinal) && answer.Status == 204);
        await kofi.GotoAsync($"{run}/talk");
        await Expect(line).ToBeVisibleAsync();
        await Expect(line.GetByText("New", new() { Exact = true })).ToHaveCountAsync(0);

        await kofi.GotoAsync($"{run}/talk/new?kind=question");
        await kofi.GetByLabel("Title").PressSequentiallyAsync("Useful tides");
        await Expect(kofi.Locator("#similar").GetByRole(AriaRole.Link, new() { Name = "Which tides are useful?" })).ToBeVisibleAsync();
        await Chromium.Accessible(kofi);
        Assert.EndsWith(thread, await kofi.Locator("#similar a").First.GetAttributeAsync("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_is_reported_hidden_and_gone_from_the_page_that_is_open()
    {
        var run = await chromium.Site.Run();
        var (elena, kofi, ioana) = (await chromium.Person("Elena Popescu"), await chromium.Person("Kofi Owusu"), await chromium.Person("Ioana Marin"));
        var thread = await Ask(elena, run, "Is this polite?");
        await kofi.GotoAsync(thread);
        await kofi.Locator("#compose textarea[name=Markdown]").FillAsync("Something impolite.");
        await kofi.GetByRole(AriaRole.Button, new() { Name = "Post reply" }).ClickAsync();
        await elena.GotoAsync(thread);
        await elena.Locator("#replies article.post summary[aria-label*=Kofi]").ClickAsync();
        await elena.GetByRole(AriaRole.Link, new() { Name = "Report" }).ClickAsync();
        await elena.GetByLabel("What is wrong with it?").FillAsync("It is impolite.");
        await elena.GetByRole(AriaRole.Button, new() { Name = "Report" }).ClickAsync();
        await Expect(elena.GetByText("Thank you. The team looks at it.")).ToBeVisibleAsync();
        await elena.Mark();

        await ioana.GotoAsync($"{run}/talk/queue");
        await ioana.GetByRole(AriaRole.Link, new() { Name = "Look at it – Is this polite?" }).ClickAsync();
        await ioana.GetByLabel("Reason: the author reads it").FillAsync("Please stay polite.");
        await ioana.GetByRole(AriaRole.Button, new() { Name = "Hide", Exact = true }).ClickAsync();
        await Expect(elena.Locator("#replies article.post")).ToContainTextAsync("The team has hidden this text.");
        await Expect(elena.GetByText("Something impolite.")).ToHaveCountAsync(0);
        Assert.True(await elena.Stayed(), "the thread was loaded anew");
        await Expect(kofi.Locator("#replies article.post")).ToContainTextAsync("Please stay polite.");
    }

    private static async Task<string> Ask(IPage page, string run, string title)
    {
        await page.GotoAsync($"{run}/talk/new?kind=question");
        await page.GetByLabel("Title").FillAsync(title);
        await page.Locator("textarea[name=Markdown]").FillAsync("I wonder.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Post", Exact = true }).ClickAsync();
        await page.Locator("#thread").WaitForAsync();
        return new Uri(page.Url).AbsolutePath;
    }
}
