using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MoocPlatform.Journeys.Tests;

/// <summary>The whole way with JavaScript off.</summary>
public sealed class PlainJourney(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task Everything_a_learner_needs_works_without_JavaScript()
    {
        var run = await chromium.Site.Run();
        var page = await chromium.Person("Teresa Popa", script: false);
        await page.GotoAsync(DemoCourse.Page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Enrol for free" }).First.ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("What an open resource is");
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("The five permissions");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark complete and go on" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Why UNESCO recommends it");

        await page.StartQuiz(run);
        await page.Choose("A Recommendation with five areas of action");
        await page.Question("Write one word").Locator("input").FillAsync("revising");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save my answers" }).ClickAsync();
        await Expect(page.GetByText("We hold 2 of 5 answers.")).ToBeVisibleAsync();
        await Expect(page.Question("Write one word").Locator("input")).ToHaveValueAsync("revising");
        await page.Question("For how many pupils").Locator("input").FillAsync("30");
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit my answers" }).ClickAsync();
        await Expect(page.Locator(".score")).ToContainTextAsync("3.5 of 7 points, 50 %");
        await Expect(page.GetByText("Close: revising changes one work.")).ToBeVisibleAsync();

        await page.GotoAsync($"{run}/talk");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ask a question" }).ClickAsync();
        await page.GetByLabel("Title").FillAsync("Where are the answers?");
        await page.Locator("textarea[name=Markdown]").FillAsync("I looked on every page.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Post", Exact = true }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Where are the answers?");
        var thread = new Uri(page.Url).AbsolutePath;

        var kofi = await chromium.Person("Kofi Owusu", script: false);
        await kofi.GotoAsync(thread);
        var vote = kofi.Locator("form[action*='handler=Vote'] button");
        await Expect(vote).ToHaveAttributeAsync("aria-pressed", "false");
        await vote.ClickAsync();
        await Expect(vote).ToHaveAttributeAsync("aria-pressed", "true");
        await kofi.Locator("#compose textarea[name=Markdown]").FillAsync("Below each question, after you submit.");
        await kofi.GetByRole(AriaRole.Button, new() { Name = "Post reply" }).ClickAsync();

        await page.GotoAsync(thread);
        await Expect(page.Locator("#replies article.post")).ToHaveCountAsync(1);
        await Expect(page.GetByText("1 vote", new() { Exact = true })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "This answers my question" }).ClickAsync();
        await Expect(page.Locator("article.post.endorsed")).ToContainTextAsync("Accepted by Teresa Popa");
    }
}
