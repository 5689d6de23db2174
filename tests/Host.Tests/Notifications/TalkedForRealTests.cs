using AngleSharp.Html.Dom;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Host.Notifications;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Host.Tests.Notifications;

/// <summary>From the board of a course to the tray and the mail of who is to hear, with nothing in between replaced.</summary>
public sealed class TalkedForRealTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task An_answer_reaches_who_asked_its_mark_its_author_and_what_is_hidden_nobody()
    {
        var run = await world.ARun();
        var (ana, ioana) = (await Learner(run, "Ana Real"), world.As("Ioana Marin"));
        var asked = (await ana.Submit(await ana.Open(run.At("talk/new?kind=question")), "main form", ("Title", "May I translate it?"), ("Markdown", "The *whole* page."))).Path.Split('#')[0];
        world.Clock.Now = world.Clock.Now.AddMinutes(1);
        await ioana.Submit(await ioana.Open(asked), "#compose form", ("Markdown", "Yes, *you may*."));
        await world.Settle();

        var line = Assert.Single(await Tray(ana));
        Assert.Contains("Ioana Marin replied to you in “May I translate it?”", line, StringComparison.Ordinal);
        Assert.Contains("Yes, you may.", line, StringComparison.Ordinal);
        Assert.DoesNotContain(await Tray(ioana), l => l.Contains("replied", StringComparison.Ordinal)); // nobody hears of their own

        world.Clock.Now = world.Clock.Now.AddMinutes(1);
        await ana.Submit(await ana.Open(asked), "form[action$='handler=Accept']");
        await world.Settle();
        Assert.Contains(await Tray(ioana), l => l.Contains("Your answer in “May I translate it?” was accepted", StringComparison.Ordinal));

        var thread = await ana.Open(asked);
        var reply = thread.QuerySelector("#replies article")!.Id![2..];
        var moderate = await ioana.Open($"{asked}/{reply}/moderate");
        await ioana.Submit(moderate, "button[value=Hide]", ("Reason", "Wrong after all."));
        await world.Settle();
        Assert.Empty(await Tray(ana));
        Assert.Contains(await Tray(ioana), l => l.Contains("Wrong after all.", StringComparison.Ordinal));

        world.Clock.Now = world.Clock.Now.AddDays(1);
        await world.Send(new QueueMorningMails());
        Assert.DoesNotContain(await world.MailsTo("ana.real@example.org"), m => m.Contains("you may", StringComparison.Ordinal));
    }

    private async Task<Browser> Learner(GivenRun run, string name)
    {
        await world.Send(new JoinRun(run.RunId, await world.Person(name)));
        return world.As(name);
    }

    private static async Task<IReadOnlyList<string>> Tray(Browser browser)
    {
        IHtmlDocument page = await browser.Open("/notifications");
        return [.. page.QuerySelectorAll("#tray li").Select(l => l.TextContent)];
    }
}
