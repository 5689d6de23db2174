using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Features.Scheduling;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Courses.Tests.Authoring;

/// <summary>Runs are planned, moved, closed and archived by the team's own forms.</summary>
public sealed class RunPlanTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_published_run_opens_and_closes_by_itself_in_its_own_zone()
    {
        var teacher = await Course("own-zone");
        var saved = await teacher.Submit(await New(teacher, "own-zone"), "button[formaction$=Publish]", Dates("2027-03-22T08:00", "2027-04-05T08:00", "Europe/Bucharest"));
        Assert.Equal("/teach/own-zone/runs/2027-03", saved.Path);
        var term = (await world.Send(new RunBySlugQuery("own-zone", "2027-03")))!;
        Assert.Equal((At("2027-03-22T06:00"), At("2027-04-05T05:00")), (term.Start, term.End)); // summer time from 28 March on
        await world.Settle();
        Assert.Contains((TellRunStarted.Key(term.RunId), term.Start), await Waiting());
        Assert.Contains((TellRunClosed.Key(term.RunId), term.End), await Waiting());
    }

    [Fact]
    public async Task A_moved_run_moves_its_jobs_and_the_old_start_is_not_told()
    {
        var teacher = await Course("moved-run");
        var (start, end) = (world.Clock.Now.AddHours(2), world.Clock.Now.AddDays(9));
        var page = (await teacher.Submit(await New(teacher, "moved-run"), "button[formaction$=Publish]", [.. Dates(Field(start), Field(end)), ("Slug", "moved")])).Page;
        await world.Settle();
        var run = (await world.Send(new RunBySlugQuery("moved-run", "moved")))!.RunId;

        var look = await teacher.Submit(page, "button[formaction$=Look]", Dates(Field(start.AddHours(5)), Field(end)));
        Assert.Equal("Before", look.Page.QuerySelectorAll("th[scope=col]")[1].TextContent);
        Assert.Equal(start, (await world.Send(new RunTermQuery(run)))!.Start); // looking moves nothing
        await teacher.Submit(look.Page, "button.button-primary");
        await world.Settle();
        Assert.Equal(start.AddHours(5), (await world.Send(new RunTermQuery(run)))!.Start);

        await world.At(start);
        Assert.Null(await StartTold(run));
        await world.At(start.AddHours(5));
        Assert.Equal(start.AddHours(5), await StartTold(run));
    }

    [Theory]
    [InlineData("Zone", "2026-12-01T08:00", "2027-01-01T08:00", "Mars/Olympus")]
    [InlineData("Zone", "2026-12-01T08:00", "2027-01-01T08:00", "../../etc/passwd")]
    [InlineData("End", "2026-12-01T08:00", "2026-12-01T08:00", "UTC")]
    [InlineData("End", "2026-12-01T08:00", "2026-11-01T08:00", "UTC")]
    [InlineData("Start", "", "2027-01-01T08:00", "UTC")]
    [InlineData("Start", "tomorrow", "2027-01-01T08:00", "UTC")]
    [InlineData("End", "2026-12-01T08:00", "9999-12-31T23:59", "UTC")]
    public async Task A_date_or_zone_that_cannot_be_is_refused_beside_its_field(string field, string start, string end, string zone)
    {
        var teacher = await Course("bad-dates");
        foreach (var button in (string[])["button[formaction$=Publish]", "button[formaction$=Look]"])
        {
            var refused = await teacher.Submit(await New(teacher, "bad-dates"), button, Dates(start, end, zone));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.NotNull(refused.Page.GetElementById(field + "-error"));
            Assert.Equal(zone, refused.Page.QuerySelector<IHtmlInputElement>("#Zone")!.GetAttribute("value"));
        }

        Assert.Empty((await teacher.Open("/teach/bad-dates")).QuerySelectorAll("tr[id^=run-]"));
    }

    [Fact]
    public async Task Times_that_do_not_exist_or_come_twice_are_said_in_words()
    {
        var teacher = await Course("clocks");
        var look = (await teacher.Submit(await New(teacher, "clocks"), "button[formaction$=Look]", Dates("2027-03-28T03:30", "2027-10-31T03:30", "Europe/Bucharest"))).Page;
        var table = look.QuerySelector("#resolved table")!;
        Assert.Contains("03:30 does not exist on this day", table.QuerySelector("tbody tr:first-child")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("03:30 comes twice on this day", table.QuerySelector("tbody tr:last-child")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("2027-03-28T01:00:00Z", table.QuerySelector("tbody tr:first-child time")!.GetAttribute("datetime"));
        Assert.Equal("2027-10-31T00:30:00Z", table.QuerySelector("tbody tr:last-child time")!.GetAttribute("datetime"));
    }

    [Fact]
    public async Task A_run_is_closed_early_after_being_asked_and_then_archived()
    {
        var course = await world.Course("early");
        var run = await world.Run(course, startsInHours: -1);
        await world.Settle();
        var teacher = world.As("Ioana");
        var ask = await teacher.Open("/teach/early/runs/now/close");
        Assert.Equal(RunState.Running, (await world.Send(new RunTermQuery(run)))!.StateAt(world.Clock.Now));
        await teacher.Submit(ask, "main form");
        await teacher.Submit(ask, "main form"); // a second click
        await world.At(world.Clock.Now);
        Assert.Equal(RunState.Closed, (await world.Send(new RunTermQuery(run)))!.StateAt(world.Clock.Now));
        Assert.Equal(world.Clock.Now, await world.Db<CoursesDb, DateTimeOffset?>(async db => (await db.Runs.SingleAsync(r => r.Id == run)).CloseToldFor));

        var page = await teacher.Open("/teach/early/runs/now");
        await teacher.Submit(await teacher.Open(page.QuerySelector("a[href$='/archive']")!.GetAttribute("href")!), "main form");
        Assert.Equal(RunState.Archived, (await world.Send(new RunTermQuery(run)))!.StateAt(world.Clock.Now));
        Assert.DoesNotContain("/courses/early", (await world.As(null).Open("/")).Body!.InnerHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_double_click_plans_one_run_and_a_taken_address_is_refused()
    {
        var teacher = await Course("one-run");
        var form = await New(teacher, "one-run");
        for (var click = 0; click < 2; click++)
            Assert.Equal("/teach/one-run/runs/2026-12", (await teacher.Submit(form, "main form", Dates("2026-12-01T08:00", "2027-01-01T08:00"))).Path);
        Assert.Single((await teacher.Open("/teach/one-run")).QuerySelectorAll("tr[id^=run-]"));
        var taken = await teacher.Submit(await New(teacher, "one-run"), "main form", Dates("2026-12-05T08:00", "2027-01-01T08:00"));
        Assert.NotNull(taken.Page.GetElementById("Slug-error"));
    }

    private async Task<Browser> Course(string slug)
    {
        await world.Course(slug);
        return world.As("Ioana");
    }

    private static Task<IHtmlDocument> New(Browser teacher, string course) => teacher.Open($"/teach/{course}/runs/new");

    private static (string, string)[] Dates(string start, string end, string zone = "UTC") => [("Start", start), ("End", end), ("Zone", zone)];

    private static string Field(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    private static DateTimeOffset At(string utc) => new(DateTime.ParseExact(utc, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture), TimeSpan.Zero);

    private async Task<IEnumerable<(string, DateTimeOffset)>> Waiting() =>
        (await world.Services.GetRequiredService<ISchedule>().Waiting(500, default)).Select(w => (w.Key, w.Next));

    private Task<DateTimeOffset?> StartTold(Guid run) =>
        world.Db<CoursesDb, DateTimeOffset?>(async db => (await db.Runs.AsNoTracking().SingleAsync(r => r.Id == run)).StartToldFor);
}
