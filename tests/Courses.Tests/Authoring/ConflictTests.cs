using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Courses.Tests.Authoring;

/// <summary>Two authors who save from the same text: the second sees both, loses nothing, and decides.</summary>
public sealed class ConflictTests(World world) : IClassFixture<World>
{
    private const string Address = "/items/the-hive";

    [Fact]
    public async Task The_second_sees_who_saved_what_and_his_own_text_stays_as_a_draft()
    {
        var (_, _, conflict) = await Meet("met");
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        var section = conflict.Page.QuerySelector("section:has(#theirs)")!;
        Assert.Contains("Luca saved another text here on Mon 2 Nov, 10:00.", section.TextContent, StringComparison.Ordinal);
        Assert.Equal("By Luca.", section.QuerySelector("[data-fate=removed] td:last-child")!.TextContent.Replace("Removed: ", "", StringComparison.Ordinal));
        Assert.Equal("By Ioana.", section.QuerySelector("[data-fate=added] td:last-child")!.TextContent.Replace("Added: ", "", StringComparison.Ordinal));
        Assert.Equal("By Ioana.", conflict.Page.QuerySelector<IHtmlTextAreaElement>("#Markdown")!.Value.Trim());
        Assert.Equal(["By Ioana."], await Drafts("met"));
        Assert.Equal("By Luca.\n", await Text("met"));
    }

    [Fact]
    public async Task His_own_text_is_put_in_its_place_only_by_a_button_that_says_so_and_the_other_stays_in_the_history()
    {
        var (ioana, _, conflict) = await Meet("overwritten");
        var saved = await ioana.Submit(conflict.Page, "button[formaction$=Publish]");
        Assert.Equal((HttpStatusCode.OK, "By Ioana.\n"), (saved.Status, await Text("overwritten")));
        Assert.Empty(await Drafts("overwritten"));
        var changes = await ioana.Open("/teach/overwritten/items/the-hive/history/changes?to=3");
        Assert.Contains("By Luca.", changes.QuerySelector(".diff")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Merging_puts_the_saved_text_into_the_editor_and_his_own_beside_it_until_it_is_saved()
    {
        var (ioana, _, conflict) = await Meet("merged");
        var merging = await ioana.Submit(conflict.Page, "button[formaction$=Merge]");
        Assert.Equal("By Luca.", merging.Page.QuerySelector<IHtmlTextAreaElement>("#Markdown")!.Value.Trim());
        Assert.Equal("By Ioana.", merging.Page.QuerySelector<IHtmlTextAreaElement>("textarea[name=Mine]")!.Value.Trim());
        Assert.Equal(["By Ioana."], await Drafts("merged")); // until then

        var saved = await ioana.Submit(merging.Page, "button[formaction$=Publish]", ("Markdown", "By both."));
        Assert.Equal((HttpStatusCode.OK, "By both.\n"), (saved.Status, await Text("merged")));
        Assert.Empty(await Drafts("merged"));
    }

    [Fact]
    public async Task Somebody_who_saves_again_meanwhile_is_met_again()
    {
        var (ioana, luca, conflict) = await Meet("again");
        await Save(luca, "again", "By Luca again.");
        var second = await ioana.Submit(conflict.Page, "button[formaction$=Draft]");
        Assert.Equal((HttpStatusCode.Conflict, "By Luca again.\n"), (second.Status, await Text("again")));
    }

    [Fact]
    public async Task Ten_who_save_at_once_make_one_version_and_nine_conflicts_that_lose_nothing()
    {
        var course = await world.Course("crowd");
        var authors = new List<(Browser Browser, IHtmlDocument Editor)>();
        for (var i = 0; i < 10; i++)
        {
            await world.Send(new NameToTeam(course, await world.Person($"Author {i}", "teacher"), CourseRole.Instructor));
            var browser = world.As($"Author {i}");
            authors.Add((browser, await browser.Open("/teach/crowd" + Address)));
        }

        var answers = await Task.WhenAll(authors.Select((a, i) => a.Browser.Submit(a.Editor, "button[formaction$=Draft]", ("Markdown", $"By {i}"))));
        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.Equal(9, answers.Count(a => a.Status == HttpStatusCode.Conflict));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"By {i}"), (await Drafts("crowd")).Append((await Text("crowd")).Trim()).Order(StringComparer.Ordinal));
    }

    private async Task<(Browser Ioana, Browser Luca, (HttpStatusCode Status, IHtmlDocument Page, string Path) Conflict)> Meet(string slug)
    {
        var course = await world.Course(slug);
        await world.Send(new NameToTeam(course, await world.Person("Luca", "teacher"), CourseRole.Instructor));
        var (ioana, luca) = (world.As("Ioana"), world.As("Luca"));
        var editor = await ioana.Open($"/teach/{slug}{Address}");
        await Save(luca, slug, "By Luca.");
        return (ioana, luca, await ioana.Submit(editor, "button[formaction$=Publish]", ("Markdown", "By Ioana.")));
    }

    private static async Task Save(Browser author, string course, string text) =>
        Assert.Equal(HttpStatusCode.OK, (await author.Submit(await author.Open($"/teach/{course}{Address}"), "button[formaction$=Publish]", ("Markdown", text))).Status);

    private Task<List<string>> Drafts(string course) => world.Db<CoursesDb, List<string>>(db =>
        db.Drafts.Where(d => db.Courses.Any(c => c.Id == d.CourseId && c.Slug == course)).Select(d => d.Markdown).ToListAsync());

    private Task<string> Text(string course) => world.Db<CoursesDb, string>(db =>
        db.Items.Where(i => i.Slug == "the-hive" && db.Courses.Any(c => c.Id == i.CourseId && c.Slug == course)).Select(i => i.Markdown).SingleAsync());
}
