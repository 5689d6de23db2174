using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using MoocPlatform.TestKit;
using Xunit;
using static MoocPlatform.Quizzes.Tests.Taking.AttemptPages;
using static MoocPlatform.Quizzes.Tests.Taking.TakingPages;

namespace MoocPlatform.Quizzes.Tests.Taking;

/// <summary>Answers as they arrive: twice, late, from two pages, or as nonsense.</summary>
public sealed class StepTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_step_sent_twice_is_kept_once_and_a_late_one_does_not_undo_a_newer()
    {
        var course = await QuizCourse.Make(world);
        var ana = await course.Learner("Ana");
        await ana.Start(course);
        Assert.Equal(1, await HeldAfter(world.Steps(course, ana, (2, 3, "newer"))));
        Assert.Equal(1, await HeldAfter(world.Steps(course, ana, (2, 3, "newer"))));
        Assert.Equal(1, await HeldAfter(world.Steps(course, ana, (1, 3, "older"), (2, 3, "newer"))));
        Assert.Equal("newer", (await course.AttemptOf("Ana")).Held[3]!.Answer!.Text);
        Assert.Equal(2, await world.CountSteps(course));

        Assert.Equal(0, await HeldAfter(world.Steps(course, ana, (3, 3, ""))));
    }

    [Fact]
    public async Task Of_two_pages_the_last_to_arrive_counts()
    {
        var course = await QuizCourse.Make(world);
        var ana = await course.Learner("Ana");
        await ana.Start(course);
        var attempt = await course.AttemptOf("Ana");
        await Steps(course, ana, attempt, [(9, 3, "first tab")], Guid.CreateVersion7());
        await Steps(course, ana, attempt, [(1, 3, "second tab")], Guid.CreateVersion7());
        Assert.Equal("second tab", (await course.AttemptOf("Ana")).Held[3]!.Answer!.Text);
    }

    [Fact]
    public async Task Steps_that_meet_are_all_kept()
    {
        var course = await QuizCourse.Make(world);
        var ana = await course.Learner("Ana");
        await ana.Start(course);
        var answers = await Task.WhenAll(Enumerable.Range(1, 20).Select(i => world.Steps(course, ana, (i, i % 4, i % 4 == 1 ? "1" : i % 4 == 0 ? "0" : i.ToString()))));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        Assert.Equal(20, await world.CountSteps(course));
        Assert.Equal("19", (await course.AttemptOf("Ana")).Held[3]!.Answer!.Text);
        Assert.Equal(4, (await course.AttemptOf("Ana")).HeldCount);
    }

    [Fact]
    public async Task A_form_rendered_long_ago_does_not_undo_what_another_page_answered()
    {
        var course = await QuizCourse.Make(world);
        var ana = await course.Learner("Ana");
        var old = await ana.Start(course);
        world.Clock.Now += TimeSpan.FromSeconds(1);
        await world.Steps(course, ana, (1, 0, "1"), (2, 3, "public domain"));
        var (_, result, _) = await ana.Submit(old, SubmitButton, ("q3", "3145"));
        Assert.Equal("3 of 5 points, 60 %", AttemptPages.Text(result.QuerySelector(".score")));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[null, {\"sequence\":1,\"question\":99,\"values\":[\"1\"]}, {\"sequence\":2,\"question\":-1,\"values\":[]}, {\"sequence\":-1,\"question\":0,\"values\":[\"1\"]}]")]
    [InlineData("[{\"sequence\":1,\"question\":0,\"values\":[\"99\"]}, {\"sequence\":2,\"question\":1,\"values\":[\"x\", \"-1\", \"\"]}, {\"sequence\":3,\"question\":0}]")]
    public async Task Steps_that_make_no_sense_are_no_answers(string steps)
    {
        var course = await QuizCourse.Make(world);
        var ana = await course.Learner("Ana");
        await ana.Start(course);
        Assert.Equal(0, await HeldAfter(Send(course, ana, await course.AttemptOf("Ana"), steps, Guid.CreateVersion7())));
    }

    [Fact]
    public async Task Steps_that_cannot_be_read_are_refused()
    {
        var course = await QuizCourse.Make(world);
        var ana = await course.Learner("Ana");
        await ana.Start(course);
        Assert.Equal(HttpStatusCode.BadRequest, (await Send(course, ana, await course.AttemptOf("Ana"), "{", Guid.CreateVersion7())).StatusCode);
    }

    [Fact]
    public async Task Numbers_are_read_and_echoed_in_the_language_of_the_page()
    {
        var course = await QuizCourse.Make(world);
        var ana = await course.Learner("Ana");
        await ana.Start(course);
        ana.Client.DefaultRequestHeaders.Add("Accept-Language", "ro");
        var answer = await (await world.Steps(course, ana, (1, 2, "3.145"))).Content.ReadAsStringAsync();
        Assert.Equal("Am citit 3.145.", JsonDocument.Parse(answer).RootElement.GetProperty("echoes").GetProperty("2").GetString());
        Assert.Equal(3145, (await course.AttemptOf("Ana")).Held[2]!.Answer!.Number);
    }
}
