using AngleSharp.Dom;
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
        var everything = string.Join("\n\n", Attacks.All);
        var all = everything.Length <= Writing.LongestText ? everything : everything[..Writing.LongestText];
        var (teacher, learner) = (await world.Room(run, "Ioana Marin"), await world.Room(run, "Attacker"));
        var reasons = all[..Report.LongestReason];
        foreach (var attack in Attacks.All.Select(OneLine).Where(a => a.Length > 0).Distinct(StringComparer.Ordinal))
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
            (browser, run.At("talk/similar?title=" + Uri.EscapeDataString(OneLine(Attacks.All[0])))), (browser, run.At("talk/new?kind=question")),
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
        foreach (var element in page.All)
            foreach (var attribute in element.Attributes)
            {
                var told = $"{where}: <{element.LocalName} {attribute.Name}=\"{attribute.Value}\">";
                Assert.False(attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Name is "style" or "srcdoc", told);
                if (!Addresses.Contains(attribute.Name, StringComparer.OrdinalIgnoreCase))
                    continue;
                var isLink = element.LocalName == "a" && (attribute.Value.StartsWith("https://", StringComparison.Ordinal) || attribute.Value.StartsWith("http://", StringComparison.Ordinal) || attribute.Value.StartsWith("mailto:", StringComparison.Ordinal));
                Assert.True(isLink || attribute.Value.Length == 0 || attribute.Value[0] is '#' or '?' || (attribute.Value[0] == '/' && !attribute.Value.StartsWith("//", StringComparison.Ordinal)), told);
            }
    }
}
