using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.TestKit;
using Xunit;
using static MoocPlatform.Quizzes.Tests.Taking.AttemptPages;
using static MoocPlatform.Quizzes.Tests.Taking.TakingPages;

namespace MoocPlatform.Quizzes.Tests.Taking;

/// <summary>An attempt ends: by its deadline, by the date of the quiz, with the run.</summary>
public sealed class EndingTests(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData(120, "120 min left")]
    [InlineData(121, "2 h 1 min left")]
    [InlineData(2880, "48 h 0 min left")]
    [InlineData(4505, "3 d 3 h left")]
    public async Task The_time_left_is_told_in_hours_and_days_where_there_is_much(int minutes, string said)
    {
        var course = await QuizCourse.Make(world, $"timeLimit: {minutes}\n");
        var ana = await course.Learner("Ana");
        Assert.Contains(said, AttemptPages.Text((await ana.Start(course)).QuerySelector(".timer")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_count_until_five_seconds_after_the_deadline_and_not_later()
    {
        var course = await QuizCourse.Make(world, "timeLimit: 10\n");
        var ana = await course.Learner("Ana");
        var page = await ana.Start(course);
        var deadline = (await course.AttemptOf("Ana")).Deadline!.Value;
        Assert.Equal(world.Clock.Now.AddMinutes(10), deadline);
        Assert.Contains("10 min left", AttemptPages.Text(page.QuerySelector(".timer")), StringComparison.Ordinal);

        world.Clock.Now = deadline.AddSeconds(5);
        Assert.Equal(1, await HeldAfter(world.Steps(course, ana, (1, 0, "1"))));
        world.Clock.Now = deadline.AddSeconds(5.001);
        var late = await world.Steps(course, ana, (2, 3, "public domain"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
        Assert.Contains("Your time ended on", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var attempt = await course.AttemptOf("Ana");
        Assert.Equal((AttemptEnd.TimeUp, deadline, 1m), (attempt.End, attempt.SubmittedAt, attempt.Score));
    }

    [Fact]
    public async Task At_the_deadline_what_was_saved_is_submitted_by_the_schedule()
    {
        var course = await QuizCourse.Make(world, "timeLimit: 10\n");
        var ana = await course.Learner("Ana");
        await ana.Start(course);
        await world.Steps(course, ana, (1, 0, "1"));
        var deadline = (await course.AttemptOf("Ana")).Deadline!.Value;
        await world.At(deadline.AddSeconds(1));
        Assert.True((await course.AttemptOf("Ana")).IsOpen);
        await world.At(deadline.AddSeconds(6)); // attempts of the same second end together

        var attempt = await course.AttemptOf("Ana");
        Assert.Equal((AttemptEnd.TimeUp, deadline, 1m), (attempt.End, attempt.SubmittedAt, attempt.Score));
        Assert.Contains("The time was up.", AttemptPages.Text((await ana.Open(course.AttemptPath(attempt))).Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_submit_after_the_deadline_is_refused_and_what_was_written_stays_on_the_page()
    {
        var course = await QuizCourse.Make(world, "timeLimit: 10\n");
        var ana = await course.Learner("Ana");
        var page = await ana.Start(course);
        world.Clock.Now += TimeSpan.FromMinutes(11);
        var (status, refused, _) = await ana.Submit(page, SubmitButton, ("q4", "my own words"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("Your time ended on", AttemptPages.Text(refused.Body), StringComparison.Ordinal);
        Assert.Equal("my own words", ((IHtmlInputElement)refused.QuerySelector("input[name=q4]")!).Value);
        Assert.Equal(0, (await course.AttemptOf("Ana")).Score);
    }

    [Fact]
    public async Task An_attempt_whose_time_is_up_does_not_stand_in_the_way_of_the_next()
    {
        var course = await QuizCourse.Make(world, "timeLimit: 10\n");
        var ana = await course.Learner("Ana");
        var before = await ana.Open(course.Path);
        await ana.Start(course);
        world.Clock.Now += TimeSpan.FromMinutes(11);
        Assert.Contains("Your time is up.", AttemptPages.Text((await ana.Open(course.AttemptPath(await course.AttemptOf("Ana")))).Body), StringComparison.Ordinal);
        await ana.Submit(before, StartButton, ("key", Guid.CreateVersion7().ToString()));
        Assert.Equal(AttemptEnd.TimeUp, (await course.AttemptOf("Ana")).End);
        Assert.True((await course.AttemptOf("Ana", 2)).IsOpen);
    }

    [Fact]
    public async Task A_date_in_the_quiz_ends_attempts_too()
    {
        var course = await QuizCourse.Make(world, "timeLimit: 10000\ndue: { day: 3, time: \"23:59\" }\n");
        var ana = await course.Learner("Ana");
        await ana.Start(course);
        Assert.Equal(course.Item.DueAt, (await course.AttemptOf("Ana")).Deadline);
    }

    [Fact]
    public async Task The_end_of_a_run_submits_every_open_attempt_with_what_was_saved()
    {
        var course = await QuizCourse.Make(world, days: 2);
        var (ana, bob) = (await course.Learner("Ana"), await course.Learner("Bob"));
        await ana.Start(course);
        var form = await bob.Start(course);
        await Steps(course, ana, await course.AttemptOf("Ana"), (1, 0, "1"));
        await world.At(course.Run.End);

        var (first, second) = (await course.AttemptOf("Ana"), await course.AttemptOf("Bob"));
        Assert.Equal((AttemptEnd.RunOver, course.Run.End, 1m), (first.End, first.SubmittedAt, first.Score));
        Assert.Equal((AttemptEnd.RunOver, course.Run.End, 0m), (second.End, second.SubmittedAt, second.Score));

        // A form kept open past the end.
        var (status, refused, _) = await bob.Submit(form, SubmitButton, ("q4", "my own words"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("This run of the course ended on", AttemptPages.Text(refused.Body), StringComparison.Ordinal);
        Assert.Equal("my own words", ((IHtmlInputElement)refused.QuerySelector("input[name=q4]")!).Value);
        Assert.Equal(0, (await course.AttemptOf("Bob")).Score);
        Assert.Contains("This run of the course ended on", AttemptPages.Text((await ana.Open(course.Path)).Body), StringComparison.Ordinal);
    }
}
