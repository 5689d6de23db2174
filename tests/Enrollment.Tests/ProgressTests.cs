using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Features.Grading;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Enrollment.Reactions;
using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Enrollment.Tests;

public sealed class ProgressTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Marking_a_lesson_complete_moves_on_and_twice_counts_once()
    {
        var (run, browser, learner) = await Learner("Dana");
        var lesson = await browser.Open(run.At("first"));
        var (_, _, path) = await browser.Submit(lesson, "form.lesson-end");
        await browser.Submit(lesson, "form.lesson-end");

        Assert.Equal(run.At("second"), path);
        var state = (await world.Send(new EnrolmentQuery(run.RunId, learner)))!;
        Assert.Equal((1, true), (state.DoneCount, state.IsDone(run.Item("first").Number)));
    }

    [Fact]
    public async Task A_mark_can_be_taken_back_by_its_learner()
    {
        var (run, browser, learner) = await Learner("Emil");
        await browser.Submit(await browser.Open(run.At("first")), "form.lesson-end");
        await browser.Submit(await browser.Open(run.At("progress")), "td form");
        Assert.Equal(0, (await world.Send(new EnrolmentQuery(run.RunId, learner)))!.DoneCount);
    }

    [Fact]
    public async Task A_lesson_not_released_and_a_quiz_cannot_be_marked()
    {
        var (run, browser, learner) = await Learner("Florin");
        var lesson = await browser.Open(run.At("first"));
        foreach (var slug in (string[])["later", "check"])
        {
            var (status, page, _) = await browser.Submit(lesson, "form.lesson-end", ("item", slug));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
            Assert.NotEmpty(page.QuerySelector("#refused")!.TextContent.Trim());
        }

        Assert.Equal(0, (await world.Send(new EnrolmentQuery(run.RunId, learner)))!.DoneCount);
    }

    [Fact]
    public async Task An_open_lesson_says_so_and_the_learner_continues_there()
    {
        var (run, browser, learner) = await Learner("Gina");
        var lesson = await browser.Open(run.At("second"));
        var token = ((AngleSharp.Html.Dom.IHtmlInputElement)lesson.QuerySelector("input[name=__RequestVerificationToken]")!).Value;
        var seen = await browser.Client.PostAsync(new Uri(run.At("seen"), UriKind.Relative), new FormUrlEncodedContent(
            [new("item", "second"), new("__RequestVerificationToken", token)]));
        Assert.Equal(HttpStatusCode.NoContent, seen.StatusCode);

        var state = (await world.Send(new EnrolmentQuery(run.RunId, learner)))!;
        Assert.Equal(run.Item("second").Id, state.LastItemId);
        Assert.True(state.IsDone(run.Item("second").Number)); // its rule is "viewed"
        Assert.Contains("First lesson", (await browser.Open("/my")).QuerySelector("#cont")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_passed_quiz_is_done_though_told_twice_and_a_failed_one_is_not()
    {
        var (run, _, learner) = await Learner("Horia");
        var quiz = run.Item("check");
        await Tell(new AttemptGraded(world.Clock.Now.NewKey(), run.RunId, quiz.Id, learner, 1, 1, 5, false, world.Clock.Now));
        Assert.Equal(0, (await world.Send(new EnrolmentQuery(run.RunId, learner)))!.DoneCount);

        var passed = new AttemptGraded(world.Clock.Now.NewKey(), run.RunId, quiz.Id, learner, 2, 5, 5, true, world.Clock.Now);
        await Tell(passed);
        await Tell(passed);
        Assert.Equal(1, (await world.Send(new EnrolmentQuery(run.RunId, learner)))!.DoneCount);
        Assert.Equal(2, await world.Db((EnrollmentDb db) => db.Activities.CountAsync(a => a.LearnerId == learner && a.ItemId == quiz.Id)));
    }

    [Fact]
    public async Task Many_heard_together_count_for_each_of_their_learners_and_told_twice_count_once()
    {
        var (run, _, ana) = await Learner("Marta");
        var bob = await world.Person("Nicu");
        await world.Send(new JoinRun(run.RunId, bob));
        var quiz = run.Item("check");
        AttemptGraded Graded(Guid learner, int number, decimal score) => new(world.Clock.Now.NewKey(), run.RunId, quiz.Id, learner, number, score, 5, score >= 3, world.Clock.Now);
        AttemptGraded[] all = [Graded(ana, 1, 1), Graded(bob, 1, 2), Graded(ana, 2, 5), Graded(await world.Person("Never Joined"), 1, 5)];
        await Tell(all[1]); // heard before, as when what came with it had failed
        await Tell(all);
        await Tell(all);

        Assert.Equal((1, 0), ((await world.Send(new EnrolmentQuery(run.RunId, ana)))!.DoneCount, (await world.Send(new EnrolmentQuery(run.RunId, bob)))!.DoneCount));
        var heard = await world.Db((EnrollmentDb db) => db.Activities.Where(a => a.RunId == run.RunId && a.ItemId == quiz.Id).Select(a => a.Id).ToListAsync());
        Assert.Equal(all[..3].Select(f => f.AttemptId).Order(), heard.Order());
        var grades = await world.Db((EnrollmentDb db) => db.Enrolments.Where(e => e.RunId == run.RunId && (e.LearnerId == ana || e.LearnerId == bob)).ToDictionaryAsync(e => e.LearnerId, e => e.Grade));
        Assert.Equal((10_000, 4_000), (grades[ana], grades[bob]));
    }

    [Fact]
    public async Task Progress_rebuilt_from_the_log_is_the_same_to_the_byte()
    {
        var (run, browser, learner) = await Learner("Ilinca");
        await browser.Submit(await browser.Open(run.At("first")), "form.lesson-end");
        await Tell(new AttemptGraded(world.Clock.Now.NewKey(), run.RunId, run.Item("check").Id, learner, 1, 5, 5, true, world.Clock.Now));
        await browser.Submit(await browser.Open(run.At("progress")), "td form");

        var (kept, rebuilt) = await world.Db(async (EnrollmentDb db) =>
        {
            var enrolment = await db.Enrolments.AsNoTracking().SingleAsync(e => e.LearnerId == learner);
            var before = enrolment.Done;
            enrolment.Rebuild(await db.Activities.Where(a => a.LearnerId == learner).OrderBy(a => a.Number).ToListAsync());
            return (before, enrolment.Done);
        });
        Assert.Equal(kept, rebuilt);
        Assert.NotEmpty(kept);
    }

    [Fact]
    public async Task What_is_done_stays_done_when_steps_are_moved_taken_out_and_brought_back()
    {
        var (run, browser, learner) = await Learner("Laura");
        await browser.Submit(await browser.Open(run.At("first")), "form.lesson-end");
        var number = run.Item("first").Number;
        var before = (await world.Send(new EnrolmentQuery(run.RunId, learner)))!.Done;
        var (team, home) = (world.As("Ioana Marin"), CourseLinks.Teach(run.Term.CourseSlug));

        await team.Submit(await team.Open(home), $"button[name=down][value='{run.Item("first").Id}']");
        Assert.Equal(number, (await Items(run))["first"]);
        await team.Submit(await team.Open(home), $"button[name=draft][value='{run.Item("first").Id}']");
        Assert.DoesNotContain("first", (await Items(run)).Keys);
        Assert.Contains("0 of 3 steps done", (await browser.Open(run.At("progress"))).QuerySelector("#sum")!.TextContent, StringComparison.Ordinal);

        await team.Submit(await team.Open(home), $"button[name=publish][value='{run.Item("first").Id}']");
        Assert.Equal(number, (await Items(run))["first"]);
        var after = (await world.Send(new EnrolmentQuery(run.RunId, learner)))!;
        Assert.Equal(before, after.Done);
        Assert.True(after.IsDone(number));
        Assert.Contains("1 of 4 steps done", (await browser.Open(run.At("progress"))).QuerySelector("#sum")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Bits_are_set_taken_back_and_trimmed()
    {
        var done = Progress.With([], new Activity { ItemNumber = 17, Completes = true, Kind = ActivityKind.Completed });
        Assert.Equal([0, 0, 2], done);
        Assert.Equal(1, Progress.Count(done));
        Assert.Empty(Progress.With(done, new Activity { ItemNumber = 17, Kind = ActivityKind.TakenBack }));
        Assert.Equal(done, Progress.With(done, new Activity { ItemNumber = 17, Kind = ActivityKind.QuizTaken }));
    }

    [Fact]
    public async Task The_dashboard_shows_what_comes_and_where_to_go_on()
    {
        var (run, browser, _) = await Learner("Jana");
        var page = await browser.Open("/my");
        Assert.Contains("First lesson", page.QuerySelector("#cont")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Go on", page.QuerySelector(".agenda")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(run.At("first"), page.QuerySelector("section.continue a.button")!.GetAttribute("href"));
    }

    [Fact]
    public async Task The_dashboard_says_what_is_missing_for_completion_and_keeps_what_is_finished_apart()
    {
        var (run, browser, _) = await Learner("Mihai");
        var missing = (await browser.Open("/my")).QuerySelector("section[aria-labelledby=courses] details")!;
        Assert.Contains("4 steps are missing for completion", missing.TextContent, StringComparison.Ordinal);
        Assert.NotNull(missing.QuerySelector($"a[href='{run.At("first")}']"));
        Assert.Null(missing.QuerySelector($"a[href='{run.At("later")}']")); // not open yet: its date stands there

        await world.Send(new WritePlan(run.Term.CourseId, run.TeacherId, GradePlan.Usual with { Steps = 25 }, 0));
        await browser.Submit(await browser.Open(run.At("first")), "form.lesson-end");
        var page = await browser.Open("/my");
        Assert.Contains("Completed", page.QuerySelector("section[aria-labelledby=past]")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("section[aria-labelledby=courses]"));
    }

    [Fact]
    public async Task Who_has_no_course_yet_is_shown_the_way_to_one()
    {
        await world.Person("Karin");
        Assert.NotNull((await world.As("Karin").Open("/my")).QuerySelector(".empty a[href='/']"));
    }

    private async Task<(GivenRun Run, Browser Browser, Guid Learner)> Learner(string name)
    {
        var run = await world.ARun();
        var learner = await world.Person(name);
        await world.Send(new JoinRun(run.RunId, learner));
        return (run, world.As(name), learner);
    }

    private async Task<Dictionary<string, int>> Items(GivenRun run) => (await world.Send(new OutlineQuery(run.RunId)))!.Items.ToDictionary(i => i.Slug, i => i.Number);

    private async Task Tell(params AttemptGraded[] facts)
    {
        await using var scope = world.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<WhenAttemptGraded>().Handle(facts, CancellationToken.None);
    }
}

internal static class InstantKeys
{
    public static Guid NewKey(this DateTimeOffset now) => Guid.CreateVersion7(now);
}
