using Microsoft.Playwright;
using Xunit;

namespace MoocPlatform.Journeys.Tests;

/// <summary>Every page in both colours, wide and on a phone: axe-core finds nothing, nothing is wider than the window.</summary>
public sealed class AccessibilityTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task What_a_visitor_sees()
    {
        var run = await chromium.Site.Run();
        var page = await chromium.Visitor();
        await Check(page,
            "/", "/?q=basket", "/?when=soon", DemoCourse.Page, $"{run}/judging-quality-with-a-rubric", $"{run}/six-licences", $"{run}/formats-that-stay-alive",
            $"{run}/talk", "/account/sign-in", "/account/register", "/account/forgot", "/account/sent", "/account/confirm", "/account/reset",
            "/about", "/accessibility", "/privacy", "/licences", "/preferences", "/verify", "/issuer", $"{DemoCourse.Page}/data", "/no/such/page");
    }

    [Fact]
    public async Task What_a_learner_sees()
    {
        var run = await chromium.Site.Run();
        var page = await chromium.Person("Elena Popescu");
        await page.StartOrContinue($"{run}/quiz/quiz-five-permissions");
        await page.Question("Write one word").Locator("input").FillAsync("remixing");
        await page.Locator("[data-save-state] > span", new() { HasText = "All answers saved" }).WaitForAsync();
        var attempt = page.Url;
        await page.StartOrContinue($"{run}/quiz/quiz-finding-and-judging");
        var ordering = page.Url;
        await page.StartOrContinue($"{run}/quiz/quiz-adapting-for-everyone");
        var parts = page.Url;
        await page.StartOrContinue($"{run}/quiz/quiz-choosing-a-licence");
        await page.Locator("label.choice").First.ClickAsync();
        await page.Locator("[data-submit-button]").ClickAsync();
        await page.Locator(".score").WaitForAsync();
        var result = page.Url;
        var thread = await Ask(page, run);

        await Check(page,
            "/my", DemoCourse.Page, $"{run}/where-to-look", $"{run}/formats-that-stay-alive", $"{run}/progress", $"{run}/me", $"{run}/leave",
            $"{run}/quiz/quiz-five-permissions", $"{run}/quiz/quiz-choosing-a-licence", $"{run}/quiz/quiz-finding-and-judging", attempt, ordering, parts, result,
            $"{run}/talk", $"{run}/talk?show=unanswered", $"{run}/talk/search?q=mean", $"{run}/talk/new?kind=question&item=where-to-look", thread, $"{thread}/{thread[^32..]}/history", $"{thread}/edit/{thread[^32..]}",
            "/notifications", "/account", "/account/notifications", "/my/badges", "/my/diary", $"/my/diary/new?item=where-to-look", "/my/calendar", "/account/data", "/admin");
    }

    [Fact]
    public async Task What_a_teacher_sees()
    {
        var run = await chromium.Site.Run();
        var page = await chromium.Person("Ioana Marin");
        var thread = await Ask(page, run);
        const string course = "/teach/oer-in-practice";
        var taught = $"{course}/runs/{run[^7..]}";
        await page.GotoAsync($"{taught}/learners");
        var learner = await page.Locator("main table a").First.GetAttributeAsync("href");
        await Check(page,
            "/teach", "/teach/new", course, $"{course}/facts", $"{course}/items/judging-quality-with-a-rubric", $"{course}/items/quiz-five-permissions", $"{course}/items/quiz-five-permissions/questions",
            $"{course}/items/judging-quality-with-a-rubric/delete", $"{course}/items/judging-quality-with-a-rubric/history", $"{course}/items/judging-quality-with-a-rubric/history/changes?to=1", $"{course}/runs/new", $"{course}/runs/{run[^7..]}", $"{course}/runs/{run[^7..]}/close", $"{course}/runs/{run[^7..]}/announce", $"{course}/runs/new?from={run[^7..]}", $"{course}/check", $"{run}/announcements",
            $"{run}/formats-that-stay-alive", $"{run}/talk", $"{run}/talk/queue", $"{run}/talk/log", $"{run}/talk/team", $"{run}/talk/settings", thread, $"{thread}/{thread[^32..]}/moderate", $"{taught}/learners", learner!, $"{taught}/numbers", $"{taught}/badges", $"{course}/grading", "/my");
    }

    [Fact]
    public async Task What_an_admin_sees()
    {
        var page = await chromium.Person("Ada Site");
        await page.GotoAsync("/admin/users");
        var person = await page.Locator("main a[href^='/admin/users/']").First.GetAttributeAsync("href");
        await Check(page, "/admin", "/admin/users", person!, $"{person}/role/teacher", "/admin/jobs", "/admin/mail", "/admin/mail?state=skipped", "/admin/outbox", "/admin/badges", "/notifications", "/account/notifications", "/teach");
    }

    private static async Task<string> Ask(IPage page, string run)
    {
        await page.GotoAsync($"{run}/talk/new?kind=question");
        await page.GetByLabel("Title").FillAsync("What does $x^2$ mean here?");
        await page.Locator("textarea[name=Markdown]").FillAsync("I read `x ** 2` and\n\n```python\nprint(2 ** 3)\n```\n\nand $$x^2$$");
        await page.GetByRole(AriaRole.Button, new() { Name = "Post", Exact = true }).ClickAsync();
        await page.Locator("#thread").WaitForAsync();
        var thread = new Uri(page.Url).AbsolutePath;
        await page.Locator("#compose textarea[name=Markdown]").FillAsync("> quoted\n\nand answered");
        await page.GetByRole(AriaRole.Button, new() { Name = "Post reply" }).ClickAsync();
        await page.Locator("#replies article.post").WaitForAsync();
        return thread;
    }

    // All that is wrong is told at once: it is mended in one go.
    private static async Task Check(IPage page, params string[] paths)
    {
        var wrong = new List<string>();
        foreach (var path in paths)
        {
            await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Load });
            foreach (var width in new[] { 1280, 390 })
            {
                await page.SetViewportSizeAsync(width, 900);
                foreach (var colours in new[] { ColorScheme.Light, ColorScheme.Dark })
                {
                    await page.EmulateMediaAsync(new() { ColorScheme = colours, ReducedMotion = ReducedMotion.Reduce });
                    try
                    {
                        await Chromium.Accessible(page, coloursOnly: colours == ColorScheme.Dark);
                    }
                    catch (Xunit.Sdk.XunitException e)
                    {
                        wrong.Add($"{width} px, {colours}, {path}: {e.Message}");
                    }
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong));
    }
}
