using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Courses.Tests.Authoring;

/// <summary>The workshop of a course does not exist for who is not of it; the preview harms nobody.</summary>
public sealed class RightsTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task To_a_stranger_another_courses_teacher_and_an_assistant_no_page_and_no_post_of_the_workshop_exists()
    {
        var course = await world.Course("closed-shop");
        await world.Run(course, startsInHours: -1);
        var section = (await world.As("Ioana").Open("/teach/closed-shop")).QuerySelector(".tree a[href*='/sections/']")!.GetAttribute("href")!;
        await world.Person("Sorin");
        await world.Person("Olga", "teacher");
        await world.Send(new NameToTeam(course, await world.Person("Amina"), CourseRole.Assistant));
        string[] pages = ["", "/facts", "/items/the-hive", "/items/the-hive/delete", "/runs/new", "/runs/now", "/runs/now/close", "/runs/now/archive", "/runs/now/cancel", "/runs/now/announce", "/check", "/files", "/files/bee.svg", "/delete-file/bee.svg", "/items/the-hive/credit"];
        string[] posts =
        [
            "?handler=AddSection", "?handler=AddItem", "?handler=Move", "?handler=AddMember", "?handler=ChangeMember", "/facts", "/facts?handler=Preview", "/preview",
            "/items/the-hive", "/items/the-hive?handler=Draft", "/items/the-hive?handler=Publish", "/items/the-hive?handler=Preview", "/items/the-hive/delete",
            "/runs/new", "/runs/new?handler=Publish", "/runs/now", "/runs/now?handler=Look", "/runs/now/archive", "/runs/now/close", "/runs/now/cancel", "/runs/now/announce", "/runs/now/announce?handler=Preview",
            "/files", "/files/bee.svg", "/files/bee.svg?handler=Replace", "/delete-file/bee.svg", "/items/the-hive/credit",
        ];
        foreach (var name in (string[])["Sorin", "Olga", "Amina"])
        {
            var stranger = world.As(name);
            var somewhere = await stranger.Open("/");
            foreach (var page in pages.Select(p => "/teach/closed-shop" + p).Append(section))
                await stranger.Open(page, HttpStatusCode.NotFound);
            foreach (var post in posts.Select(p => "/teach/closed-shop" + p).Append(section).Append(section + "?handler=Delete"))
                Assert.Equal((post, HttpStatusCode.NotFound), (post, (await WritingTests.Post(stranger, somewhere, post, ("markdown", "x"), ("Title", "x"))).StatusCode));
        }

        Assert.NotEmpty((await world.As("Ioana").Open("/teach/closed-shop")).QuerySelectorAll(".tree-row"));
    }

    [Fact]
    public async Task Whoever_is_in_the_team_of_a_course_finds_the_workshop_in_the_header_and_nobody_else()
    {
        var course = await world.Course("found-shop");
        var mihai = await world.Person("Mihai");
        Assert.Null((await world.As("Mihai").Open("/")).QuerySelector(".site-nav a[href='/teach']"));
        await world.Send(new NameToTeam(course, mihai, CourseRole.Instructor));
        Assert.NotNull((await world.As("Mihai").Open("/")).QuerySelector(".site-nav a[href='/teach']"));
        Assert.Null((await world.As(null).Open("/")).QuerySelector(".site-nav a[href='/teach']"));
    }

    [Fact]
    public async Task Only_teachers_create_courses()
    {
        await world.Person("Sorin");
        var sorin = world.As("Sorin");
        Assert.Null((await sorin.Open("/teach")).QuerySelector("a[href='/teach/new']"));
        var refused = await sorin.Client.GetAsync(new Uri("/teach/new", UriKind.Relative));
        Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
    }

    [Fact]
    public async Task An_item_or_section_of_another_course_cannot_be_changed_through_ones_own()
    {
        await world.Course("hers");
        await world.Person("Olga", "teacher");
        var olga = world.As("Olga");
        var home = (await olga.Submit(await olga.Open("/teach/new"), "main form", ("Title", "Olgas own"))).Page;
        var foreign = (await world.As("Ioana").Open("/teach/hers")).QuerySelector(".tree-row button[name=down]:not([disabled])")!.GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.NotFound, (await WritingTests.Post(olga, home, "/teach/olgas-own?handler=Move", ("down", foreign))).StatusCode);
    }

    [Fact]
    public async Task Who_runs_the_site_may_write_everywhere()
    {
        await world.Course("any");
        await world.Person("Root", "admin");
        var admin = world.As("Root");
        var saved = await admin.Submit(await admin.Open("/teach/any/items/the-hive"), "button[formaction$=Publish]", ("Markdown", "By the admin."));
        Assert.Equal(HttpStatusCode.OK, saved.Status);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("![x](data:text/html;base64,PHNjcmlwdD4=)")]
    [InlineData("<svg/onload=alert(1)>")]
    [InlineData("<iframe srcdoc='<script>alert(1)</script>'></iframe>")]
    [InlineData("::video javascript:alert(1) \"x\"")]
    [InlineData("# {onclick=alert(1)}\n\n</textarea></div><script>alert(1)</script>")]
    public async Task Hostile_Markdown_is_harmless_in_the_preview(string attack)
    {
        await world.Course("hostile");
        var teacher = world.As("Ioana");
        var editor = await teacher.Open("/teach/hostile/items/the-hive");
        foreach (var kind in (string[])["lesson", "about"])
        {
            var fragment = await (await WritingTests.Post(teacher, editor, "/teach/hostile/preview", ("markdown", attack), ("kind", kind))).Content.ReadAsStringAsync();
            Harmless(await BrowsingContext.New().OpenAsync(r => r.Content(fragment)));
        }

        var page = (await teacher.Submit(editor, "button[formaction$=Preview]", ("Markdown", attack))).Page;
        Assert.Equal(attack, page.QuerySelector<IHtmlTextAreaElement>("#Markdown")!.Value.TrimEnd('\n'));
        Harmless(page.QuerySelector("[data-preview]")!);
    }

    [Fact]
    public async Task Problems_are_named_by_their_line()
    {
        await world.Course("problems");
        var teacher = world.As("Ioana");
        var editor = await teacher.Open("/teach/problems/items/the-hive");
        var page = (await teacher.Submit(editor, "button[formaction$=Preview]", ("Markdown", "Good.\r\n\r\n![](assets/none.png)\r\n\r\n[There](no-such-lesson)"))).Page;
        var notes = page.QuerySelectorAll("[data-problems] li").Select(li => li.TextContent).ToList();
        Assert.Contains(notes, n => n.StartsWith("Line 3: This image has no alternative text", StringComparison.Ordinal));
        Assert.Contains("Line 3: There is no file assets/none.png.", notes);
        Assert.Contains("Line 5: No item of the course is called no-such-lesson.", notes);
    }

    private static void Harmless(IParentNode shown)
    {
        Assert.Empty(shown.QuerySelectorAll("script, iframe, object, embed, style, link, form, svg[onload]"));
        foreach (var element in shown.QuerySelectorAll("*"))
            foreach (var attribute in element.Attributes)
            {
                Assert.False(attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Name == "style", attribute.Name);
                if (attribute.Name is "href" or "src")
                    Assert.False(attribute.Value.TrimStart().StartsWith("javascript:", StringComparison.OrdinalIgnoreCase) || attribute.Value.StartsWith("data:", StringComparison.Ordinal), attribute.Value);
            }
    }
}
