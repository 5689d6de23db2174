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

/// <summary>The outline of a course: things are put where they belong, copied, shown and hidden, by the forms that dragging sends, too.</summary>
public sealed class OutlineTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task An_item_is_put_before_another_in_any_section_and_where_it_stands_is_said()
    {
        var teacher = await Bees("placing");
        var home = await teacher.Open("/teach/placing");
        var placed = await Place(teacher, home, ("id", Id(home, "flowers")), ("section", Section(home, 0)), ("before", Id(home, "the-hive")));
        Assert.Equal(["what-a-bee-is", "flowers", "the-hive", "|"], Order(placed));
        Assert.Equal("“Flowers” is number 2 of 3 in “First flight” now.", Told(placed));

        // What it was to be put before has gone elsewhere meanwhile: the end, then.
        placed = await Place(teacher, placed, ("id", Id(placed, "the-hive")), ("section", Section(placed, 1)), ("before", Id(placed, "flowers")));
        Assert.Equal(["what-a-bee-is", "flowers", "|", "the-hive"], Order(placed));

        // Before itself, and twice: as it was.
        placed = await Place(teacher, placed, ("id", Id(placed, "flowers")), ("section", Section(placed, 0)), ("before", Id(placed, "flowers")));
        Assert.Equal(["what-a-bee-is", "flowers", "|", "the-hive"], Order(placed));
    }

    [Fact]
    public async Task A_section_is_put_before_another_and_takes_along_what_it_holds()
    {
        var teacher = await Bees("placing-sections");
        var home = await teacher.Open("/teach/placing-sections");
        var placed = await Place(teacher, home, ("id", Section(home, 1)), ("before", Section(home, 0)));
        Assert.Equal(["flowers", "|", "what-a-bee-is", "the-hive"], Order(placed));
        Assert.Equal("“Second flight” is section 1 of 2 now.", Told(placed));
    }

    [Fact]
    public async Task Without_script_an_item_is_sent_to_the_section_that_its_list_names()
    {
        var teacher = await Bees("sending");
        var home = await teacher.Open("/teach/sending");
        var sent = await teacher.Submit(home, $"button[form=place][value='{Id(home, "what-a-bee-is")}']", ($"to-{Guid.Parse(Id(home, "what-a-bee-is")):N}", Section(home, 1)));
        Assert.Equal(["the-hive", "|", "flowers", "what-a-bee-is"], Order(sent.Page));
    }

    [Fact]
    public async Task A_duplicate_is_a_draft_after_its_original_with_a_number_of_its_own_and_a_double_click_makes_one()
    {
        var teacher = await Bees("copying");
        var home = await teacher.Open("/teach/copying");
        var button = $"button[form=copy][value^='{Id(home, "what-a-bee-is")}']";
        await teacher.Submit(home, button);
        var copied = (await teacher.Submit(home, button)).Page;
        Assert.Equal(["what-a-bee-is", "what-a-bee-is-copy", "the-hive", "|", "flowers"], Order(copied));
        Assert.Equal("Draft", Row(copied, "what-a-bee-is-copy").QuerySelector(".tag")!.TextContent);
        var items = await Items("copying");
        Assert.Equal((items["what-a-bee-is"].Markdown, items["what-a-bee-is"].Html, "What a bee is (copy)"), (items["what-a-bee-is-copy"].Markdown, items["what-a-bee-is-copy"].Html, items["what-a-bee-is-copy"].Title));
        Assert.Equal(items.Count, items.Values.Select(i => i.Number).Distinct().Count());
        Assert.Single((await teacher.Open("/teach/copying/items/what-a-bee-is-copy/history")).QuerySelectorAll("tbody tr"));
    }

    [Fact]
    public async Task A_duplicated_quiz_has_its_new_title_in_its_text_and_can_be_taken_once_it_is_published()
    {
        var course = await world.Course("copied-quiz");
        await world.Run(course, startsInHours: -1);
        await world.Person("Ioana", "teacher");
        var teacher = world.As("Ioana");
        var editor = (await teacher.Submit(await teacher.Open("/teach/copied-quiz"), "button[value=Quiz]", ("itemTitle", "Wings: \"how\" many"))).Page;
        await teacher.Submit(editor, "button[formaction$=Publish]");
        var home = await teacher.Open("/teach/copied-quiz");
        var copied = (await teacher.Submit(home, $"button[form=copy][value^='{Id(home, "wings-how-many")}']")).Page;
        var items = await Items("copied-quiz");
        Assert.Contains("title: \"Wings: \\\"how\\\" many (copy)\"\n", items["wings-how-many-copy"].Markdown, StringComparison.Ordinal);

        var shown = await teacher.Submit(copied, $"button[form=state][name=publish][value='{Id(copied, "wings-how-many-copy")}']");
        Assert.Equal("“Wings: \"how\" many (copy)” is published. Learners see it.", Told(shown.Page));
        await world.Settle();
        Assert.Contains("Wings: \"how\" many (copy)", (await teacher.Open(CourseLinks.Item("copied-quiz", "now", "wings-how-many-copy"))).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_is_hidden_and_shown_from_the_outline_and_what_cannot_be_shown_says_why()
    {
        var course = await world.Course("showing");
        await world.Run(course, startsInHours: -1);
        var teacher = world.As("Ioana");
        var home = await teacher.Open("/teach/showing");
        home = (await teacher.Submit(home, $"button[form=state][name=draft][value='{Id(home, "the-hive")}']")).Page;
        await world.As(null).Open(CourseLinks.Item("showing", "now", "the-hive"), HttpStatusCode.NotFound);
        home = (await teacher.Submit(home, $"button[form=state][name=publish][value='{Id(home, "the-hive")}']")).Page;
        await world.As(null).Open(CourseLinks.Item("showing", "now", "the-hive"));

        var editor = (await teacher.Submit(home, "button[value=Lesson]", ("itemTitle", "Nothing yet"))).Page;
        home = await teacher.Open("/teach/showing");
        var refused = await teacher.Submit(home, $"button[form=state][name=publish][value='{Id(home, "nothing-yet")}']");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal("Nothing yet: There is no text yet. Write it, then publish.", refused.Page.QuerySelector("#refused")!.TextContent.Trim());
        Assert.NotNull(editor);
    }

    [Fact]
    public async Task What_is_not_of_the_course_cannot_be_put_or_copied_into_it()
    {
        var teacher = await Bees("mine-to-order");
        await Bees("not-mine");
        var (home, other) = (await teacher.Open("/teach/mine-to-order"), await teacher.Open("/teach/not-mine"));
        foreach (var (handler, fields) in new (string, (string, string)[])[]
        {
            ("Place", [("id", Id(other, "flowers")), ("section", Section(home, 0))]), ("Place", [("id", Id(home, "flowers")), ("section", Section(other, 0))]),
            ("Copy", [("copy", $"{Id(other, "flowers")} {Guid.CreateVersion7(world.Clock.Now)}")]), ("Copy", [("copy", $"{Id(home, "flowers")} {Id(other, "flowers")}")]), ("Copy", [("copy", "nothing")]),
            ("State", [("publish", Id(other, "flowers"))]),
        })
            Assert.Equal(HttpStatusCode.NotFound, (await WritingTests.Post(teacher, home, $"/teach/mine-to-order?handler={handler}", fields)).StatusCode);
        Assert.Equal(["what-a-bee-is", "the-hive", "|", "flowers"], Order(await teacher.Open("/teach/mine-to-order")));
    }

    [Fact]
    public async Task To_a_stranger_and_an_assistant_neither_order_nor_history_nor_drafts_exist()
    {
        var teacher = await Bees("closed-desk");
        var home = await teacher.Open("/teach/closed-desk");
        await world.Person("Sorin");
        await world.Send(new NameToTeam((await world.Send(new CourseBySlugQuery("closed-desk")))!.CourseId, await world.Person("Amina"), CourseRole.Assistant));
        foreach (var name in (string[])["Sorin", "Amina"])
        {
            var stranger = world.As(name);
            var somewhere = await stranger.Open("/");
            foreach (var path in (string[])["/items/the-hive/history", "/items/the-hive/history/changes?to=1"])
                await stranger.Open("/teach/closed-desk" + path, HttpStatusCode.NotFound);
            foreach (var path in (string[])["?handler=Place", "?handler=Copy", "?handler=State", "/items/the-hive?handler=Hold", "/items/the-hive?handler=Discard", "/items/the-hive?handler=Merge", "/items/the-hive/history/changes?to=1"])
                Assert.Equal((path, HttpStatusCode.NotFound), (path, (await WritingTests.Post(stranger, somewhere, "/teach/closed-desk" + path, ("id", Id(home, "flowers")), ("draft", Id(home, "flowers")), ("Markdown", "x"))).StatusCode));
        }
    }

    private async Task<Browser> Bees(string slug)
    {
        await world.Course(slug);
        return world.As("Ioana");
    }

    private static async Task<IHtmlDocument> Place(Browser teacher, IHtmlDocument home, params (string, string)[] fields) => (await teacher.Submit(home, "form#place", fields)).Page;

    private static string? Told(IHtmlDocument page) => page.QuerySelector(".page-head .notice[role=status]")?.TextContent.Trim();

    private static IElement Row(IHtmlDocument home, string item) => home.QuerySelector($".tree-row:has(a[href$='/items/{item}'])")!;

    private static string Id(IHtmlDocument home, string item) => Row(home, item).GetAttribute("data-item")!;

    private static string Section(IHtmlDocument home, int place) => home.QuerySelectorAll("[data-section]")[place].GetAttribute("data-section")!;

    private static List<string> Order(IHtmlDocument home) =>
        [.. home.QuerySelectorAll("[data-section]").SelectMany((s, i) => s.QuerySelectorAll(".tree-row .grow a").Select(a => a.GetAttribute("href")!.Split('/')[^1]).Prepend(i == 0 ? "" : "|")).Where(x => x.Length > 0)];

    private Task<Dictionary<string, Item>> Items(string course) => world.Db<CoursesDb, Dictionary<string, Item>>(db =>
        db.Items.AsNoTracking().Where(i => db.Courses.Any(c => c.Id == i.CourseId && c.Slug == course)).ToDictionaryAsync(i => i.Slug));
}
