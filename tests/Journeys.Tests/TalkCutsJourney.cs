using System.Globalization;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MoocPlatform.Journeys.Tests;

/// <summary>
/// Whatever is cut, a reader misses nothing, sees nothing twice, and sees it in its order. <c>MOOC_TEST_TALK_CUTS</c>: how many cuts of each
/// kind: the server killed, the network away, the page asleep.
/// </summary>
public sealed class TalkCutsJourney(Chromium chromium) : IClassFixture<Chromium>
{
    private int posted;

    [Fact]
    public async Task A_reader_whose_connection_is_cut_misses_nothing_and_sees_nothing_twice()
    {
        var cuts = Environment.GetEnvironmentVariable("MOOC_TEST_TALK_CUTS") is { Length: > 0 } set ? int.Parse(set, CultureInfo.InvariantCulture) : 2;
        var random = new Random(20261122);
        var run = await chromium.Site.Run();
        var ioana = await chromium.Person("Ioana Marin");
        await ioana.GotoAsync($"{run}/talk/new?kind=discussion");
        await ioana.GetByLabel("Title").FillAsync("A thread through bad weather");
        await ioana.Locator("textarea[name=Markdown]").FillAsync("It begins.");
        await ioana.GetByRole(AriaRole.Button, new() { Name = "Post", Exact = true }).ClickAsync();
        await ioana.Locator("#thread").WaitForAsync();
        var thread = new Uri(ioana.Url).AbsolutePath;
        var elena = await chromium.Person("Elena Popescu");
        await elena.GotoAsync(thread);
        await elena.Mark();
        await elena.Locator("#compose textarea[name=Markdown]").FillAsync("What I am writing stays.");

        // Every order of the three kinds, by the seed; what is posted meanwhile has to be caught up.
        foreach (var kind in Enumerable.Range(0, cuts * 3).Select(i => i % 3).OrderBy(_ => random.Next()))
        {
            switch (kind)
            {
                case 0:
                    await Post(random.Next(1, 3));
                    await chromium.Site.Kill();
                    await chromium.Site.Start();
                    await Post(random.Next(1, 3));
                    break;
                case 1:
                    await elena.Context.SetOfflineAsync(true);
                    await Post(random.Next(1, 3));
                    await elena.Context.SetOfflineAsync(false);
                    break;
                default:
                    // Asleep: the page is frozen, its connection dies unheard.
                    var device = await elena.Context.NewCDPSessionAsync(elena);
                    await device.SendAsync("Page.setWebLifecycleState", new() { ["state"] = "frozen" });
                    await Post(random.Next(1, 3));
                    await device.SendAsync("Page.setWebLifecycleState", new() { ["state"] = "active" });
                    break;
            }

            if (random.Next(2) == 0)
                await CaughtUp();
        }

        await Post(1); // the connection works again, and this arrives as well
        await CaughtUp();
        Assert.True(await elena.Stayed(), "the thread was loaded anew");
        await Expect(elena.Locator("#compose textarea[name=Markdown]")).ToHaveValueAsync("What I am writing stays.");

        async Task CaughtUp()
        {
            var replies = elena.Locator("#replies article.post .prose");
            await Expect(replies).ToHaveTextAsync(Enumerable.Range(1, posted).Select(i => $"Reply {i}."), new() { Timeout = 60_000 });
        }

        // Who posts is not cut.
        async Task Post(int count)
        {
            for (var i = 0; i < count; i++)
            {
                await ioana.GotoAsync(thread);
                await ioana.Locator("#compose textarea[name=Markdown]").FillAsync($"Reply {++posted}.");
                await ioana.GetByRole(AriaRole.Button, new() { Name = "Post reply" }).ClickAsync();
                await Expect(ioana.Locator("#replies article.post .prose", new() { HasTextRegex = new($"^\\s*Reply {posted}\\.\\s*$") })).ToBeVisibleAsync();
            }
        }
    }
}
