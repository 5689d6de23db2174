using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MoocPlatform.Journeys.Tests;

/// <summary>The talk without a mouse, and with others at work on the same page: hands and eyes stay where they are.</summary>
public sealed class TalkByKeyboardJourney(Chromium chromium) : IClassFixture<Chromium>
{
    private const int MostStops = 150;

    [Fact]
    public async Task Everything_in_the_talk_is_done_by_keyboard()
    {
        var run = await chromium.Site.Run();
        var (elena, kofi, ioana) = (await chromium.Person("Elena Popescu"), await chromium.Person("Kofi Owusu"), await chromium.Person("Ioana Marin"));

        await elena.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce }); // where something stands is measured at once

        // Asked, with a look at the preview.
        await elena.GotoAsync($"{run}/talk");
        await Press(elena, elena.GetByRole(AriaRole.Link, new() { Name = "Ask a question" }));
        await To(elena, elena.GetByLabel("Title"));
        await elena.Keyboard.TypeAsync("May a keyboard be enough?");
        await To(elena, elena.Locator("textarea[name=Markdown]"));
        await elena.Keyboard.TypeAsync("I have **no** mouse.");
        await elena.Keyboard.PressAsync("Shift+Tab");
        await elena.Keyboard.PressAsync("End"); // the last button of the toolbar
        await elena.Keyboard.PressAsync("Space");
        await Expect(elena.Locator(".preview strong")).ToHaveTextAsync("no");
        await Press(elena, elena.GetByRole(AriaRole.Button, new() { Name = "Post", Exact = true }));
        await Expect(elena.Locator("h1")).ToHaveTextAsync("May a keyboard be enough?");
        await Expect(elena.GetByRole(AriaRole.Button, new() { Name = "Following" })).ToHaveAttributeAsync("aria-pressed", "true");

        // Found on the board, followed, voted for, answered.
        await kofi.GotoAsync($"{run}/talk");
        await Press(kofi, kofi.Locator("#board").GetByRole(AriaRole.Link, new() { Name = "May a keyboard be enough?" }));
        await Press(kofi, kofi.GetByRole(AriaRole.Button, new() { Name = "Follow", Exact = true }));
        await Expect(kofi.GetByRole(AriaRole.Button, new() { Name = "Following" })).ToHaveAttributeAsync("aria-pressed", "true");
        var vote = kofi.Locator("#thread > article form[action*='handler=Vote'] button");
        await Press(kofi, vote);
        await Expect(vote).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(vote).ToBeFocusedAsync();
        await To(kofi, kofi.Locator("#compose textarea[name=Markdown]"));
        await kofi.Keyboard.TypeAsync("It is here.");
        await Press(kofi, kofi.GetByRole(AriaRole.Button, new() { Name = "Post reply" }));

        // The asker goes to what is new, accepts it, and comments; the team endorses it meanwhile.
        await elena.Mark();
        await Expect(elena.Locator("[data-pill]")).ToHaveTextAsync("1 new reply");
        await Press(elena, elena.Locator("[data-pill]"));
        var reply = elena.Locator("#replies > article.post");
        await Expect(reply).ToBeFocusedAsync();
        await Press(elena, reply.GetByRole(AriaRole.Button, new() { Name = "This answers my question" }));
        await Expect(reply).ToContainTextAsync("Accepted by Elena Popescu");
        await Expect(reply.GetByRole(AriaRole.Button, new() { Name = "Not the answer after all" })).ToBeFocusedAsync();
        await Press(elena, reply.Locator("details.comment > summary"));
        var comment = reply.Locator("textarea");
        await To(elena, comment);
        await elena.Keyboard.TypeAsync("Thank  it works.");
        for (var i = 0; i < " it works.".Length; i++)
            await elena.Keyboard.PressAsync("ArrowLeft");
        var stood = await Top(comment);
        await ioana.GotoAsync(new Uri(elena.Url).AbsolutePath);
        await Press(ioana, ioana.GetByRole(AriaRole.Button, new() { Name = "Endorse", Exact = true }));
        await Expect(reply).ToContainTextAsync("endorsed by the team");
        await Expect(comment).ToBeFocusedAsync();
        Assert.Equal(stood, await Top(comment), 1.0);
        await elena.Keyboard.TypeAsync("you:");
        await Expect(comment).ToHaveValueAsync("Thank you: it works.");
        Assert.True(await elena.Stayed(), "the thread was loaded anew");
        await Chromium.Accessible(elena);
        await Expect(elena.Locator("[aria-live=assertive], [role=alert]")).ToHaveCountAsync(0);
        await Press(elena, reply.GetByRole(AriaRole.Button, new() { Name = "Post comment" }));
        await Expect(elena.Locator(".replies article.post")).ToContainTextAsync("Thank you: it works.");

        // Reported from the menu of the text; the team finds it behind the bell, and hides it.
        await kofi.ReloadAsync();
        await Press(kofi, kofi.Locator(".replies article.post summary[aria-label*=Elena]"));
        await Press(kofi, kofi.Locator(".replies article.post").GetByRole(AriaRole.Link, new() { Name = "Report" }));
        await To(kofi, kofi.GetByLabel("What is wrong with it?"));
        await Chromium.Accessible(kofi);
        await kofi.Keyboard.TypeAsync("Too thankful.");
        await Press(kofi, kofi.GetByRole(AriaRole.Button, new() { Name = "Report", Exact = true }));
        await Expect(kofi.GetByText("Thank you. The team looks at it.")).ToBeVisibleAsync();
        await ioana.GotoAsync("/about");
        await Expect(ioana.Locator("a.bell [data-count]")).ToBeVisibleAsync();
        await Press(ioana, ioana.Locator("a.bell"));
        await Press(ioana, ioana.Locator("#tray").GetByRole(AriaRole.Link, new() { Name = "In the discussion 1 text waits for the team" }));
        await Chromium.Leaves(ioana, "/notifications");
        await Chromium.Accessible(ioana);
        await Press(ioana, ioana.GetByRole(AriaRole.Link, new() { Name = "Look at it – May a keyboard be enough?" }));
        await To(ioana, ioana.GetByLabel("Reason: the author reads it"));
        await ioana.Keyboard.TypeAsync("Once is enough.");
        await Press(ioana, ioana.GetByRole(AriaRole.Button, new() { Name = "Hide", Exact = true }));
        await Expect(elena.Locator(".replies article.post")).ToContainTextAsync("Once is enough.");
        await Expect(ioana.Locator("#tray, a.bell [data-count]:not([hidden])")).ToHaveCountAsync(0); // nothing waits any more
    }

    [Fact]
    public async Task While_one_writes_what_others_do_moves_neither_text_nor_caret_nor_page()
    {
        var run = await chromium.Site.Run();
        var (elena, kofi, ioana) = (await chromium.Person("Elena Popescu"), await chromium.Person("Kofi Owusu"), await chromium.Person("Ioana Marin", width: 390));
        await kofi.GotoAsync($"{run}/talk/new?kind=discussion");
        await kofi.GetByLabel("Title").FillAsync("A long converstion");
        await kofi.Locator("textarea[name=Markdown]").FillAsync(string.Join("\n\n", Enumerable.Repeat("Much is said here.", 30)));
        await kofi.GetByRole(AriaRole.Button, new() { Name = "Post", Exact = true }).ClickAsync();
        await kofi.Locator("#thread").WaitForAsync();
        var thread = new Uri(kofi.Url).AbsolutePath;
        await Reply(kofi, "The first reply.");
        await elena.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await elena.GotoAsync(thread);
        await elena.Mark();
        await ioana.GotoAsync(thread);

        // She writes below; a reply comes, a title is mended, the team endorses what stands above her.
        var words = elena.Locator("#compose textarea[name=Markdown]");
        await words.FocusAsync();
        await elena.Keyboard.TypeAsync("Before  after");
        for (var i = 0; i < " after".Length; i++)
            await elena.Keyboard.PressAsync("ArrowLeft");
        var stood = await Top(words);
        await ioana.GetByRole(AriaRole.Button, new() { Name = "Endorse", Exact = true }).ClickAsync();
        await Expect(elena.Locator("#replies article.post")).ToContainTextAsync("Endorsed by the team");
        await Reply(ioana, "The second reply.");
        await Expect(elena.Locator("[data-pill]")).ToHaveTextAsync("1 new reply");
        await Expect(elena.Locator("[data-announcer]")).ToHaveTextAsync("1 new reply");
        await kofi.GotoAsync($"{thread}/edit/{thread[^32..]}");
        await kofi.GetByLabel("Title").FillAsync("A long conversation");
        await kofi.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await Expect(elena.Locator("h1")).ToHaveTextAsync("A long conversation");
        Assert.Equal(stood, await Top(words), 1.0);
        await Expect(words).ToBeFocusedAsync();
        await elena.Keyboard.TypeAsync("and");
        await Expect(words).ToHaveValueAsync("Before and after");

        // She has gone up to read on, with a comment begun below: what happens to that reply does not take her there.
        await elena.Locator("details.comment > summary").First.ClickAsync();
        await elena.Locator("details.comment textarea").First.FillAsync("Begun below.");
        await elena.EvaluateAsync("scrollTo({ top: 0, behavior: 'instant' })");
        await ioana.GetByRole(AriaRole.Button, new() { Name = "Endorse no longer" }).ClickAsync();
        await Expect(elena.Locator("#replies article.post").First).Not.ToContainTextAsync("Endorsed by the team");
        Assert.Equal(0, await elena.EvaluateAsync<double>("scrollY"));
        await Expect(elena.Locator("details.comment textarea").First).ToBeFocusedAsync();
        await Expect(elena.Locator("details.comment textarea").First).ToHaveValueAsync("Begun below.");
        Assert.True(await elena.Stayed(), "the thread was loaded anew");
    }

    /// <summary>Goes with Tab to where one wants to be, and sees there where one is.</summary>
    private static async Task To(IPage page, ILocator wanted)
    {
        await wanted.WaitForAsync();
        for (var stop = 0; stop < MostStops; stop++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (!await wanted.EvaluateAsync<bool>("e => e === document.activeElement"))
                continue;
            Assert.True(await wanted.EvaluateAsync<bool>("e => e.matches(':focus-visible') && (getComputedStyle(e).outlineStyle !== 'none' || getComputedStyle(e).boxShadow !== 'none')"), $"{wanted}: the focus is not to be seen");
            return;
        }

        Assert.Fail($"{wanted} is not reached by Tab on {page.Url}");
    }

    private static async Task Press(IPage page, ILocator wanted)
    {
        await To(page, wanted);
        await page.Keyboard.PressAsync("Enter");
    }

    private static Task<double> Top(ILocator field) => field.EvaluateAsync<double>("e => e.getBoundingClientRect().top");

    private static async Task Reply(IPage page, string text)
    {
        await page.Locator("#compose textarea[name=Markdown]").FillAsync(text);
        await page.GetByRole(AriaRole.Button, new() { Name = "Post reply" }).ClickAsync();
        await Expect(page.Locator("#replies article.post", new() { HasText = text })).ToBeVisibleAsync();
    }
}
