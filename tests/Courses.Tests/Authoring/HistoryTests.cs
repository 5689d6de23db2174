using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Courses.Tests.Authoring;

/// <summary>Every saved text stays: who saved it, what was changed, and the way back.</summary>
public sealed class HistoryTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Every_save_is_a_version_with_its_author_and_the_changes_are_shown_by_words()
    {
        var (ioana, luca, address) = await Two("versions");
        await Save(ioana, address, "Draft", "Bees live in a hive.\n\nThey dance.\n");
        await Save(luca, address, "Publish", "Bees live in a warm hive.\n\nThey dance.\n\nThey sing.\n", ("Title", "Where bees live"));

        var history = await ioana.Open($"{address}/history");
        Assert.Equal(["3|Luca|Published", "2|Ioana|Draft", "1|Ioana|Published"], history.QuerySelectorAll("tbody tr").Select(r => $"{r.QuerySelector("th")!.TextContent}|{r.Children[4].TextContent}|{r.QuerySelector(".tag")!.TextContent}"));

        var changes = await ioana.Open(history.QuerySelector("tbody a")!.GetAttribute("href")!);
        Assert.Equal(["removed|Bees live in a hive.", "added|Bees live in a [warm ]hive.", "added|", "added|They sing."], Changes(changes));
        Assert.Contains("The hive → Where bees live", changes.QuerySelector("h1 ~ ul")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Draft → Published", changes.QuerySelector("h1 ~ ul")!.TextContent, StringComparison.Ordinal);

        // Any two, also the other way round.
        Assert.Contains("removed|They sing.", Changes((await ioana.Submit(history, "main form", ("from", "3"), ("to", "1"))).Page));
        Assert.Contains("The two texts are the same.", (await ioana.Submit(history, "main form", ("from", "2"), ("to", "2"))).Page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_is_brought_back_is_a_new_one_and_learners_read_it()
    {
        var (ioana, _, address) = await Two("brought-back");
        var course = await world.Send(new CourseBySlugQuery("brought-back"));
        await world.Run(course!.CourseId, startsInHours: -1);
        await Save(ioana, address, "Publish", "A mistake.");
        var first = await ioana.Open($"{address}/history/changes?to=1");
        await Save(ioana, address, "Publish", "Another mistake.");

        // Somebody saved since the page was opened: it is said, and nothing is overwritten unseen.
        var refused = await ioana.Submit(first, "main form[method=post]");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        var back = await ioana.Submit(refused.Page, "main form[method=post]");
        Assert.Equal((HttpStatusCode.OK, address), (back.Status, back.Path));
        Assert.StartsWith("Where they live.", back.Page.QuerySelector<IHtmlTextAreaElement>("#Markdown")!.Value.Trim(), StringComparison.Ordinal);
        var rows = (await ioana.Open($"{address}/history")).QuerySelectorAll("tbody tr");
        Assert.Equal(4, rows.Length);
        Assert.Contains("brought back from version 1", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Where they live.", (await world.As(null).Open(CourseLinks.Item("brought-back", "now", "the-hive"))).QuerySelector(".prose")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await ioana.Open($"{address}/history/changes?to=4")).QuerySelector("main form[method=post]")); // it is what stands there
    }

    [Fact]
    public async Task An_import_leaves_a_version_of_what_it_changed_by_who_brought_it()
    {
        using var folder = CourseFolders.Good("by-import");
        var owner = await world.Person("Ioana", "teacher");
        await world.Send(new ImportFolder(folder.Path, owner));
        folder.Lesson("sections/01-first-flight/02-the-hive.md", "The hive", "Imported anew.\n");
        await world.Send(new ImportFolder(folder.Path, await world.Person("Luca", "teacher")));
        var history = await world.As("Ioana").Open("/teach/by-import/items/the-hive/history");
        Assert.Equal(["2|Luca", "1|Ioana"], history.QuerySelectorAll("tbody tr").Select(r => $"{r.QuerySelector("th")!.TextContent}|{r.Children[4].TextContent}"));
        Assert.Single((await world.As("Ioana").Open("/teach/by-import/items/flowers/history")).QuerySelectorAll("tbody tr")); // it did not change
    }

    [Fact]
    public async Task A_text_never_saved_and_a_version_that_is_not_there_are_said_to_be_so()
    {
        var (ioana, _, address) = await Two("unsaved");
        await ioana.Submit(await ioana.Open("/teach/unsaved"), "button[value=Lesson]", ("itemTitle", "New"));
        Assert.NotNull((await ioana.Open("/teach/unsaved/items/new/history")).QuerySelector(".empty"));
        foreach (var missing in (string[])["?to=9", "?to=1&from=9", "", "?to=x"])
            await ioana.Open($"{address}/history/changes{missing}", HttpStatusCode.NotFound);
    }

    private async Task<(Browser Ioana, Browser Luca, string Address)> Two(string slug)
    {
        var course = await world.Course(slug);
        await world.Send(new NameToTeam(course, await world.Person("Luca", "teacher"), CourseRole.Instructor));
        return (world.As("Ioana"), world.As("Luca"), $"/teach/{slug}/items/the-hive");
    }

    private static async Task Save(Browser author, string address, string how, string text, params (string, string)[] more)
    {
        var saved = await author.Submit(await author.Open(address), $"button[formaction$={how}]", [("Markdown", text), .. more]);
        Assert.Equal(HttpStatusCode.OK, saved.Status);
    }

    private static IEnumerable<string> Changes(IHtmlDocument page) => page.QuerySelectorAll(".diff tr:is([data-fate=added], [data-fate=removed])").Select(r =>
        r.GetAttribute("data-fate") + "|" + string.Concat(r.LastElementChild!.ChildNodes.Select(n => n is IElement { ClassName: "visually-hidden" } ? "" : n is IElement { LocalName: "ins" or "del" } ? $"[{n.TextContent}]" : n.TextContent)));
}
