using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Courses.Tests.Authoring;

/// <summary>Before a run is published everything learners would see is really read; what is found is named with the way to it.</summary>
public sealed class ChecklistTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task What_is_broken_is_found_and_keeps_a_run_from_being_published_until_it_is_mended()
    {
        using var folder = CourseFolders.Good("broken")
            .Lesson("sections/01-first-flight/03-nothing.md", "Nothing here", "\n")
            .Lesson("sections/02-second-flight/02-astray.md", "Gone astray", "See [this](no-such-lesson). ![](assets/bee.svg)\n\n$$\nx^2\n");
        var teacher = await Import(folder);
        var page = await teacher.Open("/teach/broken/check");
        Assert.Equal(
            ["Gone astray|No item of the course is called no-such-lesson.", "Nothing here|This lesson is empty."],
            Found(page, "block").Order(StringComparer.Ordinal));
        var advice = Found(page, "advise").ToList();
        Assert.Contains(advice, a => a.StartsWith("Gone astray|Line 1: This image has no alternative text.", StringComparison.Ordinal));
        Assert.Contains(advice, a => a.Contains("This formula does not close.", StringComparison.Ordinal));
        Assert.Equal("/teach/broken/items/nothing", page.QuerySelectorAll("[data-findings=block] a").Single(a => a.TextContent == "Nothing here").GetAttribute("href"));

        var plan = await teacher.Open("/teach/broken/runs/new");
        var refused = await teacher.Submit(plan, "button[formaction$=Publish]", Dates("2026-12-07T08:00", "2026-12-28T08:00"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(2, refused.Page.QuerySelectorAll("#findings [data-findings=block] li").Length);
        Assert.Null(await world.Send(new RunBySlugQuery("broken", "2026-12")));

        await Write(teacher, "broken", "nothing", "Now there is something.\n");
        await Write(teacher, "broken", "astray", "See [this](the-hive).\n");
        Assert.Empty(Found(await teacher.Open("/teach/broken/check"), "block")); // it was read anew
        Assert.Equal("/teach/broken/runs/2026-12", (await teacher.Submit(refused.Page, "button[formaction$=Publish]")).Path);
    }

    [Fact]
    public async Task A_date_outside_the_run_is_found_with_the_dates_that_are_about_to_be_saved()
    {
        using var folder = CourseFolders.Good("too-short").Write(
            "sections/01-first-flight/03-legs.md", "---\ntitle: Legs\nkind: quiz\nopens: { day: 3, time: \"10:00\" }\ndue: { day: 9, time: \"23:59\" }\n---\n## Six? {#six single points=1}\n\nA bee has six legs.\n\n- (x) True\n- ( ) False\n");
        var teacher = await Import(folder);
        var plan = await teacher.Open("/teach/too-short/runs/new");
        var refused = await teacher.Submit(plan, "button[formaction$=Publish]", Dates("2026-12-07T08:00", "2026-12-12T08:00"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        var found = Found(refused.Page, "block").ToList();
        Assert.Contains(found, f => f.StartsWith("Second flight|It opens on Mon 14 Dec 2026", StringComparison.Ordinal));
        Assert.Contains(found, f => f.StartsWith("Legs|It is due on Wed 16 Dec 2026", StringComparison.Ordinal));

        // Days typed beside a short run mend it in the same save.
        string Name(string label, int at = 0) => refused.Page.QuerySelectorAll<IHtmlInputElement>($"[aria-label='{label}']").ElementAt(at).Name!;
        var asked = await teacher.Submit(refused.Page, "button[formaction$=Publish]", (Name("Day – Second flight"), "2"), (Name("Day – Legs", 1), "5"));
        Assert.Equal("/teach/too-short/runs/2026-12", asked.Path);
    }

    [Fact]
    public async Task What_only_advises_publishes()
    {
        using var folder = CourseFolders.Good("advised").Change("course.yaml", "accessibility: Captions and transcripts\n", "");
        var teacher = await Import(folder);
        Assert.Contains(Found(await teacher.Open("/teach/advised"), "advise"), f => f.StartsWith("Course|There is no note on accessibility", StringComparison.Ordinal));
        var saved = await teacher.Submit(await teacher.Open("/teach/advised/runs/new"), "button[formaction$=Publish]", Dates("2026-12-07T08:00", "2026-12-28T08:00"));
        Assert.Equal("/teach/advised/runs/2026-12", saved.Path);
    }

    private async Task<Browser> Import(CourseFolders folder)
    {
        var report = await world.Send(new ImportFolder(folder.Path, await world.Person("Ioana", "teacher")));
        Assert.Empty(report.Problems);
        await world.Settle();
        return world.As("Ioana");
    }

    private static async Task Write(Browser teacher, string course, string item, string text)
    {
        var saved = await teacher.Submit(await teacher.Open($"/teach/{course}/items/{item}"), "button[formaction$=Publish]", ("Markdown", text));
        Assert.Equal(HttpStatusCode.OK, saved.Status);
    }

    private static (string, string)[] Dates(string start, string end) => [("Start", start), ("End", end), ("Zone", "UTC")];

    private static IEnumerable<string> Found(IHtmlDocument page, string kind) =>
        page.QuerySelectorAll($"[data-findings={kind}] li").Select(l => l.QuerySelector("a")!.TextContent + "|" + l.QuerySelector("span")!.TextContent);
}
