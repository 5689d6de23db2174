using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Host.Notifications;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Host.Tests.Notifications;

/// <summary>The team of a course hears that its discussion needs it: once until they have looked, however much comes.</summary>
public sealed class TeamQueueTests(World world) : IClassFixture<World>
{
    private const string One = "In the discussion 1 text waits for the team";
    private const string Two = "In the discussion 2 texts wait for the team";

    [Fact]
    public async Task Reports_are_told_to_the_team_as_one_thing_until_it_has_looked_and_leave_when_nothing_waits()
    {
        var (run, ioana) = (await world.ARun(), world.As("Ioana Marin"));
        var first = await Ask(await Learner(run, "Rude Author"), run, "A rude question");
        var second = await Ask(await Learner(run, "Rude Other"), run, "Another one");
        var (ann, bob) = (await Learner(run, "Reporter Ann"), await Learner(run, "Reporter Bob"));
        await Report(ann, first);
        Assert.Equal([One], await Told(ioana, run));
        await Report(bob, first);
        await Report(ann, second);
        Assert.Equal([Two], await Told(ioana, run)); // still one line, with how much waits now
        Assert.DoesNotContain("waits for the team", (await ann.Open("/notifications")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        // Looked at, and then one thing more comes.
        await ioana.Submit(await ioana.Open("/notifications"), "#tray form");
        await Report(bob, second);
        Assert.Empty((await ioana.Open("/notifications")).QuerySelectorAll("#tray [data-unread]")); // the same text once more: it waits already
        var third = await Ask(await Learner(run, "Rude Third"), run, "A third");
        await Report(bob, third);
        Assert.Single((await ioana.Open("/notifications")).QuerySelectorAll("#tray [data-unread]"));
        Assert.Equal(["In the discussion 3 texts wait for the team"], await Told(ioana, run));

        foreach (var thread in new[] { first, second, third })
            await ioana.Submit(await ioana.Open($"{thread}/{thread[^32..]}/moderate"), "button[value=Dismiss]");
        await world.Settle();
        Assert.Empty(await Told(ioana, run));
        Assert.Empty((await ioana.Open("/notifications")).QuerySelectorAll("#tray [data-unread]"));
    }

    [Fact]
    public async Task What_is_held_answered_and_agreed_to_is_told_as_well_and_comes_with_the_mail_of_the_morning()
    {
        var (run, ioana) = (await world.ARun(), world.As("Ioana Marin"));
        await ioana.Submit(await ioana.Open(run.At("talk/settings")), "main form", ("HoldsFirst", "true"));
        var held = await Ask(await Learner(run, "Held Person"), run, "My first question");
        await world.Settle();
        Assert.Equal([One], await Told(ioana, run));
        await ioana.Submit(await ioana.Open($"{held}/{held[^32..]}/moderate"), "button[value=Release]");
        await world.Settle();
        Assert.Empty(await Told(ioana, run));

        var shy = await Learner(run, "Shy Person");
        var asked = await Ask(shy, run, "Only for the team", ("IsPrivate", "true"));
        await ioana.Submit(await ioana.Open($"{asked}/{asked[^32..]}/moderate"), "button[value=AskConsent]");
        await shy.Submit(await shy.Open(asked), "form[action$='handler=Consent'] button[value=true]");
        await world.Settle();
        Assert.Equal([One], await Told(ioana, run));
        Assert.Contains("The asker has agreed", (await ioana.Open(run.At("talk/queue"))).QuerySelector("main article")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("agreed that all may read a private question", (await ioana.Open(run.At("talk/log"))).QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("first posts are held; everyone writes under their name", (await ioana.Open(run.At("talk/log"))).QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);

        world.Clock.Now = world.Clock.Now.AddDays(1);
        await world.Send(new QueueMorningMails());
        while (await world.Services.GetRequiredService<MailSender>().Deliver(TestContext.Current.CancellationToken))
        {
        }

        var mail = (await world.MailsTo("ioana.marin@example.org")).Last();
        Assert.Contains(One, mail, StringComparison.Ordinal);
        Assert.Contains(run.At("talk/queue"), mail, StringComparison.Ordinal);

        await ioana.Submit(await ioana.Open($"{asked}/{asked[^32..]}/moderate"), "button[value=MakePublic]");
        await world.Settle();
        Assert.Empty(await Told(ioana, run));
    }

    [Fact]
    public async Task Only_who_teaches_is_asked_how_such_mails_should_come()
    {
        var run = await world.ARun();
        Assert.NotNull((await world.As("Ioana Marin").Open("/account/notifications")).QuerySelector("#pace-Queue option[value=Daily][selected]"));
        Assert.Null((await (await Learner(run, "Only Learns")).Open("/account/notifications")).QuerySelector("#pace-Queue"));
    }

    private async Task<Browser> Learner(GivenRun run, string name)
    {
        await world.Send(new JoinRun(run.RunId, await world.Person(name)));
        return world.As(name);
    }

    private async Task<string> Ask(Browser browser, GivenRun run, string title, params (string, string)[] more)
    {
        world.Clock.Now = world.Clock.Now.AddMinutes(1);
        return (await browser.Submit(await browser.Open(run.At("talk/new?kind=question")), "main form", [("Title", title), ("Markdown", "A text."), .. more])).Path.Split('#')[0];
    }

    private async Task Report(Browser browser, string thread)
    {
        world.Clock.Now = world.Clock.Now.AddMinutes(1);
        await browser.Submit(await browser.Open($"{thread}/{thread[^32..]}/report"), "main form", ("Reason", "Look at it."));
        await world.Settle();
    }

    // What the tray says of the discussion of this run.
    private static async Task<IEnumerable<string>> Told(Browser browser, GivenRun run) =>
        (await browser.Open("/notifications")).QuerySelectorAll($"#tray a[href='{run.At("talk/queue")}']").Select(a => a.TextContent.Replace("New: ", "", StringComparison.Ordinal).Trim());
}
