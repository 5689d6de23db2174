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

/// <summary>A course is run again, a run is moved: every date is shown before and after, and only then saved.</summary>
public sealed class RunAgainTests(World world) : IClassFixture<World>
{
    private const string Quiz = "---\ntitle: How many legs\nkind: quiz\ndue: { day: 9, time: \"23:59\" }\n---\n## How many legs? {#legs single points=1}\nCount them.\n\n- (x) Six\n- ( ) Eight\n";

    [Fact]
    public async Task A_run_is_run_again_with_every_date_moved_and_shown_before_and_after()
    {
        var teacher = await Bees("again", "2026-10-05T08:00", "2026-10-26T08:00", "Europe/Bucharest");
        var page = await teacher.Open("/teach/again/runs/new?from=first");
        Assert.Equal("2026-11-16T08:00", Value(page, "Start")); // a Monday again, after the old run's end
        Assert.Equal("2026-12-07T08:00", Value(page, "End"));
        Assert.Equal("Europe/Bucharest", Value(page, "Zone"));

        var look = (await teacher.Submit(page, "button[formaction$=Look]", ("Start", "2027-03-22T08:00"))).Page;
        Assert.Equal("2027-04-12T08:00", Value(look, "End")); // left as it was, it moves along
        Assert.Equal(["2026-10-05T05:00:00Z", "2027-03-22T06:00:00Z"], Times(look, "The run starts"));
        Assert.Equal(["2026-10-12T05:00:00Z", "2027-03-29T05:00:00Z"], Times(look, "Second flight")); // 08:00 before and after the clocks change
        Assert.Equal(["2026-10-14T20:59:00Z", "2027-03-31T20:59:00Z"], Times(look, "How many legs is due"));
        Assert.Equal(["2026-10-26T06:00:00Z", "2027-04-12T05:00:00Z"], Times(look, "The run ends"));
        Assert.Null(await world.Send(new RunBySlugQuery("again", "2027-03")));

        var saved = await teacher.Submit(look, "button[formaction$=Publish]");
        Assert.Equal("/teach/again/runs/2027-03", saved.Path);
        var (first, second) = ((await world.Send(new RunBySlugQuery("again", "first")))!, (await world.Send(new RunBySlugQuery("again", "2027-03")))!);
        Assert.NotEqual(first.RunId, second.RunId);
        Assert.Equal(Utc("2026-10-05T05:00"), first.Start); // the old run stays what it was
        Assert.Equal((Utc("2027-03-22T06:00"), Utc("2027-04-12T05:00")), (second.Start, second.End));
    }

    [Fact]
    public async Task A_start_that_was_moved_is_saved_only_after_its_table_was_seen()
    {
        var teacher = await Bees("moving", "2026-12-07T08:00", "2026-12-28T08:00");
        var page = await teacher.Open("/teach/moving/runs/first");
        var asked = (await teacher.Submit(page, "button.button-primary", ("Start", "2026-12-14T08:00"))).Page;
        Assert.NotNull(asked.GetElementById("asking"));
        Assert.Equal("2027-01-04T08:00", Value(asked, "End"));
        Assert.Equal(["2026-12-14T08:00:00Z", "2026-12-21T08:00:00Z"], Times(asked, "Second flight"));
        Assert.Equal(Utc("2026-12-07T08:00"), (await world.Send(new RunBySlugQuery("moving", "first")))!.Start);

        // Another start than the one in the table is asked for again.
        var again = (await teacher.Submit(asked, "button.button-primary", ("Start", "2026-12-21T08:00"))).Page;
        Assert.NotNull(again.GetElementById("asking"));
        var saved = await teacher.Submit(again, "button.button-primary");
        Assert.Null(saved.Page.GetElementById("asking"));
        var term = (await world.Send(new RunBySlugQuery("moving", "first")))!;
        Assert.Equal((Utc("2026-12-21T08:00"), Utc("2027-01-11T08:00")), (term.Start, term.End));
    }

    [Fact]
    public async Task Days_of_sections_and_quizzes_are_changed_in_the_table_by_day_or_by_date()
    {
        var teacher = await Bees("in-place", "2026-12-07T08:00", "2026-12-28T08:00");
        var page = await teacher.Open("/teach/in-place/runs/first");
        (string, string)[] typed = [(Name(page, "Day – Second flight"), "4"), (Name(page, "Time – Second flight"), "09:30"), (Name(page, "Date – How many legs", 1), "2026-12-20T20:00")];
        var look = (await teacher.Submit(page, "button.button-primary", typed)).Page;
        Assert.Equal("2026-12-10T09:30:00Z", Times(look, "Second flight")[1]);
        Assert.Equal("2026-12-20T20:00:00Z", Times(look, "How many legs is due")[1]);
        Assert.Equal("14", look.QuerySelectorAll<IHtmlInputElement>("[aria-label='Day – How many legs']").Last().Value); // the date became a day
        await teacher.Submit(look, "button.button-primary");
        await world.Settle();

        var outline = (await world.Send(new OutlineQuery((await world.Send(new RunBySlugQuery("in-place", "first")))!.RunId)))!;
        Assert.Equal(Utc("2026-12-10T09:30"), outline.Sections[1].ReleasedAt);
        Assert.Equal(Utc("2026-12-20T20:00"), outline.Items.Single(i => i.Kind == ItemKind.Quiz).DueAt);
        var text = await world.Db<CoursesDb, Item>(db => db.Items.AsNoTracking().SingleAsync(i => i.CourseId == outline.CourseId && i.Kind == ItemKind.Quiz));
        Assert.Equal(Quiz.Replace("day: 9, time: \"23:59\"", "day: 13, time: \"20:00\"", StringComparison.Ordinal), text.Markdown);

        // The form of before knows other days: it overwrites nothing.
        var stale = await teacher.Submit(page, "button.button-primary", [(Name(page, "Day – Second flight"), "6"), ("Seen", "")]);
        stale = await teacher.Submit(stale.Page, "button.button-primary");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stale.Status);
        Assert.Contains("Somebody changed this date", stale.Page.QuerySelector("td .error")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Day", "0", "Give a whole number from 1 to 3651.")]
    [InlineData("Day", "soon", "Give a whole number from 1 to 3651.")]
    [InlineData("Time", "25:00", "Give a time of day such as 08:00.")]
    [InlineData("Date", "2026-11-30T08:00", "This is before the first day of the run.")]
    public async Task A_day_that_cannot_be_is_refused_beside_its_field_and_kept(string field, string value, string why)
    {
        var teacher = await Bees("no-such-day", "2026-12-07T08:00", "2026-12-28T08:00");
        var page = await teacher.Open("/teach/no-such-day/runs/first");
        var name = Name(page, field + " – Second flight");
        foreach (var button in (string[])["button[formaction$=Look]", "button.button-primary"])
        {
            var refused = await teacher.Submit(page, button, (name, value));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.Contains(why, refused.Page.GetElementById(name + "-error")!.TextContent, StringComparison.Ordinal);
            Assert.Equal(value, Value(refused.Page, name));
        }
    }

    [Theory]
    [InlineData("---\ntitle: x\nkind: quiz\n---\nText\n", "---\ntitle: x\nkind: quiz\nopens: { day: 1, time: \"08:00\" }\ndue: { day: 2, time: \"09:05\" }\n---\nText\n")]
    [InlineData("---\ntitle: x\ndue:\n  day: 7\n  time: \"10:00\"\nkind: quiz\n---\n", "---\ntitle: x\ndue: { day: 2, time: \"09:05\" }\nkind: quiz\nopens: { day: 1, time: \"08:00\" }\n---\n")]
    [InlineData("---\ntitle: x\nkind: [quiz\n---\n", null)]
    [InlineData("No settings\n", null)]
    public void Dates_are_put_into_a_quizs_settings_and_every_other_line_stays(string before, string? after) =>
        Assert.Equal(after, Features.Authoring.QuizDates.Put(before, new(1, new(8, 0)), new(2, new(9, 5))));

    private async Task<Browser> Bees(string slug, string start, string end, string zone = "UTC")
    {
        using var folder = CourseFolders.Good(slug);
        folder.Write("sections/02-second-flight/02-how-many-legs.md", Quiz);
        var teacher = await world.Person("Ioana", "teacher");
        var report = await world.Send(new ImportFolder(folder.Path, teacher));
        Assert.Empty(report.Problems);
        await world.Send(new PlanRun(report.CourseId!.Value, teacher, "first", Local(start), Local(end), zone));
        await world.Settle();
        return world.As("Ioana");
    }

    private static string Value(IHtmlDocument page, string id) => ((IHtmlInputElement)page.GetElementById(id)!).GetAttribute("value") ?? "";

    private static string Name(IHtmlDocument page, string label, int at = 0) => page.QuerySelectorAll<IHtmlInputElement>($"[aria-label='{label}']").ElementAt(at).Name!;

    // Before and after of the row that begins so.
    private static string[] Times(IHtmlDocument page, string row) =>
        [.. page.QuerySelectorAll("#resolved tbody tr").First(r => r.QuerySelector("th")!.TextContent.Trim().StartsWith(row, StringComparison.Ordinal)).QuerySelectorAll("time").Select(t => t.GetAttribute("datetime")!)];

    private static DateTime Local(string text) => DateTime.ParseExact(text, "yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    private static DateTimeOffset Utc(string text) => new(Local(text), TimeSpan.Zero);
}
