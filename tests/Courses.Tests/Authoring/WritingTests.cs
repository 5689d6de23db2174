using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Courses.Tests.Authoring;

/// <summary>An instructor begins a course and writes it, by the real forms and without script.</summary>
public sealed class WritingTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_course_is_created_written_and_published_and_then_a_visitor_reads_it()
    {
        var teacher = await Teacher();
        var visitor = world.As(null);
        var home = await Create(teacher, "Ce este o resursă deschisă?");
        const string slug = "ce-este-o-resursa-deschisa";
        Assert.NotNull(home.QuerySelector(".tree h3"));
        await visitor.Open(CourseLinks.Course(slug), HttpStatusCode.NotFound);

        var editor = (await teacher.Submit(home, "button[value=Lesson]", ("itemTitle", "First steps"))).Page;
        Assert.EndsWith($"/teach/{slug}/items/first-steps", editor.DocumentUri, StringComparison.Ordinal);
        var written = await teacher.Submit(editor, "button[formaction$=Draft]", ("Markdown", "## Why\r\n\r\nBecause it is **open**."), ("Minutes", "7"));
        Assert.Equal("Draft", written.Page.QuerySelector("h1 ~ p .tag")!.TextContent);

        var plan = await teacher.Open($"/teach/{slug}/runs/new");
        var early = await teacher.Submit(plan, "button[formaction$=Publish]", Dates("2026-11-02T08:00", "2026-12-14T08:00"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, early.Status);
        Assert.Contains("Publish a lesson first", early.Page.QuerySelector("#refused")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("2026-12-14T08:00", Value(early.Page, "End")); // what was typed stays

        await teacher.Submit(written.Page, "button[formaction$=Publish]");
        Assert.Equal($"/teach/{slug}/runs/2026-11", (await teacher.Submit(early.Page, "button[formaction$=Publish]")).Path);
        await world.Settle();

        Assert.Contains("Ce este o resursă deschisă?", (await visitor.Open(CourseLinks.Course(slug))).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        var lesson = await visitor.Open(CourseLinks.Item(slug, "2026-11", "first-steps"));
        Assert.Equal("open", lesson.QuerySelector(".prose strong")!.TextContent);
    }

    [Fact]
    public async Task A_double_click_makes_one_course_one_section_and_one_lesson()
    {
        var teacher = await Teacher();
        var form = await teacher.Open("/teach/new");
        var first = await teacher.Submit(form, "main form", ("Title", "Clicked twice"));
        var second = await teacher.Submit(form, "main form", ("Title", "Clicked twice"));
        Assert.Equal("/teach/clicked-twice", second.Path);
        Assert.Equal(HttpStatusCode.OK, second.Status);

        for (var click = 0; click < 2; click++)
        {
            await teacher.Submit(first.Page, "form[action$=AddSection]", ("SectionTitle", "Week two"));
            Assert.Equal("/teach/clicked-twice/items/one", (await teacher.Submit(first.Page, "button[value=Lesson]", ("itemTitle", "One"))).Path);
        }

        var home = await teacher.Open("/teach/clicked-twice");
        Assert.Equal(2, home.QuerySelectorAll(".tree h3").Length);
        Assert.Single(home.QuerySelectorAll(".tree-row"));
        Assert.Single((await teacher.Open("/teach")).QuerySelectorAll("a[href='/teach/clicked-twice']"));
    }

    [Fact]
    public async Task An_address_that_is_taken_or_malformed_is_refused_beside_its_field_and_the_text_stays()
    {
        var teacher = await Teacher();
        await Create(teacher, "Taken address");
        foreach (var bad in (string[])["taken-address", "new", "Not an address", "../etc", "-a"])
        {
            var again = await teacher.Submit(await teacher.Open("/teach/new"), "main form", ("Title", "Another"), ("Slug", bad), ("Summary", "Kept."));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
            Assert.Equal("true", again.Page.GetElementById("Slug")!.GetAttribute("aria-invalid"));
            Assert.Equal((bad, "Kept."), (Value(again.Page, "Slug"), again.Page.QuerySelector<IHtmlTextAreaElement>("#Summary")!.Value));
        }
    }

    [Fact]
    public async Task Two_authors_cannot_overwrite_each_other()
    {
        var (ioana, luca) = (await Teacher(), await Teacher("Luca"));
        var home = await Create(ioana, "Two hands");
        await ioana.Submit(home, "form[action$=AddMember]", ("Mail", "luca@example.org"), ("role", "Instructor"));
        var mine = (await ioana.Submit(home, "button[value=Lesson]", ("itemTitle", "Shared"))).Page;
        var theirs = await luca.Open("/teach/two-hands/items/shared");
        await luca.Submit(theirs, "button[formaction$=Draft]", ("Markdown", "What Luca wrote."));

        var conflict = await ioana.Submit(mine, "button[formaction$=Publish]", ("Markdown", "What Ioana wrote."));
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Equal("What Luca wrote.", conflict.Page.QuerySelector<IHtmlTextAreaElement>("textarea[readonly]")!.Value.Trim());
        Assert.Equal("What Ioana wrote.", conflict.Page.QuerySelector<IHtmlTextAreaElement>("#Markdown")!.Value.Trim());
        Assert.Equal("What Luca wrote.\n", await Text("two-hands", "shared"));

        // Having seen it, one may put one's own in its place.
        var saved = await ioana.Submit(conflict.Page, "button[formaction$=Draft]", ("Markdown", "What both wrote."));
        Assert.Equal((HttpStatusCode.OK, "What both wrote.\n"), (saved.Status, await Text("two-hands", "shared")));
    }

    [Fact]
    public async Task Authors_of_different_lessons_do_not_disturb_each_other()
    {
        var ioana = await Teacher();
        var home = await Create(ioana, "Side by side");
        var editors = new List<IHtmlDocument>();
        foreach (var title in (string[])["A", "B", "C", "D"])
            editors.Add((await ioana.Submit(home, "button[value=Lesson]", ("itemTitle", title), ("key", Guid.CreateVersion7(world.Clock.Now).ToString()))).Page);
        var saved = await Task.WhenAll(editors.Select((editor, i) => ioana.Submit(editor, "button[formaction$=Draft]", ("Markdown", $"Text {i}"))));
        Assert.All(saved, s => Assert.Equal(HttpStatusCode.OK, s.Status));
        Assert.Equal(["Text 0\n", "Text 1\n", "Text 2\n", "Text 3\n"], new[] { await Text("side-by-side", "a"), await Text("side-by-side", "b"), await Text("side-by-side", "c"), await Text("side-by-side", "d") });
    }

    [Fact]
    public async Task A_published_lesson_made_a_draft_is_gone_for_visitors()
    {
        var course = await world.Course("withdrawn");
        await world.Run(course, startsInHours: -1);
        var teacher = await Teacher();
        await world.As(null).Open(CourseLinks.Item("withdrawn", "now", "the-hive"));
        await teacher.Submit(await teacher.Open("/teach/withdrawn/items/the-hive"), "button[formaction$=Draft]");
        await world.As(null).Open(CourseLinks.Item("withdrawn", "now", "the-hive"), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Items_move_within_a_section_and_over_its_edge_and_sections_move_with_what_they_hold()
    {
        await world.Course("moving");
        var teacher = await Teacher();
        Assert.Equal(["what-a-bee-is", "the-hive", "|", "flowers"], await Order("moving"));
        await Move(teacher, "moving", "the-hive", "up");
        Assert.Equal(["the-hive", "what-a-bee-is", "|", "flowers"], await Order("moving"));
        await Move(teacher, "moving", "what-a-bee-is", "down");
        Assert.Equal(["the-hive", "|", "what-a-bee-is", "flowers"], await Order("moving"));
        await Move(teacher, "moving", "the-hive", "up"); // the first of all stays
        Assert.Equal(["the-hive", "|", "what-a-bee-is", "flowers"], await Order("moving"));

        var home = await teacher.Open("/teach/moving");
        await teacher.Submit(home, "#move", ("down", home.QuerySelector("button[name=down]")!.GetAttribute("value")!));
        Assert.Equal(["what-a-bee-is", "flowers", "|", "the-hive"], await Order("moving"));
    }

    [Fact]
    public async Task A_section_is_deleted_only_when_it_is_empty_and_an_item_only_after_being_asked()
    {
        await world.Course("shrinking");
        var teacher = await Teacher();
        var section = (await teacher.Open("/teach/shrinking")).QuerySelectorAll(".tree a[href*='/sections/']")[1].GetAttribute("href")!;
        var page = await teacher.Open(section);
        Assert.Null(page.QuerySelector("form[action$=Delete]"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Post(teacher, page, section + "?handler=Delete")).StatusCode);

        var ask = await teacher.Open("/teach/shrinking/items/flowers/delete");
        Assert.Contains("flowers", await Order("shrinking"));
        await teacher.Submit(ask, "main form");
        Assert.Equal(["what-a-bee-is", "the-hive", "|"], await Order("shrinking"));

        await teacher.Submit(await teacher.Open(section), "form[action$=Delete]");
        Assert.Single((await teacher.Open("/teach/shrinking")).QuerySelectorAll(".tree h3"));
    }

    [Fact]
    public async Task The_facts_are_shown_on_the_course_page()
    {
        var course = await world.Course("facts");
        await world.Run(course, startsInHours: -1);
        var teacher = await Teacher();
        var form = await teacher.Open("/teach/facts/facts");
        var shown = await teacher.Submit(form, "button[data-preview-plain]", ("Description", "Come *in*."));
        Assert.Equal("in", shown.Page.QuerySelector("[data-preview] em")!.TextContent);
        await teacher.Submit(shown.Page, "main form", ("Title", "Bees again"), ("Objectives", "Count bees\r\n\r\nName bees"), ("Licence", "CC0-1.0"), ("Weeks", "3"));

        var page = await world.As(null).Open(CourseLinks.Course("facts"));
        Assert.Equal("Bees again", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(["Count bees", "Name bees"], page.QuerySelectorAll(".ticks li").Select(li => li.TextContent.Trim()));
        Assert.Equal("in", page.QuerySelector("#about ~ .prose em")!.TextContent);

        var bad = await teacher.Submit(form, "main form", ("Weeks", "900"), ("Licence", "MINE"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bad.Status);
        Assert.Equal("900", Value(bad.Page, "Weeks"));
    }

    [Fact]
    public async Task The_last_owner_stays_and_only_owners_name_the_team()
    {
        var (ioana, luca) = (await Teacher(), await Teacher("Luca"));
        var home = await Create(ioana, "A team");
        var unknown = await ioana.Submit(home, "form[action$=AddMember]", ("Mail", "nobody@example.org"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "nobody@example.org"), (unknown.Status, Value(unknown.Page, "Mail")));
        await ioana.Submit(home, "form[action$=AddMember]", ("Mail", "luca@example.org"), ("role", "Instructor"));

        var his = await luca.Open("/teach/a-team");
        Assert.Null(his.QuerySelector("form[action$=AddMember]"));
        var me = (await world.Person("Luca")).ToString();
        Assert.Equal(HttpStatusCode.NotFound, (await Post(luca, his, "/teach/a-team?handler=ChangeMember", ("person", me), ("role", "Owner"))).StatusCode);

        var herself = (await world.Person("Ioana")).ToString();
        var refused = await ioana.Submit(await ioana.Open("/teach/a-team"), "form[action$=ChangeMember]", ("person", herself), ("role", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("needs an owner", refused.Page.QuerySelector("#refused")!.TextContent, StringComparison.Ordinal);
    }

    private async Task<Browser> Teacher(string name = "Ioana")
    {
        await world.Person(name, "teacher");
        return world.As(name);
    }

    private static async Task<IHtmlDocument> Create(Browser teacher, string title) =>
        (await teacher.Submit(await teacher.Open("/teach/new"), "main form", ("Title", title))).Page;

    private static (string, string)[] Dates(string start, string end, string zone = "UTC") => [("Start", start), ("End", end), ("Zone", zone)];

    private static string Value(IHtmlDocument page, string field) => page.QuerySelector<IHtmlInputElement>($"#{field}")!.Value;

    private static async Task Move(Browser teacher, string course, string item, string direction)
    {
        var home = await teacher.Open($"/teach/{course}");
        var row = home.QuerySelector($".tree-row:has(a[href$='/items/{item}'])")!;
        await teacher.Submit(home, "#move", (direction, row.QuerySelector("button")!.GetAttribute("value")!));
    }

    /// <summary>The items' names in order, a bar between sections.</summary>
    private async Task<List<string>> Order(string slug)
    {
        var sections = await world.Db<CoursesDb, List<Section>>(async db => await db.Sections.AsNoTracking().Include(s => s.Items)
            .Where(s => db.Courses.Any(c => c.Id == s.CourseId && c.Slug == slug)).OrderBy(s => s.Position).ToListAsync());
        return [.. sections.SelectMany((s, i) => s.Items.OrderBy(x => x.Position).Select(x => x.Slug).Prepend(i == 0 ? "" : "|")).Where(x => x.Length > 0)];
    }

    private Task<string> Text(string course, string item) => world.Db<CoursesDb, string>(async db =>
        await db.Items.Where(i => i.Slug == item && db.Courses.Any(c => c.Id == i.CourseId && c.Slug == course)).Select(i => i.Markdown).SingleAsync());

    internal static Task<HttpResponseMessage> Post(Browser browser, IHtmlDocument page, string path, params (string Name, string Value)[] fields)
    {
        var token = page.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value;
        return browser.Client.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent(
            fields.Append((Name: "__RequestVerificationToken", Value: token)).Select(f => new KeyValuePair<string, string>(f.Name, f.Value))));
    }
}
