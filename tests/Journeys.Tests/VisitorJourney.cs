using System.Globalization;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MoocPlatform.Journeys.Tests;

public sealed class VisitorJourney(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task A_visitor_finds_a_course_and_reads_it_without_an_account()
    {
        var page = await chromium.Visitor();
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Searchbox).FillAsync("basket weaving");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("No course was found")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Searchbox).FillAsync("educational resources");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".course-card").GetByRole(AriaRole.Link, new() { Name = DemoCourse.Title }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(DemoCourse.Title);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Syllabus" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Read the lessons without joining" }).First.ClickAsync();

        var outline = page.GetByRole(AriaRole.Navigation, new() { Name = "Course outline" });
        await outline.GetByText("Finding and judging", new() { Exact = true }).First.ClickAsync();
        await outline.GetByRole(AriaRole.Link, new() { Name = "Judging quality with a rubric" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Judging quality with a rubric");
        await Expect(page.Locator(".prose .maths math munderover")).ToHaveCountAsync(1);
        await Expect(page.Locator(".prose pre code .k").First).ToHaveTextAsync("import");
        var figure = page.Locator(".prose img[src*='rubric-weights']");
        await figure.ScrollIntoViewIfNeededAsync();
        await Expect(figure).ToHaveJSPropertyAsync("complete", true);
        Assert.True(await figure.EvaluateAsync<int>("img => img.naturalWidth") > 0, "the figure is not shown");
    }

    [Fact]
    public async Task A_visitor_changes_language_and_colours_and_stays_on_the_page()
    {
        var lesson = $"{await chromium.Site.Run()}/what-an-open-resource-is";
        var page = await chromium.Visitor();
        await page.GotoAsync(lesson);
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");

        foreach (var (code, courses, contents) in new[] { ("ro", "Cursuri", "Pe această pagină"), ("it", "Corsi", "In questa pagina") })
        {
            await Choose("lang", code);
            await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", code);
            await Expect(page.Locator(".site-nav a").First).ToHaveTextAsync(courses);
            await Expect(page.Locator(".toc .eyebrow")).ToHaveTextAsync(contents);
            await Expect(page.Locator("h1")).ToHaveAttributeAsync("lang", "en");
            Assert.EndsWith(lesson, new Uri(page.Url).AbsolutePath, StringComparison.Ordinal);
        }

        var light = await Background();
        await Choose("theme", "dark");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        Assert.NotEqual(light, await Background());
        Assert.EndsWith(lesson, new Uri(page.Url).AbsolutePath, StringComparison.Ordinal);

        // What was chosen holds on the next page, too.
        await page.GotoAsync("/");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "it");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");

        async Task Choose(string name, string value)
        {
            var menu = page.Locator($"details.menu:has(button[name={name}])");
            await menu.Locator("summary").ClickAsync();
            await menu.Locator($"button[name={name}][value={value}]").ClickAsync();
        }

        Task<string> Background() => page.EvaluateAsync<string>("getComputedStyle(document.documentElement).backgroundColor");
    }

    [Fact]
    public async Task A_lesson_that_is_not_open_yet_says_when_it_opens()
    {
        var page = await chromium.Visitor();
        await page.GotoAsync($"{await chromium.Site.Run()}/formats-that-stay-alive");

        await Expect(page.GetByText("This step is not open yet")).ToBeVisibleAsync();
        var opens = await page.Locator("#lesson .notice time").GetAttributeAsync("datetime");
        Assert.True(DateTimeOffset.Parse(opens!, CultureInfo.InvariantCulture) > TimeProvider.System.GetUtcNow(), $"It says {opens}");
        await Expect(page.Locator("#lesson .prose")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Who_asks_for_what_is_not_there_reads_a_page_that_helps_on()
    {
        var page = await chromium.Visitor();
        foreach (var path in new[] { "/courses/no-such-course", "/learn/no-such-course/2026-01", "/no/such/page" })
        {
            var answer = await page.GotoAsync(path);
            Assert.Equal(404, answer!.Status);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await Expect(page.Locator("main a[href='/']").First).ToBeVisibleAsync();
        }
    }
}
