using System.Globalization;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MoocPlatform.Journeys.Tests;

public sealed class TeacherJourney(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Desk = "/teach/reading-maps";
    private const string Run = "/learn/reading-maps/first";

    // A date that comes is waited for.
    private const float Long = 90_000;

    [Fact]
    public async Task A_teacher_makes_a_course_that_opens_and_closes_by_itself_on_everyones_page()
    {
        var ioana = await chromium.Person("Ioana Marin");
        await MakeCourse(ioana);
        await PlanRun(ioana);

        // A visitor has the lesson open, and the catalogue in another tab, and does nothing.
        var visitor = await chromium.Visitor();
        await visitor.GotoAsync($"{Run}/what-a-scale-says");
        await Expect(visitor.Locator("#run-state")).ToContainTextAsync("This run has not started yet");
        await Expect(visitor.GetByText("This step is not open yet")).ToBeVisibleAsync();
        await visitor.Mark();
        await Expect(visitor.Locator("#lesson .prose strong")).ToHaveTextAsync("25 000", new() { Timeout = Long });
        await Expect(visitor.Locator("#run-state")).Not.ToContainTextAsync("This run has not started yet");
        Assert.True(await visitor.Stayed(), "the lesson was loaded anew");

        // A learner is in the middle of everything.
        var attempt = await chromium.Person("Elena Popescu");
        await attempt.GotoAsync("/courses/reading-maps");
        await attempt.GetByRole(AriaRole.Button, new() { Name = "Enrol for free" }).First.ClickAsync();
        await Expect(attempt.GetByText("You have joined Reading maps")).ToBeVisibleAsync();
        await attempt.StartOrContinue($"{Run}/quiz/first-scale");
        await attempt.Choose("The right answer");
        await Expect(attempt.Locator("[data-held-line]")).ToHaveTextAsync("We hold 1 of 1 answers.");
        await attempt.Mark();
        var post = await attempt.Context.NewPageAsync();
        await post.GotoAsync($"{Run}/talk/new?kind=question");
        await post.GetByLabel("Title").FillAsync("Which scale for walking?");
        await post.Locator("textarea[name=Markdown]").FillAsync("I walk slowly.");

        await EndRunSoon(ioana);
        await Expect(visitor.Locator("#run-state")).ToContainTextAsync("This run has closed", new() { Timeout = Long });
        await Expect(attempt.Locator("#run-state")).ToContainTextAsync("This run has closed", new() { Timeout = Long });
        await Expect(post.Locator("#run-state")).ToContainTextAsync("This run has closed", new() { Timeout = Long });
        await Expect(ioana.Locator("#state")).ToContainTextAsync("Closed", new() { Timeout = Long });
        Assert.True(await visitor.Stayed(), "the lesson was loaded anew");
        Assert.True(await attempt.Stayed(), "the attempt was loaded anew");

        // What was saved is handed in; what comes too late is refused and kept.
        var result = new Uri(attempt.Url).AbsolutePath + "/result";
        await Until(attempt, result, "The run of the course ended.");
        await Expect(attempt.Locator(".score")).ToContainTextAsync("1 of 1 point, 100 %");
        await post.GetByRole(AriaRole.Button, new() { Name = "Post", Exact = true }).ClickAsync();
        await Expect(post.Locator("main .notice[role=alert], main [data-tone=critical]").First).ToBeVisibleAsync();
        await Expect(post.Locator("textarea").First).ToHaveValueAsync("I walk slowly.");
        await post.GotoAsync($"{Run}/talk");
        await Expect(post.GetByText("Which scale for walking?")).ToHaveCountAsync(0);
        await Expect(post.GetByRole(AriaRole.Link, new() { Name = "Ask a question" })).ToHaveCountAsync(0);

        var ada = await chromium.Person("Ada Site");
        await ada.GotoAsync("/admin/jobs");
        foreach (var job in new[] { "run-start/", "run-close/" })
            await Expect(ada.Locator("[aria-labelledby=ran] tr", new() { HasText = job }).First).ToContainTextAsync("done");
        await Expect(ada.Locator("[aria-labelledby=ran]")).Not.ToContainTextAsync("failed");
    }

    private static async Task MakeCourse(IPage page)
    {
        await page.GotoAsync("/teach");
        await page.GetByRole(AriaRole.Link, new() { Name = "New course" }).ClickAsync();
        await page.GetByLabel("Title").FillAsync("Reading maps");
        await Expect(page.GetByLabel("Address")).ToHaveValueAsync("reading-maps");
        await page.GetByLabel("Summary").FillAsync("From paper to path.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the course" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Reading maps");

        await AddItem(page, "What a scale says", "Add lesson");
        var text = page.Locator("textarea[name=Markdown]");
        await text.FillAsync("One centimetre is **25 000** of them: $1 : 25000$.");
        await Expect(page.Locator("[data-preview] strong")).ToHaveTextAsync("25 000");
        await Expect(page.Locator("[data-preview] math")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Saved. Learners see this text.")).ToBeVisibleAsync();

        await page.GotoAsync(Desk);
        await AddItem(page, "First scale", "Add quiz");
        await text.FillAsync((await text.InputValueAsync()).Replace("What do you ask?", "How far is **four** centimetres?", StringComparison.Ordinal));
        await Expect(page.Locator("[data-preview] strong", new() { HasText = "four" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Saved. Learners see this text.")).ToBeVisibleAsync();
    }

    private static async Task AddItem(IPage page, string title, string button)
    {
        await page.Locator(".tree input[name=itemTitle]").FillAsync(title);
        await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync(title);
    }

    private static async Task PlanRun(IPage page)
    {
        await page.GotoAsync(Desk);
        await page.GetByRole(AriaRole.Link, new() { Name = "Plan a run" }).ClickAsync();
        await page.GetByLabel("Time zone").FillAsync("UTC");
        await page.GetByLabel("Address").FillAsync("first");
        await Date(page, "Start", TimeSpan.FromSeconds(25));
        await Date(page, "End", TimeSpan.FromDays(1));
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish the run" }).ClickAsync();
        await Expect(page.GetByText("The run is published. It opens and closes by itself.")).ToBeVisibleAsync();
    }

    private static async Task EndRunSoon(IPage page)
    {
        await page.GotoAsync($"{Desk}/runs/first");
        await Date(page, "Start", null);
        await Date(page, "End", TimeSpan.FromSeconds(10));
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the dates" }).ClickAsync();
        await Expect(page.GetByText("The dates are saved and count from now on.")).ToBeVisibleAsync();
    }

    // Seconds, which the picker does not offer: nobody wants to wait for a full minute here. Chromium takes no ":00", so never a whole minute.
    private static async Task Date(IPage page, string name, TimeSpan? ahead)
    {
        var field = page.Locator($"input[name={name}]");
        await field.EvaluateAsync("field => field.step = '1'");
        if (ahead is { } time)
        {
            var instant = TimeProvider.System.GetUtcNow() + time;
            await field.FillAsync((instant.Second == 0 ? instant.AddSeconds(1) : instant).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        }
    }

    private static async Task Until(IPage page, string path, string text)
    {
        await page.GotoAsync(path);
        await Expect(page.GetByText(text)).ToBeVisibleAsync();
    }
}
