using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MoocPlatform.Journeys.Tests;

public sealed class QuizJourney(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task A_learner_is_held_by_the_server_offline_or_not_and_graded_at_once()
    {
        var run = await chromium.Site.Run();
        var page = await chromium.Person("Elena Popescu");
        await page.StartQuiz(run);
        var state = page.Locator("[data-save-state] > span");
        var held = page.Locator("[data-held-line]");

        await page.Choose("The posters are free to read, and not known to be open");
        await Expect(held).ToHaveTextAsync("We hold 1 of 5 answers.");
        await Expect(state).ToHaveTextAsync("All answers saved");
        await page.Choose("Retain");
        // What is being typed goes along with the choices that follow at once.
        await page.Question("For how many pupils").Locator("input").FillAsync("30");
        foreach (var permission in new[] { "Revise", "Redistribute" })
            await page.Choose(permission);
        await Expect(held).ToHaveTextAsync("We hold 3 of 5 answers.");
        await Expect(page.Locator("[data-echo]")).ToHaveTextAsync("We read 30.");

        await page.ReloadAsync();
        await Expect(held).ToHaveTextAsync("We hold 3 of 5 answers.");
        await Expect(page.Locator("label.choice", new() { HasText = "not known to be open" }).Locator("input")).ToBeCheckedAsync();
        await Expect(page.Question("For how many pupils").Locator("input")).ToHaveValueAsync("30");

        // The network goes: what is given waits on the device, and goes out when it is back.
        await page.Context.SetOfflineAsync(true);
        await page.Question("Write one word").Locator("input").FillAsync("remixing");
        await Expect(state).ToContainTextAsync("Offline: your answers are kept on this device");
        await page.Choose("A Recommendation with five areas of action");
        await Expect(held).ToHaveTextAsync("We hold 3 of 5 answers.");
        await page.Context.SetOfflineAsync(false);
        await Expect(held).ToHaveTextAsync("We hold 5 of 5 answers.");
        await Expect(state).ToHaveTextAsync("All answers saved");

        await page.Locator("[data-submit-button]").DblClickAsync();
        await Expect(page.Locator(".score")).ToContainTextAsync("7 of 7 points, 100 %");
        await Expect(page.Locator("main .verdict").First).ToContainTextAsync("Passed");
        await Expect(page.GetByText("Without a licence, and without knowing that the rights have ended")).ToBeVisibleAsync();
        await page.GotoAsync($"{run}/quiz/quiz-five-permissions");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(page.GetByText("2 left")).ToBeVisibleAsync();

        await page.GotoAsync($"{run}/progress");
        var rows = page.Locator("tr", new() { HasText = "Quiz: the five permissions" });
        await Expect(rows.Filter(new() { HasText = "100 %" })).ToHaveCountAsync(1); // in the grade
        await Expect(rows.Filter(new() { HasText = "Done" })).ToHaveCountAsync(1); // and in the steps
    }

    [Fact]
    public async Task Answers_given_offline_before_the_page_was_closed_are_sent_when_it_is_opened_again()
    {
        var run = await chromium.Site.Run();
        var page = await chromium.Person("Kofi Owusu");
        await page.StartQuiz(run);
        var address = page.Url;

        await page.Context.SetOfflineAsync(true);
        await page.Choose("The posters are open for schools only");
        await Expect(page.Locator("[data-save-state] > span")).ToContainTextAsync("Offline");
        await page.CloseAsync();
        var later = await page.Context.NewPageAsync();
        await page.Context.SetOfflineAsync(false);
        await later.GotoAsync(address);

        await Expect(later.Locator("[data-held-line]")).ToHaveTextAsync("We hold 1 of 5 answers.");
        await Expect(later.Locator("label.choice", new() { HasText = "for schools only" }).Locator("input")).ToBeCheckedAsync();
        await later.Locator("[data-submit-button]").ClickAsync();
        await Expect(later.Locator(".score")).ToContainTextAsync("0 of 7 points");
        await Expect(later.GetByText("Openness is for everybody.")).ToBeVisibleAsync();
        Assert.Empty(await later.EvaluateAsync<string[]>("Object.keys(localStorage).filter(key => key.startsWith('attempt:'))"));
    }

    [Fact]
    public async Task Who_is_signed_out_meanwhile_signs_in_again_on_the_same_page_and_has_lost_nothing()
    {
        var run = await chromium.Site.Run();
        var page = await chromium.Person("Kofi Owusu");
        await page.StartOrContinue($"{run}/quiz/quiz-choosing-a-licence");
        var state = page.Locator("[data-save-state] > span");
        var year = page.Question("From 1 January of which year").Locator("input");

        // Until the quiz closes there are days; the script says so in the words of the server.
        var timer = page.Locator(".timer > span");
        await Expect(timer).ToHaveTextAsync(new Regex("^([0-9]+ d [0-9]+ h|[0-9]+ h [0-9]+ min|[0-9]{1,3} min) left$", RegexOptions.None, TimeSpan.FromSeconds(1)));

        await page.Context.ClearCookiesAsync();
        await page.Choose("A worksheet without a licence");
        await year.FillAsync("2039");
        await Expect(state).ToContainTextAsync("You are signed out. Your answers are kept on this device");
        await Expect(page.Locator("[data-held-line]")).ToHaveTextAsync("We hold 0 of 7 answers.");

        // By keyboard: opened, closed, opened again; a wrong password is told beside it and the rest stays.
        var (again, dialog) = (page.GetByRole(AriaRole.Link, new() { Name = "Sign in again" }), page.GetByRole(AriaRole.Dialog, new() { Name = "Sign in again" }));
        await again.PressAsync("Enter");
        await Expect(dialog.GetByLabel("Mail address")).ToBeFocusedAsync();
        await Chromium.Accessible(page);
        await page.Keyboard.PressAsync("Escape");
        await Expect(again).ToBeFocusedAsync();
        await again.PressAsync("Enter");
        await Chromium.SignInAgain(dialog, "kofi@example.org", "not the password");
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("do not go together");
        await Expect(dialog.GetByLabel("Mail address")).ToHaveValueAsync("kofi@example.org");
        await page.RunAndWaitForWebSocketAsync(() => Chromium.SignInAgain(dialog, "kofi@example.org", "warm bread before the bus")); // listens as who they are now
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(state).ToHaveTextAsync("All answers saved");
        await Expect(again).ToBeHiddenAsync();
        await Expect(page.Locator("[data-held-line]")).ToHaveTextAsync("We hold 2 of 7 answers.");

        // Somebody else has signed in meanwhile, in another tab.
        var other = await page.Context.NewPageAsync();
        await other.Context.ClearCookiesAsync();
        await Chromium.SignIn(other, "Luca Ferrante");
        await page.BringToFrontAsync();
        await year.FillAsync("2040");
        await Expect(state).ToContainTextAsync("Whoever is signed in here now has no such attempt.");
        await again.ClickAsync();
        await Chromium.SignInAgain(dialog, "kofi@example.org", "warm bread before the bus");
        await Expect(state).ToHaveTextAsync("All answers saved");
        await page.ReloadAsync();
        await Expect(page.Locator("[data-held-line]")).ToHaveTextAsync("We hold 2 of 7 answers.");
        await Expect(page.Locator("label.choice", new() { HasText = "A worksheet without a licence" }).Locator("input")).ToBeCheckedAsync();
        await Expect(year).ToHaveValueAsync("2040");
    }

    [Fact]
    public async Task Who_opens_the_attempt_of_somebody_else_finds_nothing()
    {
        var run = await chromium.Site.Run();
        var teacher = await chromium.Person("Luca Ferrante");
        var teresa = await chromium.Person("Teresa Popa");
        await teresa.GotoAsync($"{run}/quiz/quiz-choosing-a-licence");
        await teresa.GetByRole(AriaRole.Button, new() { Name = "Enrol for free" }).ClickAsync();
        await teresa.GotoAsync($"{run}/quiz/quiz-choosing-a-licence");
        await teresa.GetByRole(AriaRole.Button, new() { Name = "Start the quiz" }).ClickAsync();
        await teresa.Locator("form[data-attempt]").WaitForAsync();

        Assert.Equal(404, (await teacher.GotoAsync(teresa.Url))!.Status);
    }
}
