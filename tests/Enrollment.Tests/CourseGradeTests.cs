using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Features.Grading;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Enrollment.Reactions;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Enrollment.Tests;

public sealed class CourseGradeTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_learner_reads_the_grade_so_far_what_it_would_be_in_the_end_and_what_if()
    {
        var (run, browser, learner) = await Learner("Ana");
        Assert.Contains("Nothing has been graded yet", (await browser.Open(run.At("progress"))).QuerySelector("#grade")!.ParentElement!.TextContent, StringComparison.Ordinal);

        await Graded(run, learner, 1, 4);
        var page = await browser.Open(run.At("progress"));
        Assert.Contains("Your grade so far is 80", page.QuerySelector("section[aria-labelledby=grade]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("every step is done", page.QuerySelector("#rule")!.TextContent, StringComparison.Ordinal);

        var quiz = run.Item("check").Id;
        Assert.NotNull(page.QuerySelector($"section[aria-labelledby=grade] form[method=get] input[name='if-{quiz:N}']"));
        var what = await browser.Open(run.At($"progress?if-{quiz:N}=92.5"));
        Assert.Contains("92.5", what.QuerySelector("#what-if")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(8000, (await Row(run, learner)).Grade); // nothing was saved
    }

    [Fact]
    public async Task The_last_step_completes_the_course_once_and_nothing_takes_that_back()
    {
        var (run, browser, learner) = await Learner("Bela");
        await Graded(run, learner, 1, 5);
        await Do(run, learner, "first", "second", "later");

        var completed = (await Row(run, learner)).CompletedAt;
        Assert.Equal(world.Clock.Now, completed);
        await browser.Submit(await browser.Open(run.At("progress")), "td form"); // a mark is taken back
        var row = await Row(run, learner);
        Assert.Equal((Standing.Completed, 3, completed), (row.Standing, row.DoneCount, row.CompletedAt));
        await world.Send(new Features.Joining.LeaveRun(run.RunId, learner));
        await world.Send(new JoinRun(run.RunId, learner));
        Assert.Equal((Standing.Completed, completed), ((await Row(run, learner)).Standing, (await Row(run, learner)).CompletedAt));
    }

    [Fact]
    public async Task A_regrade_changes_the_grade_and_never_the_progress()
    {
        var (run, _, learner) = await Learner("Cezar");
        var attempt = await Graded(run, learner, 1, 5);
        await using (var scope = world.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<WhenAttemptRegraded>().Handle(
                [new(world.Clock.NewKey(), 1, attempt, run.RunId, run.Item("check").Id, learner, 5, 2, 5, false, "The key was wrong.", world.Clock.Now)], default);
        var row = await Row(run, learner);
        Assert.Equal((4000, 1), (row.Grade, row.DoneCount));
    }

    [Fact]
    public async Task The_team_sets_a_result_by_hand_with_a_reason_and_all_of_it_stays()
    {
        var (run, browser, learner) = await Learner("Dora");
        await Graded(run, learner, 1, 1);
        var team = world.As("Ioana Marin");
        var address = EnrollmentLinks.Learner(run.Term.CourseSlug, run.Term.RunSlug, learner);
        var form = await team.Open(address);
        var (refused, _, _) = await team.Submit(form, "aside form", ("Item", run.Item("check").Id.ToString()), ("Percent", "75,5"), ("Comment", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused);
        await team.Submit(form, "aside form", ("Item", run.Item("check").Id.ToString()), ("Percent", "75,5"), ("Comment", "The power went out."));
        await team.Submit(form, "aside form", ("Item", run.Item("check").Id.ToString()), ("Percent", "75,5"), ("Comment", "The power went out.")); // a double click
        Assert.Equal(7550, (await Row(run, learner)).Grade);
        Assert.Contains("The power went out.", (await browser.Open(run.At("progress"))).QuerySelector("section[aria-labelledby=grade]")!.TextContent, StringComparison.Ordinal);

        await team.Submit(await team.Open(address), "aside form", ("Item", Guid.Empty.ToString()), ("Percent", "60"), ("Comment", "Worked on paper."));
        Assert.Equal(6000, (await Row(run, learner)).Grade);
        await team.Submit(await team.Open(address), "aside form", ("Item", Guid.Empty.ToString()), ("Percent", ""), ("Comment", "Found the upload."));
        Assert.Equal(7550, (await Row(run, learner)).Grade);

        var history = (await team.Open(address)).QuerySelector("section[aria-labelledby=hand]")!;
        Assert.Equal(3, history.QuerySelectorAll("li").Length);
        Assert.Contains("Ioana Marin", history.TextContent, StringComparison.Ordinal);
        await world.Person("Eve");
        await world.As("Eve").Open(address, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Who_writes_the_course_changes_its_grading_and_grades_follow()
    {
        var (run, browser, learner) = await Learner("Felix");
        await Graded(run, learner, 1, 5);
        var team = world.As("Ioana Marin");
        var page = await team.Open(EnrollmentLinks.Grading(run.Term.CourseSlug));
        var (wrong, again, _) = await team.Submit(page, "main form", ("Steps", "50"), ("PassMark", "120"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong);
        Assert.Equal("50", again.QuerySelector("#Steps")!.GetAttribute("value"));

        await team.Submit(page, "main form", ("Steps", "25"), ("PassMark", "70"));
        await world.At(world.Clock.Now.AddSeconds(1));
        Assert.NotNull((await Row(run, learner)).CompletedAt); // one of four steps is enough now
        Assert.Contains("1 of its 4 steps", (await browser.Open(run.At("progress"))).QuerySelector("#rule")!.TextContent, StringComparison.Ordinal);

        var (late, _, _) = await team.Submit(page, "main form", ("Steps", "80"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late); // somebody else has changed it meanwhile
        await browser.Open(EnrollmentLinks.Grading(run.Term.CourseSlug), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Who_joins_late_reads_whether_the_course_can_still_be_completed_and_the_grade_still_possible()
    {
        var quiz = Given.Quiz.Replace("pass: 60", "pass: 60\ndue: { day: 3, time: \"23:59\" }", StringComparison.Ordinal);
        var run = await world.ARun(new DateTime(2026, 10, 20), quiz: quiz);
        Assert.Equal(new CompletionOutlook(false, 0), await world.Send(new CompletionOutlookQuery(run.RunId, world.Clock.Now)));
        await world.Send(new WritePlan(run.Term.CourseId, run.TeacherId, GradePlan.Usual with { Steps = 75 }, 0));
        Assert.Equal(new CompletionOutlook(true, 0), await world.Send(new CompletionOutlookQuery(run.RunId, world.Clock.Now)));
        Assert.Contains("the course can still be completed", (await world.As(null).Open($"/courses/{run.Term.CourseSlug}")).QuerySelector("#attainable")!.TextContent, StringComparison.Ordinal);
        await world.Send(new WritePlan(run.Term.CourseId, run.TeacherId, GradePlan.Usual with { Steps = 75, NeedsMark = true }, 1));
        Assert.False((await world.Send(new CompletionOutlookQuery(run.RunId, world.Clock.Now)))!.CanComplete);
    }

    private async Task<(GivenRun Run, Browser Browser, Guid Learner)> Learner(string name)
    {
        var run = await world.ARun();
        var learner = await world.Person(name);
        await world.Send(new JoinRun(run.RunId, learner));
        return (run, world.As(name), learner);
    }

    private async Task<Guid> Graded(GivenRun run, Guid learner, int number, decimal score)
    {
        var attempt = world.Clock.NewKey();
        await using var scope = world.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<WhenAttemptGraded>().Handle(
            [new(attempt, run.RunId, run.Item("check").Id, learner, number, score, 5, score >= 3, world.Clock.Now)], default);
        return attempt;
    }

    private async Task Do(GivenRun run, Guid learner, params string[] items)
    {
        foreach (var slug in items)
            await world.Send(new Features.Learning.CompleteItem(run.Term, run.Item(slug), world.Clock.Now, learner, Undo: false));
    }

    private Task<Enrolment> Row(GivenRun run, Guid learner) =>
        world.Db((EnrollmentDb db) => db.Enrolments.AsNoTracking().SingleAsync(e => e.RunId == run.RunId && e.LearnerId == learner));
}
