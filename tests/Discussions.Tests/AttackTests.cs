using System.Net;
using System.Text;
using System.Xml.Linq;
using AngleSharp;
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

        await world.Send(new Restrain(teacher, (await world.Room(run, "Muted Attacker")).PersonId, TeamAct.Mute, reasons));
        await world.Settle();

        var ioana = world.As("Ioana Marin");
        foreach (var (who, path) in new[]
        {
            (browser, run.Thread(thread)), (ioana, run.Thread(thread)), (browser, $"{run.Thread(thread)}/{thread:N}/history"), (ioana, $"{run.Thread(thread)}/changes?after=0"),
            (ioana, $"{run.Thread(thread)}/{said:N}/moderate"), (browser, $"{run.Thread(thread)}/{said:N}/answer"), (ioana, run.At("talk/queue")), (ioana, run.At("talk/log")),
            (ioana, run.At("talk/team")), (browser, run.At("talk/search?q=alert")), (browser, run.At("talk/search?q=" + Uri.EscapeDataString(Attacks.All[0]))),
            (browser, run.At("talk/similar?title=" + Uri.EscapeDataString(Attacks.All[0]))), (browser, run.At("talk/new?kind=question")),
            (ioana, $"{run.Thread(thread)}/edit/{thread:N}"), (browser, $"{run.Thread(thread)}/{thread:N}/history"), (world.As("Muted Attacker"), run.At("talk")), (world.As("Muted Attacker"), run.Thread(thread)),
            (browser, "/notifications"), (ioana, "/notifications"),
        })
            IsAsMeant(await who.Open(path), path);
        await IsAFeed(browser, run.At("talk/feed.atom"));
        await IsAFeed(browser, run.Thread(thread) + "/feed.atom");

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

    [Fact]
    public async Task Odd_characters_stay_in_their_place_in_whatever_field_they_are_typed()
    {
        string[] odd =
        [
            "turned \u202Egnp.exe", "isolated \u2067one\u2068two", "\u001b[31mred\u0007 \u0001", "nothing \ufffe\uffff", "z\u0300" + new string('\u0336', 80) + "a", "a\r\nSubject: b", "one\u2028two\u2029three",
            "\U0001F469\u200D\U0001F680 \u05D0\u05B8\u200F", new string('w', Domain.Thread.LongestTitle), "%s %n {0} {{ ${7*7} <%= 1 %> @Model", "../../etc/passwd", "' OR 1=1 --",
        ];
        var run = await world.ARun();
        var (learner, ioana) = (await world.Learner(run, "Odd Typist"), world.As("Ioana Marin"));
        var other = await world.Start(await world.Room(run, "Ioana Marin"), "A quiet thread");
        foreach (var text in odd)
        {
            world.Clock.Now += Newcomers.NewFor;
            var path = await learner.Ask(run, text, text);
            var page = await learner.Open(path);
            IsAsMeant(page, path);
            var title = page.QuerySelector("h1")!.TextContent;
            Assert.DoesNotContain(title, c => char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029' or '\ufffe' or '\uffff');
            Assert.InRange(title.Count(c => char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.NonSpacingMark), 0, 8);
            await learner.Submit(page, "#compose form", ("Markdown", text));
            var id = path[^32..];
            await learner.Submit(await learner.Open($"{path}/edit/{id}"), "main form", ("Title", "Again " + text[..Math.Min(text.Length, 150)]), ("Markdown", text + "."));
            await IsAFeed(learner, path + "/feed.atom");
            await ioana.Submit(await ioana.Open($"{path}/{id}/report"), "main form", ("Reason", text));
            foreach (var asked in new[] { "talk/search?q=", "talk/similar?title=", "talk?show=", "talk?sort=", "talk?before=", "talk/queue?after=" })
                Assert.True((int)(await ioana.Client.GetAsync(new Uri(run.At(asked) + Uri.EscapeDataString(text), UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode < 500, asked + text);
            var moderate = await ioana.Open($"{path}/{id}/moderate");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ioana.Submit(moderate, "form[action$='handler=Merge']", ("Target", text))).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await ioana.Submit(moderate, "form[action$='handler=Move']", ("Target", text))).Status);
            await ioana.Submit(moderate, "button[value=Close]", ("Reason", text));
        }

        foreach (var page in new[] { "talk", "talk/queue", "talk/log", "talk/team", $"talk/{other:N}" })
            IsAsMeant(await ioana.Open(run.At(page)), page);
        await IsAFeed(learner, run.At("talk/feed.atom"));
    }

    private static async Task IsAFeed(Browser browser, string path)
    {
        using var leads = await browser.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        var feed = XDocument.Parse(await browser.Client.GetStringAsync(leads.Headers.Location, TestContext.Current.CancellationToken));
        XNamespace atom = "http://www.w3.org/2005/Atom";
        Assert.NotEmpty(feed.Root!.Elements(atom + "entry"));
        foreach (var content in feed.Descendants(atom + "content"))
            IsAsMeant(await BrowsingContext.New().OpenAsync(r => r.Content(content.Value), TestContext.Current.CancellationToken), path);
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
