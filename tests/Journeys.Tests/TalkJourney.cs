using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MoocPlatform.Journeys.Tests;

public sealed class TalkJourney(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task A_question_and_its_answers_travel_between_two_browsers_without_reload()
    {
        var run = await chromium.Site.Run();
        var ioana = await chromium.Person("Ioana Marin");
        await ioana.GotoAsync($"{run}/talk");
        await ioana.Mark();
        var elena = await chromium.Person("Elena Popescu");
        await elena.GotoAsync($"{run}/where-to-look");
        await elena.GetByRole(AriaRole.Link, new() { Name = "Ask a question" }).ClickAsync();
        await elena.GetByLabel("Title").FillAsync("How old may a worksheet be?");
        await elena.Locator("textarea[name=Markdown]").FillAsync("Mine is from **2011**. <script>alert(1)</script>");
        await elena.GetByRole(AriaRole.Button, new() { Name = "Post", Exact = true }).DblClickAsync();
        await Expect(elena.Locator("h1")).ToHaveTextAsync("How old may a worksheet be?");
        await Expect(elena.Locator("#thread .prose strong")).ToHaveTextAsync("2011");

        // She sees it appear once on the board she has had open.
        await Expect(ioana.Locator("#board li", new() { HasText = "How old may a worksheet be?" })).ToHaveCountAsync(1);
        Assert.True(await ioana.Stayed(), "the board was loaded anew");
        await ioana.Locator("#board").GetByRole(AriaRole.Link, new() { Name = "How old may a worksheet be?" }).ClickAsync();
        await elena.Mark();
        await Reply(ioana, "As old as its *facts* allow.");
        await ioana.Mark();

        var pill = elena.Locator("[data-pill]");
        var answer = elena.Locator("article.post", new() { HasText = "As old as its facts allow." });
        await Expect(pill).ToHaveTextAsync("1 new reply");
        await Expect(answer).ToBeHiddenAsync();
        await pill.ClickAsync();
        await Expect(answer).ToBeVisibleAsync();
        await Expect(answer).ToContainTextAsync("Instructor");
        await answer.GetByRole(AriaRole.Button, new() { Name = "This answers my question" }).ClickAsync();
        await Expect(elena.Locator("article.post.endorsed")).ToContainTextAsync("Accepted by Elena Popescu");
        await Expect(ioana.Locator("#thread-tags")).ToContainTextAsync("Answered");
        await Expect(ioana.Locator("article.post.endorsed")).ToContainTextAsync("Accepted by Elena Popescu");

        // Her connection is cut while she writes; what was missed arrives once, in order, and her words stay.
        var words = elena.Locator("#compose textarea[name=Markdown]");
        await words.FillAsync("Then I will check the links and");
        await elena.Context.SetOfflineAsync(true);
        await Reply(ioana, "First: look at the date of the sources.");
        await Reply(ioana, "Second: try the links.");
        await elena.Context.SetOfflineAsync(false);
        await Expect(pill).ToHaveTextAsync("2 new replies");

        // A screen reader is told politely, the focus stays in the text until she goes to what is new, and each reply is an article by its author.
        var announcer = elena.Locator("[data-announcer]");
        await Expect(announcer).ToHaveAttributeAsync("role", "status");
        await Expect(announcer).ToHaveTextAsync("2 new replies");
        await Expect(words).ToBeFocusedAsync();
        await pill.FocusAsync();
        await elena.Keyboard.PressAsync("Enter");
        await Expect(elena.Locator("#replies article.post").Nth(1)).ToBeFocusedAsync();
        await Expect(elena.Locator("#replies")).ToMatchAriaSnapshotAsync("""
            - article "Ioana Marin":
              - paragraph: /Accepted by Elena Popescu/
            - article "Ioana Marin":
              - paragraph: "First: look at the date of the sources."
            - article "Ioana Marin":
              - paragraph: "Second: try the links."
            """);
        await Expect(elena.Locator("#replies article.post .prose"))
            .ToHaveTextAsync(["As old as its facts allow.", "First: look at the date of the sources.", "Second: try the links."]);
        await Expect(words).ToHaveValueAsync("Then I will check the links and");
        Assert.True(await elena.Stayed(), "the thread was loaded anew");
    }

    [Fact]
    public async Task An_empty_or_endless_post_is_refused_beside_the_text()
    {
        var run = await chromium.Site.Run();
        var page = await chromium.Person("Kofi Owusu");
        await page.GotoAsync($"{run}/talk/new?kind=discussion");
        await page.EvaluateAsync("for (const field of document.querySelectorAll('[required], [maxlength]')) { field.removeAttribute('required'); field.removeAttribute('maxlength'); }");
        await page.GetByLabel("Title").FillAsync("Everything I know");
        await page.Locator("textarea[name=Markdown]").FillAsync("   ");
        await Post();
        await Expect(page.Locator("textarea[name=Markdown][aria-invalid=true]")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Title")).ToHaveValueAsync("Everything I know");

        await page.EvaluateAsync("for (const field of document.querySelectorAll('[maxlength]')) field.removeAttribute('maxlength');");
        var endless = new string('a', 20_001);
        await page.Locator("textarea[name=Markdown]").FillAsync(endless);
        await Post();
        await Expect(page.Locator("textarea[name=Markdown][aria-invalid=true]")).ToHaveValueAsync(endless);
        await page.GotoAsync($"{run}/talk?show=mine");
        await Expect(page.GetByText("Everything I know")).ToHaveCountAsync(0);

        Task Post() => page.RunAndWaitForResponseAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "Post", Exact = true }).ClickAsync(), answer => answer.Request.Method == "POST" && answer.Status == 422);
    }

    private static async Task Reply(IPage page, string markdown)
    {
        await page.Locator("#compose textarea[name=Markdown]").FillAsync(markdown);
        await page.GetByRole(AriaRole.Button, new() { Name = "Post reply" }).ClickAsync();
        await Expect(page.Locator("#replies article.post", new() { HasText = markdown.Replace("*", "", StringComparison.Ordinal) })).ToBeVisibleAsync();
    }
}
