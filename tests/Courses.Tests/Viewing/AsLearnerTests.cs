using System.Net;
using MoocPlatform.Courses.Tests.Authoring;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Courses.Tests.Viewing;

/// <summary>The team sees a course as its learners do, and leaves that view again.</summary>
public sealed class AsLearnerTests(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData("Ioana")]
    [InlineData("Root")]
    public async Task Drafts_and_marks_of_the_team_are_gone_until_the_view_is_left(string name)
    {
        var run = await world.ARun(start: new DateTime(2026, 11, 1));
        await world.Person("Root", Policies.Admin);
        var person = world.As(name == "Ioana" ? "Ioana Marin" : name);
        var later = run.At("later"); // released a week from now: the team reads it already
        Assert.NotNull((await person.Open(later)).QuerySelector("#unreleased"));

        var (_, course, path) = await person.Submit(await person.Open($"/courses/{run.Term.CourseSlug}"), "form[action$='/as-learner']");
        Assert.Equal($"/courses/{run.Term.CourseSlug}", path);
        Assert.NotNull(course.QuerySelector("#as-learner"));
        Assert.Null(course.QuerySelector($"a[href='/teach/{run.Term.CourseSlug}']"));
        var page = await person.Open(later);
        Assert.DoesNotContain("CANARY-LATER", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("#as-learner"));
        Assert.Null((await person.Open(run.At("quiz/check"))).QuerySelector("a[href*='/teach/']"));
        await person.Open($"/teach/{run.Term.CourseSlug}"); // the workshop stays open

        var (_, back, _) = await person.Submit(page, "#as-learner button[value=true]");
        Assert.Null(back.QuerySelector("#as-learner"));
        Assert.Contains("CANARY-LATER", back.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_page_can_be_looked_at_so_without_staying_in_that_view()
    {
        var run = await world.ARun(start: new DateTime(2026, 11, 1));
        var ioana = world.As("Ioana Marin");
        var page = await ioana.Open(run.At("later?as=learner"));
        Assert.DoesNotContain("CANARY-LATER", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("#as-learner"));
        Assert.Contains("CANARY-LATER", (await ioana.Open(run.At("later"))).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_holds_for_the_course_it_was_chosen_in_and_gives_nobody_anything()
    {
        var one = await world.ARun(start: new DateTime(2026, 11, 1));
        var other = await world.ARun(start: new DateTime(2026, 11, 1));
        var ioana = world.As("Ioana Marin");
        await ioana.Submit(await ioana.Open(one.At("first")), "form[action$='/as-learner']");
        Assert.NotNull((await ioana.Open(other.At("later"))).QuerySelector("#unreleased"));

        await world.Person("Elena");
        var elena = world.As("Elena");
        var somewhere = await elena.Open("/");
        Assert.Equal(HttpStatusCode.NotFound, (await WritingTests.Post(elena, somewhere, $"/teach/{one.Term.CourseSlug}/as-learner")).StatusCode);
        Assert.DoesNotContain("CANARY-LATER", (await elena.Open(one.At("later?as=learner"))).Body!.TextContent, StringComparison.Ordinal);
    }
}
