using System.Net;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Courses.Tests.Learning;

public sealed class LessonPageTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_visitor_reads_a_released_lesson_and_is_invited_to_join()
    {
        await Running("read-visitor");
        var page = await world.As(null).Open("/learn/read-visitor/now/what-a-bee-is");

        Assert.Equal("What a bee is", page.QuerySelector("h1")!.TextContent);
        Assert.Equal("hair", page.QuerySelector(".prose em")!.TextContent);
        Assert.Equal("Six legs", page.QuerySelector(".toc a")!.TextContent);
        Assert.Contains("CC BY-SA 4.0", page.QuerySelector("article footer")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Ștefan Albină", page.QuerySelector("article footer")!.TextContent, StringComparison.Ordinal);
        Assert.StartsWith("/account/sign-in?returnUrl=", page.QuerySelector("#join a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("article[data-seen]"));
        Assert.Null(page.QuerySelector("form.lesson-end"));
        Assert.NotNull(page.QuerySelector("article[data-still]")); // and costs no connection
        Assert.Null((await world.As("Ioana").Open("/learn/read-visitor/now/what-a-bee-is")).QuerySelector("article[data-still]"));
    }

    [Fact]
    public async Task The_outline_says_each_state_in_words()
    {
        var run = await Running("read-outline");
        var elena = await Joined(run, "Elena");
        var page = await elena.Open("/learn/read-outline/now/what-a-bee-is");
        await elena.Submit(page, "form.lesson-end");
        page = await elena.Open("/learn/read-outline/now/the-hive");

        var entries = page.QuerySelectorAll("#outline-list li li").Select(e => Words(e.TextContent)).ToList();
        Assert.Equal("What a bee is, done", entries[0]);
        Assert.Equal("The hive", entries[1]);
        Assert.StartsWith("1 step, open Mon 9 Nov", entries[2], StringComparison.Ordinal);
        Assert.Equal("page", page.QuerySelectorAll("#outline-list a")[1].GetAttribute("aria-current"));
        Assert.Equal("1 of 2", Words(page.QuerySelector("#outline-list summary small")!.TextContent));
    }

    [Fact]
    public async Task A_learner_marks_a_lesson_complete_and_goes_on()
    {
        var run = await Running("read-complete");
        var elena = await Joined(run, "Elena");
        var page = await elena.Open("/learn/read-complete/now/what-a-bee-is");
        Assert.Equal("/learn/read-complete/now/seen", page.QuerySelector("article")!.GetAttribute("data-seen"));

        var (status, next, path) = await elena.Submit(page, "form.lesson-end");
        Assert.Equal((HttpStatusCode.OK, "/learn/read-complete/now/the-hive"), (status, path));
        Assert.Equal("The hive", next.QuerySelector("h1")!.TextContent);
        page = await elena.Open("/learn/read-complete/now/what-a-bee-is");
        Assert.Contains("You have completed this step", page.QuerySelector("#lesson-end")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lesson_that_is_not_released_says_when_and_becomes_the_lesson_by_itself()
    {
        var run = await Running("read-early");
        var page = await world.As(null).Open("/learn/read-early/now/flowers");

        Assert.Null(page.QuerySelector(".prose"));
        Assert.DoesNotContain("Where they go", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(CourseLinks.Channel(run), page.QuerySelector("#lesson")!.GetAttribute("data-refresh-on"));
        Assert.Equal("2026-11-09T08:00:00Z", page.QuerySelector("#lesson time")!.GetAttribute("datetime"));
    }

    [Fact]
    public async Task The_team_reads_before_everyone_and_is_told_so()
    {
        await Running("read-team");
        var page = await world.As("Ioana").Open("/learn/read-team/now/flowers");
        Assert.Contains("Where they go", page.QuerySelector(".prose")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("#unreleased"));
    }

    [Fact]
    public async Task Before_the_start_nothing_is_open_and_after_it_everything_of_the_first_day_is()
    {
        var course = await world.Course("read-start");
        var run = await world.Run(course, startsInHours: 5);
        var page = await world.As(null).Open("/learn/read-start/now");
        Assert.Contains("This run has not started yet", page.QuerySelector("#run-state")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector(".prose"));

        var before = world.Clock.Now;
        await world.At((await world.Send(new RunTermQuery(run)))!.Start);
        page = await world.As(null).Open("/learn/read-start/now");
        world.Clock.Now = before;
        Assert.Equal("", page.QuerySelector("#run-state")!.TextContent.Trim());
        Assert.NotNull(page.QuerySelector(".prose"));
    }

    [Fact]
    public async Task A_closed_run_stays_readable_and_takes_no_completion()
    {
        var course = await world.Course("read-closed");
        var run = await world.Run(course, startsInHours: -24 * 30);
        var page = await world.As(null).Open("/learn/read-closed/now/flowers");
        Assert.Contains("This run has closed", page.QuerySelector("#run-state")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector(".prose"));
        Assert.Null(page.QuerySelector("form.lesson-end"));
        Assert.NotEqual(Guid.Empty, run);
    }

    [Fact]
    public async Task A_draft_run_is_its_teams()
    {
        var run = await Running("read-draft");
        await world.Person("Elena");
        await world.Db<CoursesDb, int>(async db =>
        {
            (await db.Runs.SingleAsync(r => r.Id == run)).PublishedAt = null;
            return await db.SaveChangesAsync();
        });
        await world.As(null).Open("/learn/read-draft/now/what-a-bee-is", HttpStatusCode.NotFound);
        await world.As("Elena").Open("/learn/read-draft/now", HttpStatusCode.NotFound);
        await world.As("Elena").Open("/courses/read-draft", HttpStatusCode.NotFound);
        Assert.NotNull((await world.As("Ioana").Open("/learn/read-draft/now/what-a-bee-is")).QuerySelector(".prose"));
    }

    [Fact]
    public async Task A_draft_lesson_is_its_teams()
    {
        await Running("read-draft-item");
        await world.Db<CoursesDb, int>(async db =>
        {
            var course = await db.Courses.Include(c => c.Sections).ThenInclude(s => s.Items).SingleAsync(c => c.Slug == "read-draft-item");
            course.Sections.SelectMany(s => s.Items).Single(i => i.Slug == "the-hive").Published = false;
            course.Changed(world.Clock.Now);
            return await db.SaveChangesAsync();
        });
        await world.As(null).Open("/learn/read-draft-item/now/the-hive", HttpStatusCode.NotFound);
        Assert.NotNull((await world.As("Ioana").Open("/learn/read-draft-item/now/the-hive")).QuerySelector("#unreleased"));
        Assert.Single((await world.As(null).Open("/learn/read-draft-item/now/what-a-bee-is")).QuerySelectorAll("#outline-list li:first-child li"));
    }

    [Theory]
    [InlineData("/learn/no-such-course/now/what-a-bee-is")]
    [InlineData("/learn/read-unknown/never/what-a-bee-is")]
    [InlineData("/learn/read-unknown/now/no-such-lesson")]
    [InlineData("/learn/read-unknown/never")]
    [InlineData("/courses/no-such-course")]
    [InlineData("/courses/..%2Fetc")]
    public async Task What_does_not_exist_is_404(string path)
    {
        await Running("read-unknown");
        await world.As(null).Open(path, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_door_leads_back_to_where_the_learner_was()
    {
        var run = await Running("read-door");
        var elena = await Joined(run, "Elena");
        await elena.Submit(await elena.Open("/learn/read-door/now/the-hive"), "form.lesson-end");
        var page = await elena.Open("/learn/read-door/now");
        Assert.Equal("The hive", page.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task A_change_of_a_lesson_shows_at_once()
    {
        using var folder = CourseFolders.Good("read-change");
        await Running("read-change");
        await world.As(null).Open("/learn/read-change/now/the-hive");
        folder.Lesson("sections/01-first-flight/02-the-hive.md", "The hive", "Now quite different.\n");
        await world.Send(new ImportFolder(folder.Path, await world.Person("Ioana", "teacher")));
        Assert.Contains("Now quite different", (await world.As(null).Open("/learn/read-change/now/the-hive")).QuerySelector(".prose")!.TextContent, StringComparison.Ordinal);
    }

    private async Task<Guid> Running(string slug) => await world.Run(await world.Course(slug), startsInHours: -1);

    private async Task<Browser> Joined(Guid run, string name)
    {
        await world.Send(new JoinRun(run, await world.Person(name)));
        return world.As(name);
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace(" ,", ",", StringComparison.Ordinal);
}
