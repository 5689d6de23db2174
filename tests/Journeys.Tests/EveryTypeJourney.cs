using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MoocPlatform.Journeys.Tests;

/// <summary>Questions with several fields, in a browser: kept as they are given, there again after a reload, offline or not.</summary>
public sealed class EveryTypeJourney(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly string[] Steps =
    [
        "Filter the results by licence", "Look through the titles and pictures", "Check the author's own page", "Score the last three with the rubric", "Try the best one with a few pupils",
    ];

    [Fact]
    public async Task Items_are_put_in_order_by_keyboard_and_stay_so()
    {
        var run = await chromium.Site.Run();
        var page = await chromium.Person("Elena Popescu");
        await page.StartOrContinue($"{run}/quiz/quiz-finding-and-judging");
        var question = page.Locator("section.question", new() { Has = page.Locator("[data-order]") });
        var held = page.Locator("[data-held-line]");
        await Expect(held).ToHaveTextAsync("We hold 0 of 7 answers.");
        await Expect(question.Locator("select").First).ToBeHiddenAsync();

        // Each item goes up until it stands where it belongs.
        for (var place = 0; place < Steps.Length; place++)
        {
            var up = question.Locator("li", new() { HasText = Steps[place][..12] }).GetByRole(AriaRole.Button, new() { NameString = "Move" }).First;
            while (!(await question.Locator("li > span").AllInnerTextsAsync())[place].StartsWith(Steps[place][..12], StringComparison.Ordinal))
            {
                await up.FocusAsync();
                await page.Keyboard.PressAsync("Enter");
            }
        }

        await Expect(held).ToHaveTextAsync("We hold 1 of 7 answers.");
        await Expect(page.Locator("[data-save-state] > span")).ToHaveTextAsync("All answers saved");
        var order = await question.Locator("li > span").AllInnerTextsAsync();
        await page.ReloadAsync();
        await Expect(held).ToHaveTextAsync("We hold 1 of 7 answers.");
        Assert.Equal(order, await question.Locator("li > span").AllInnerTextsAsync());

        await page.Locator("[data-submit-button]").ClickAsync();
        await Expect(page.Locator("section.question", new() { HasText = "the least work" }).Locator(".verdict").First).ToHaveTextAsync("Right");
    }

    [Fact]
    public async Task Items_are_put_in_order_by_finger()
    {
        var run = await chromium.Site.Run();
        var page = await chromium.Person("Kofi Owusu", width: 390);
        await page.StartOrContinue($"{run}/quiz/quiz-finding-and-judging");
        var question = page.Locator("section.question", new() { Has = page.Locator("[data-order]") });
        var items = question.Locator("li > span");
        var before = await items.AllInnerTextsAsync();
        await question.ScrollIntoViewIfNeededAsync();
        var (from, to) = (await Middle(question.Locator(".grip").First), await Middle(question.Locator(".grip").Nth(2)));

        // The first item goes to where the third stands; then a finger beside the handle scrolls and moves nothing.
        var fingers = await page.Context.NewCDPSessionAsync(page);
        await Touch("touchStart", from.X, from.Y);
        foreach (var part in new[] { 0.3f, 0.6f, 0.9f, 1.1f })
            await Touch("touchMove", from.X, from.Y + ((to.Y - from.Y) * part));
        await Touch("touchEnd");
        string[] wanted = [before[1], before[2], before[0], .. before.Skip(3)];
        await Expect(items).ToHaveTextAsync(wanted);
        await Expect(page.Locator("[data-held-line]")).ToHaveTextAsync("We hold 1 of 7 answers.");
        await Touch("touchStart", from.X - 150, from.Y);
        await Touch("touchMove", from.X - 150, to.Y);
        await Touch("touchEnd");
        await Expect(items).ToHaveTextAsync(wanted);

        async Task<(float X, float Y)> Middle(ILocator place) => (await place.BoundingBoxAsync())! is var box ? (box.X + (box.Width / 2), box.Y + (box.Height / 2)) : default;

        async Task Touch(string kind, params float[] at) => await fingers.SendAsync("Input.dispatchTouchEvent", new()
        {
            ["type"] = kind,
            ["touchPoints"] = at.Length == 0 ? Array.Empty<object>() : new object[] { new { x = at[0], y = at[1] } },
        });
    }

    [Fact]
    public async Task Pairs_and_gaps_given_offline_are_kept_and_sent_later()
    {
        var run = await chromium.Site.Run();
        var page = await chromium.Person("Kofi Owusu");
        await page.StartOrContinue($"{run}/quiz/quiz-adapting-for-everyone");
        var held = page.Locator("[data-held-line]");
        var pairs = page.Locator("section.question", new() { Has = page.Locator(".pairs") });
        var gaps = page.Locator("section.question", new() { Has = page.Locator(".cloze") });
        var address = page.Url;

        await pairs.Locator("select").First.SelectOptionAsync(new SelectOptionValue { Label = "Captions" });
        await Expect(held).ToHaveTextAsync("We hold 1 of 7 answers.");
        await page.Context.SetOfflineAsync(true);
        await pairs.Locator("select").Nth(1).SelectOptionAsync(new SelectOptionValue { Label = "Captions" });
        await gaps.Locator("select").First.SelectOptionAsync(new SelectOptionValue { Label = "the name of the file" });
        await gaps.Locator("input").First.FillAsync("20");
        await Expect(page.Locator("[data-save-state] > span")).ToContainTextAsync("Offline");
        await page.CloseAsync();

        var later = await page.Context.NewPageAsync();
        await page.Context.SetOfflineAsync(false);
        await later.GotoAsync(address);
        await Expect(later.Locator("[data-held-line]")).ToHaveTextAsync("We hold 2 of 7 answers.");
        await later.ReloadAsync();
        await Expect(later.Locator(".pairs select").Nth(1).Locator("option:checked")).ToHaveTextAsync("Captions");
        await Expect(later.Locator(".cloze select").First.Locator("option:checked")).ToHaveTextAsync("the name of the file");
        await Expect(later.Locator(".cloze input").First).ToHaveValueAsync("20");
        await Expect(later.Locator(".question:has(.cloze) [data-echo]")).ToHaveTextAsync("Gap 2: We read 20.");
    }

    [Fact]
    public async Task A_question_is_checked_while_the_attempt_goes_on()
    {
        var run = await chromium.Site.Run();
        var author = await chromium.Person("Luca Ferrante");
        await author.GotoAsync("/teach/oer-in-practice/items/quiz-five-permissions");
        var text = author.Locator("textarea[name=Markdown]");
        await text.FillAsync((await text.InputValueAsync()).Replace("\npass: 60\n", "\npass: 60\nfeedback: interactive\ntries: 2\npenalty: 25\n", StringComparison.Ordinal));
        await author.GetByRole(AriaRole.Button, new() { Name = "Publish changes" }).ClickAsync();
        await Expect(author.GetByText("Saved. Learners see this text.")).ToBeVisibleAsync();
        await author.GotoAsync($"{run}/quiz/quiz-five-permissions");

        var page = await chromium.Person("Teresa Popa");
        await page.GotoAsync($"{run}/quiz/quiz-five-permissions");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enrol for free" }).ClickAsync();
        await page.StartQuiz(run);
        var first = page.Locator("section[data-question='0']");
        var check = first.Locator("button[value='check-0']");
        await page.Choose("for schools only");
        await check.ClickAsync();
        await Expect(first).ToContainTextAsync("1 try left");
        await page.Choose("not known to be open");
        await check.ClickAsync();
        await Expect(check).ToHaveCountAsync(0);
        await page.Question("Write one word").Locator("input").FillAsync("remixing");
        await page.Question("Write one word").Locator("button[value^='check-']").ClickAsync(); // still being typed
        await Expect(page.Locator("[data-held-line]")).ToHaveTextAsync("We hold 2 of 5 answers.");
        await page.Locator("[data-submit-button]").ClickAsync();
        await Expect(page.Locator(".score")).ToContainTextAsync("1.75 of 7 points");
    }

    [Fact]
    public async Task What_is_typed_before_the_script_has_come_is_kept_too()
    {
        var run = await chromium.Site.Run();
        var page = await chromium.Person("Elena Popescu");
        var script = new TaskCompletionSource();
        await page.Context.RouteAsync("**/dist/quiz.js*", async route =>
        {
            await script.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync($"{run}/quiz/quiz-choosing-a-licence");
        await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Start the quiz" }).ClickAsync();
        var first = page.Locator("section[data-question='0'] label.choice").First;
        await first.ClickAsync();
        script.SetResult();
        await Expect(page.Locator("[data-held-line]")).ToHaveTextAsync("We hold 1 of 7 answers.");
        await page.ReloadAsync();
        await Expect(first.Locator("input")).ToBeCheckedAsync();
    }

    [Fact]
    public async Task A_question_is_tried_in_the_preview_of_the_editor()
    {
        var page = await chromium.Person("Luca Ferrante");
        await page.GotoAsync("/teach/oer-in-practice/items/quiz-choosing-a-licence");
        var preview = page.Locator("[data-preview]");
        await preview.Locator("label.choice", new() { HasText = "A worksheet marked CC BY-ND" }).ClickAsync();
        await preview.GetByRole(AriaRole.Button, new() { Name = "Check this answer question 1", Exact = true }).ClickAsync();
        await Expect(preview.Locator("[data-tried='0']")).ToContainTextAsync("This answer is worth 0 % of the points.");
        await Expect(preview.Locator("[data-tried='0']")).ToContainTextAsync("ND means no derivatives");
    }
}
