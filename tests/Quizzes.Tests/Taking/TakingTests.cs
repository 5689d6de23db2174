using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.TestKit;
using Xunit;
using static MoocPlatform.Quizzes.Tests.Taking.AttemptPages;
using static MoocPlatform.Quizzes.Tests.Taking.TakingPages;

namespace MoocPlatform.Quizzes.Tests.Taking;

/// <summary>A quiz is opened, started, answered and submitted, by whom it may.</summary>
public sealed class TakingTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_learner_takes_a_quiz_with_forms_alone()
    {
        var course = await QuizCourse.Make(world, "attempts: 2\n");
        var ana = await course.Learner("Ana");

        var quiz = await ana.Open(course.Path);
        Assert.Contains("4 questions, 5 points", AttemptPages.Text(quiz.QuerySelector("dl.facts")), StringComparison.Ordinal);
        var (status, attempt, _) = await ana.Submit(quiz, StartButton);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("Question 1 of 4", attempt.QuerySelector("#hq1")!.TextContent);
        Assert.Contains("We hold 0 of 4 answers.", AttemptPages.Text(attempt.Body), StringComparison.Ordinal);

        (_, attempt, _) = await ana.Submit(attempt, SaveButton, ("q1", "1"), ("q3", "3,145"));
        Assert.Contains("We hold 2 of 4 answers.", AttemptPages.Text(attempt.Body), StringComparison.Ordinal);
        Assert.Equal("We read 3,145.", attempt.QuerySelector("#eq3")!.TextContent);
        Assert.True(((IHtmlInputElement)attempt.QuerySelector("input[name=q1][value='1']")!).IsChecked);

        var (_, result, path) = await ana.Submit(attempt, SubmitButton, ("q2", "0"), ("q2", "2"), ("q4", "domain"));
        Assert.EndsWith("/result", path, StringComparison.Ordinal);
        Assert.Equal("2 of 5 points, 40 %", AttemptPages.Text(result.QuerySelector(".score")));
        Assert.Equal(["Right", "Wrong", "Right", "Wrong"], result.QuerySelectorAll(".question .verdict").Select(v => v.TextContent));
        Assert.Contains("Right answer", AttemptPages.Text(result.QuerySelector("#q4 .answers")), StringComparison.Ordinal);
        Assert.Contains($"{QuizCourse.Canary} right.", AttemptPages.Text(result.QuerySelector("#q1")), StringComparison.Ordinal);
        Assert.Contains($"{QuizCourse.Canary} general.", AttemptPages.Text(result.QuerySelector("#q1")), StringComparison.Ordinal);
        Assert.Contains($"{QuizCourse.Canary} music.", AttemptPages.Text(result.QuerySelector("#q2")), StringComparison.Ordinal);
        Assert.Contains($"{QuizCourse.Canary} number.", AttemptPages.Text(result.QuerySelector("#q3")), StringComparison.Ordinal);
        Assert.Matches("^[0-9A-Z]{4}-[0-9A-Z]{4}$", result.QuerySelector("code")!.TextContent);
        Assert.Contains("Try again: 1 attempt left", AttemptPages.Text(result.Body), StringComparison.Ordinal);

        quiz = await ana.Open(course.Path);
        Assert.Contains("2 of 5", AttemptPages.Text(quiz.QuerySelector("table")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passing_is_told_to_the_progress()
    {
        var course = await QuizCourse.Make(world);
        var ana = await course.Learner("Ana");
        var (_, result, _) = await ana.Submit(await ana.Start(course), SubmitButton, AllRight);
        Assert.Equal("5 of 5 points, 100 %", AttemptPages.Text(result.QuerySelector(".score")));
        await world.Settle();
        var state = await world.Send(new EnrolmentQuery(course.RunId, await world.Person("Ana")));
        Assert.True(state!.IsDone(course.Item.Number));
    }

    [Fact]
    public async Task Nothing_that_is_right_leaves_the_server_before_submitting()
    {
        var course = await QuizCourse.Make(world, "shuffle: true\n");
        var ana = await course.Learner("Ana");
        var bodies = new List<string> { (await ana.Open(course.Path)).ToHtml(), (await ana.Start(course)).ToHtml() };
        var attempt = await course.AttemptOf("Ana");
        bodies.Add(await (await world.Steps(course, ana, (1, 0, "1"), (2, 1, "2"), (3, 2, "1"), (4, 3, "wrong"))).Content.ReadAsStringAsync());
        bodies.Add((await ana.Open(course.AttemptPath(attempt) + "/result")).ToHtml());
        var (_, saved, _) = await ana.Submit(await ana.Open(course.AttemptPath(attempt)), SaveButton);
        bodies.Add(saved.ToHtml());
        bodies.Add((await ana.Open(course.Path)).ToHtml());
        Assert.All(bodies, body => Assert.DoesNotContain(QuizCourse.Canary, body, StringComparison.OrdinalIgnoreCase));

        var (_, result, _) = await ana.Submit(saved, SubmitButton);
        Assert.Contains(QuizCourse.Canary, result.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twenty_clicks_on_start_make_one_attempt()
    {
        var course = await QuizCourse.Make(world, "attempts: 3\n");
        var ana = await course.Learner("Ana");
        var pages = new List<IHtmlDocument>();
        for (var tab = 0; tab < 4; tab++)
            pages.Add(await ana.Open(course.Path));
        var started = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => ana.Submit(pages[i % 4], StartButton)));
        Assert.Single(started.Select(s => s.Path).Distinct());
        Assert.Equal(1, await course.CountAttempts());
    }

    [Fact]
    public async Task Fifty_submits_at_once_are_graded_once_and_see_the_same_result()
    {
        var course = await QuizCourse.Make(world);
        var ana = await course.Learner("Ana");
        var page = await ana.Start(course);
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ana.Submit(page, SubmitButton, AllRight)));
        Assert.All(results, r => Assert.Equal(HttpStatusCode.OK, r.Status));
        Assert.Single(results.Select(r => AttemptPages.Text(r.Page.QuerySelector("main"))).Distinct());
        Assert.Equal(4, await world.CountSteps(course));
    }

    [Fact]
    public async Task With_no_attempts_left_none_starts()
    {
        var course = await QuizCourse.Make(world, "attempts: 1\n");
        var ana = await course.Learner("Ana");
        var before = await ana.Open(course.Path);
        var (_, page, _) = await ana.Submit(before, StartButton);
        await ana.Submit(page, SubmitButton);

        Assert.Contains("You have used all your attempts.", AttemptPages.Text((await ana.Open(course.Path)).Body), StringComparison.Ordinal);
        var (status, refused, _) = await ana.Submit(before, StartButton, ("key", Guid.CreateVersion7().ToString()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("You have used your one attempt at this quiz.", AttemptPages.Text(refused.Body), StringComparison.Ordinal);
        Assert.Equal(1, await course.CountAttempts());
    }

    [Fact]
    public async Task Who_has_not_joined_is_shown_how_to()
    {
        var course = await QuizCourse.Make(world);
        await course.Learner("Ana");
        var joined = await world.As("Ana").Open(course.Path);
        await world.Person("Bob");
        var bob = world.As("Bob");
        var page = await bob.Open(course.Path);
        Assert.Contains("Join the course to take this quiz", AttemptPages.Text(page.Body), StringComparison.Ordinal);

        var (status, refused, _) = await bob.Submit(await AsOther(joined, bob, course), StartButton);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("Join the course first", AttemptPages.Text(refused.Body), StringComparison.Ordinal);
        Assert.Equal(0, await course.CountAttempts());
    }

    [Theory]
    [InlineData("", 3, 0, "The course starts on")]
    [InlineData("", -1, 5, "This part of the course opens on")]
    [InlineData("opens: { day: 5, time: \"08:00\" }\n", -1, 0, "This quiz opens on")]
    [InlineData("due: { day: 1, time: \"08:00\" }\n", -3, 0, "This quiz closed on")]
    public async Task When_a_quiz_is_not_open_the_page_says_why_and_nothing_starts(string settings, int start, int release, string why)
    {
        var course = await QuizCourse.Make(world, settings, start, release: release);
        var ana = await course.Learner("Ana");
        var page = await ana.Open(course.Path);
        Assert.Contains(why, AttemptPages.Text(page.Body), StringComparison.Ordinal);
        Assert.Null(page.QuerySelector(StartButton));

        var open = await QuizCourse.Make(world);
        var form = await (await open.Learner("Ana")).Open(open.Path);
        var (status, refused, _) = await ana.Submit(await AsOther(form, ana, course), StartButton);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains(why, AttemptPages.Text(refused.Body), StringComparison.Ordinal);
        Assert.Equal(0, await course.CountAttempts());
    }

    [Fact]
    public async Task An_attempt_of_somebody_else_does_not_exist()
    {
        var course = await QuizCourse.Make(world);
        var ana = await course.Learner("Ana");
        var page = await ana.Start(course);
        var attempt = await course.AttemptOf("Ana");
        var eve = await course.Learner("Eve");
        await eve.Start(course);

        await eve.Open(course.AttemptPath(attempt), HttpStatusCode.NotFound);
        await eve.Open(course.AttemptPath(attempt) + "/result", HttpStatusCode.NotFound);
        Assert.Equal(HttpStatusCode.NotFound, (await Steps(course, eve, attempt, (1, 0, "1"))).StatusCode);
        var (status, _, _) = await eve.Submit(await AsOther(page, eve, course, "/attempt/" + attempt.Id.ToString("N")), SubmitButton);
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.True((await course.AttemptOf("Ana")).IsOpen);

        // The same id under another quiz.
        var other = await QuizCourse.Make(world);
        await (await other.Learner("Ana")).Open(other.AttemptPath(attempt), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_visitor_is_sent_to_sign_in()
    {
        var course = await QuizCourse.Make(world);
        var answer = await world.As(null).Client.GetAsync(new Uri(course.Path, UriKind.Relative));
        Assert.True(answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_quiz_that_does_not_exist_is_not_found()
    {
        var course = await QuizCourse.Make(world);
        var ana = await course.Learner("Ana");
        await ana.Open(course.Path + "x", HttpStatusCode.NotFound);
        await ana.Open(course.Path.Replace("/one/", "/two/", StringComparison.Ordinal), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Options_keep_the_order_that_was_dealt_and_are_graded_by_what_was_shown()
    {
        var course = await QuizCourse.Make(world, "shuffle: true\n", questions: "## A {single}\nWhich?\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"- ({(i == 4 ? 'x' : ' ')}) option{i}\n")));
        var ana = await course.Learner("Ana");
        var page = await ana.Start(course);
        var shown = page.QuerySelectorAll(".choice span").Select(s => s.TextContent).ToList();
        Assert.NotEqual(Enumerable.Range(0, 12).Select(i => $"option{i}"), shown);
        Assert.Equal(shown, (await ana.Open(course.AttemptPath(await course.AttemptOf("Ana")))).QuerySelectorAll(".choice span").Select(s => s.TextContent));
        var (_, result, _) = await ana.Submit(page, SubmitButton, ("q1", shown.IndexOf("option4").ToString()));
        Assert.Equal("1 of 1 point, 100 %", AttemptPages.Text(result.QuerySelector(".score")));
    }

    [Fact]
    public async Task An_attempt_keeps_the_questions_it_was_dealt_when_the_quiz_is_changed()
    {
        var course = await QuizCourse.Make(world);
        var ana = await course.Learner("Ana");
        var page = await ana.Start(course);
        await course.Import(await world.Person("Owner"), questions: QuizCourse.Questions.Replace("= 3145 +- 0.5", "= 4000", StringComparison.Ordinal));
        var (_, result, _) = await ana.Submit(page, SubmitButton, AllRight);
        Assert.Equal("5 of 5 points, 100 %", AttemptPages.Text(result.QuerySelector(".score")));

        (_, result, _) = await ana.Submit(await ana.Start(course), SubmitButton, AllRight);
        Assert.Equal("4 of 5 points, 80 %", AttemptPages.Text(result.QuerySelector(".score")));
    }
}
