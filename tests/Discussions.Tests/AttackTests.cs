using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Moderating;
using MoocPlatform.Discussions.Features.Posting;
using MoocPlatform.Markup.Tests;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Discussions.Tests;

/// <summary>The list of attacks goes through every field of the talk; every page that shows one stays as it was meant.</summary>
public sealed class AttackTests(World world) : IClassFixture<World>
{
    private static readonly string[] Addresses = ["href", "src", "action", "formaction", "xlink:href", "poster", "data"];

    [Fact]
    public async Task No_attack_through_any_field_becomes_more_than_text()
    {
        var run = await world.ARun();
        var everything = AsSent(string.Join("\n\n", Attacks.All));
        var all = everything.Length <= Writing.LongestText ? everything : everything[..Writing.LongestText];
        var (teacher, learner) = (await world.Room(run, "Ioana Marin"), await world.Room(run, "Attacker"));
        var reasons = AsSent(all[..(Report.LongestReason - 1)]);
        foreach (var attack in Attacks.All.Select(a => AsSent(OneLine(a))).Where(a => a.Length > 0).Distinct(StringComparer.Ordinal))
            await world.Start(teacher, attack, attack);

        var thread = await world.Start(teacher, "Everything", all);
        await world.Send(new ChangeWriting(teacher, thread, thread, Act.Edit, Markdown: all[1..]));
        var browser = world.As("Attacker");
        await world.Say(learner, thread, "Only text.");
        world.Clock.Now += Newcomers.NewFor;
        var said = await world.Say(learner, thread, all);
        var comment = await world.Say(teacher, thread, all, said);
        await browser.Submit(await browser.Open($"{run.Thread(thread)}/{comment:N}/report"), "main form", ("Reason", reasons));
        await world.Send(new Moderate(teacher, thread, said, TeamAct.Hide, reasons));
        world.Clock.Now += TimeSpan.FromSeconds(11);
        await browser.Submit(await browser.Open($"{run.Thread(thread)}/{said:N}/answer"), "main form", ("Reason", reasons));

        var ioana = world.As("Ioana Marin");
        foreach (var (who, path) in new[]
        {
            (browser, run.Thread(thread)), (ioana, run.Thread(thread)), (browser, $"{run.Thread(thread)}/{thread:N}/history"), (ioana, $"{run.Thread(thread)}/changes?after=0"),
            (ioana, $"{run.Thread(thread)}/{said:N}/moderate"), (browser, $"{run.Thread(thread)}/{said:N}/answer"), (ioana, run.At("talk/queue")), (ioana, run.At("talk/log")),
            (ioana, run.At("talk/team")), (browser, run.At("talk/search?q=alert")), (browser, run.At("talk/search?q=" + Uri.EscapeDataString(Attacks.All[0]))),
            (browser, run.At("talk/similar?title=" + Uri.EscapeDataString(Attacks.All[0]))), (browser, run.At("talk/new?kind=question")),
        })
            IsAsMeant(await who.Open(path), path);

        var pages = 0;
        for (var next = (string?)run.At("talk"); next is not null && pages < 20; pages++)
        {
            var board = await browser.Open(next);
            IsAsMeant(board, next);
            next = board.QuerySelector("main nav.pages a")?.GetAttribute("href");
        }

        Assert.True(pages > 1, "there is more than one page of threads");
    }

    [Fact]
    public async Task A_character_that_no_text_may_hold_is_left_out()
    {
        var run = await world.ARun();
        var learner = await world.Learner(run, "Nobody's Keyboard");
        await learner.Ask(run, "Nothing", "Something");
        Assert.Single((await learner.Open(run.At("talk/search?q=no%00thing"))).QuerySelectorAll(".threads li"));

        // In parts, as the site's scripts send it.
        var form = await learner.Open(run.At("talk/new?kind=question"));
        using var parts = new MultipartFormDataContent();
        foreach (var field in form.QuerySelectorAll<IHtmlInputElement>("main form input[type=hidden]"))
            parts.Add(new StringContent(field.Value), field.Name!);
        parts.Add(new StringContent("Two\0parts"), "Title");
        parts.Add(new StringContent("In\0side"), "Markdown");
        using var answer = await learner.Client.PostAsync(run.At("talk/new?kind=question"), parts, TestContext.Current.CancellationToken);
        var page = await learner.Open(run.At("talk/search?q=twoparts"));
        Assert.Equal("Twoparts", page.QuerySelector(".threads mark")!.TextContent);
    }

    // A form is UTF-8: halves of characters never come through it.
    private static string AsSent(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace("\0", "", StringComparison.Ordinal);

    private static string OneLine(string attack)
    {
        var line = string.Join(' ', attack.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= Domain.Thread.LongestTitle ? line : line[..Domain.Thread.LongestTitle];
    }

    // Nothing that runs, nothing that is fetched from elsewhere, no address but of pages.
    private static void IsAsMeant(IDocument page, string where)
    {
        Assert.All(page.QuerySelectorAll("script"), s => Assert.Matches("^/[^/]", s.GetAttribute("src") ?? ""));
        Assert.Empty(page.QuerySelectorAll("iframe, object, embed, base, style, math maction, meta[http-equiv=refresh], svg foreignObject, svg animate"));
        // The frame's own: the page's public address and the site's icon, which is written out in it.
        const string Frames = "link[rel=canonical], link[rel=icon]";
        var own = page.Head!.QuerySelectorAll(Frames);
        Assert.True(own.Length <= 2 && own.Length == page.QuerySelectorAll(Frames).Length, where);
        foreach (var element in page.All.Except(own))
            foreach (var attribute in element.Attributes)
            {
                var told = $"{where}: <{element.LocalName} {attribute.Name}=\"{attribute.Value}\">";
                Assert.False(attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Name is "style" or "srcdoc", told);
                if (!Addresses.Contains(attribute.Name, StringComparer.OrdinalIgnoreCase))
                    continue;
                var leadsTo = new Uri(new Uri("http://localhost/here"), attribute.Value);
                Assert.True(leadsTo.Host == "localhost" || (element.LocalName == "a" && leadsTo.Scheme is "http" or "https" or "mailto"), told);
            }
    }
}
