using System.Net;
using System.Text.Json;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Persistence;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Quizzes.Tests.Taking;

public sealed class TakingTests(World world) : IClassFixture<World>
{
    private const string StartButton = "input[name=key]";
    private const string SaveButton = "button[value=save]";
    private const string SubmitButton = "button[value=submit]";

    private static readonly (string, string)[] AllRight = [("q1", "1"), ("q2", "0"), ("q2", "1"), ("q3", "3,145"), ("q4", "Public  Domain")];

    [Fact]
    public async Task A_learner_takes_a_quiz_with_forms_alone()
    {
        var course = await QuizCourse.Make(world, "attempts: 2\n");
        var ana = await course.Learner("Ana");

        var quiz = await ana.Open(course.Path);
        Assert.Contains("4 questions, 5 points", Text(quiz.QuerySelector("dl.facts")), StringComparison.Ordinal);
        var (status, attempt, _) = await ana.Submit(quiz, StartButton);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("Question 1 of 4", attempt.QuerySelector("#hq1")!.TextContent);
        Assert.Contains("We hold 0 of 4 answers.", Text(attempt.Body), StringComparison.Ordinal);

        (_, attempt, _) = await ana.Submit(attempt, SaveButton, ("q1", "1"), ("q3", "3,145"));
        Assert.Contains("We hold 2 of 4 answers.", Text(attempt.Body), StringComparison.Ordinal);
        Assert.Equal("We read 3,145.", attempt.QuerySelector("#eq3")!.TextContent);
        Assert.True(((IHtmlInputElement)attempt.QuerySelector("input[name=q1][value='1']")!).IsChecked);

        var (_, result, path) = await ana.Submit(attempt, SubmitButton, ("q2", "0"), ("q2", "2"), ("q4", "domain"));
        Assert.EndsWith("/result", path, StringComparison.Ordinal);
        Assert.Equal("2 of 5 points, 40 %", Text(result.QuerySelector(".score")));
        Assert.Equal(["Right", "Wrong", "Right", "Wrong"], result.QuerySelectorAll(".question .verdict").Select(v => v.TextContent));
        Assert.Contains("Right answer", Text(result.QuerySelector("#q4 .answers")), StringComparison.Ordinal);
        Assert.Contains($"{QuizCourse.Canary} right.", Text(result.QuerySelector("#q1")), StringComparison.Ordinal);
        Assert.Contains($"{QuizCourse.Canary} general.", Text(result.QuerySelector("#q1")), StringComparison.Ordinal);
        Assert.Contains($"{QuizCourse.Canary} music.", Text(result.QuerySelector("#q2")), StringComparison.Ordinal);
        Assert.Contains($"{QuizCourse.Canary} number.", Text(result.QuerySelector("#q3")), StringComparison.Ordinal);
        Assert.Matches("^[0-9A-Z]{4}-[0-9A-Z]{4}$", result.QuerySelector("code")!.TextContent);
        Assert.Contains("Try again: 1 attempt left", Text(result.Body), StringComparison.Ordinal);

        quiz = await ana.Open(course.Path);
        Assert.Contains("2 of 5", Text(quiz.QuerySelector("table")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passing_is_told_to_the_progress()
    {
        var course = await QuizCourse.Make(world);
        var ana = await course.Learner("Ana");
        var (_, result, _) = await ana.Submit(await Started(course, ana), SubmitButton, AllRight);
        Assert.Equal("5 of 5 points, 100 %", Text(result.QuerySelector(".score")));
        await world.Settle();
        var state = await world.Send(new EnrolmentQuery(course.RunId, await world.Person("Ana")));
        Assert.True(state!.IsDone(course.Item.Number));
    }

    [Fact]
    public async Task Nothing_that_is_right_leaves_the_server_before_submitting()
    {
        var course = await QuizCourse.Make(world, "shuffle: true\n");
        var ana = await course.Learner("Ana");
        var bodies = new List<string> { (await ana.Open(course.Path)).ToHtml(), (await Started(course, ana)).ToHtml() };
        var attempt = await course.AttemptOf("Ana");
        bodies.Add(await (await Steps(course, ana, (1, 0, "1"), (2, 1, "2"), (3, 2, "1"), (4, 3, "wrong"))).Content.ReadAsStringAsync());
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
        var page = await Started(course, ana);
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ana.Submit(page, SubmitButton, AllRight)));
        Assert.All(results, r => Assert.Equal(HttpStatusCode.OK, r.Status));
        Assert.Single(results.Select(r => Text(r.Page.QuerySelector("main"))).Distinct());
        Assert.Equal(4, await CountSteps(course));
    }

    [Fact]
    public async Task With_no_attempts_left_none_starts()
    {
        var course = await QuizCourse.Make(world, "attempts: 1\n");
        var ana = await course.Learner("Ana");
        var before = await ana.Open(course.Path);
        var (_, page, _) = await ana.Submit(before, StartButton);
        await ana.Submit(page, SubmitButton);

        Assert.Contains("You have used all your attempts.", Text((await ana.Open(course.Path)).Body), StringComparison.Ordinal);
        var (status, refused, _) = await ana.Submit(before, StartButton, ("key", Guid.CreateVersion7().ToString()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("You have used your one attempt at this quiz.", Text(refused.Body), StringComparison.Ordinal);
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
        Assert.Contains("Join the course to take this quiz", Text(page.Body), StringComparison.Ordinal);

        var (status, refused, _) = await bob.Submit(await AsOther(joined, bob, course), StartButton);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("Join the course first", Text(refused.Body), StringComparison.Ordinal);
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
        Assert.Contains(why, Text(page.Body), StringComparison.Ordinal);
        Assert.Null(page.QuerySelector(StartButton));

        var open = await QuizCourse.Make(world);
        var form = await (await open.Learner("Ana")).Open(open.Path);
        var (status, refused, _) = await ana.Submit(await AsOther(form, ana, course), StartButton);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains(why, Text(refused.Body), StringComparison.Ordinal);
        Assert.Equal(0, await course.CountAttempts());
    }

    [Fact]
    public async Task An_attempt_of_somebody_else_does_not_exist()
    {
        var course = await QuizCourse.Make(world);
        var ana = await course.Learner("Ana");
        var page = await Started(course, ana);
        var attempt = await course.AttemptOf("Ana");
        var eve = await course.Learner("Eve");
        await Started(course, eve);

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
    public async Task A_step_sent_twice_is_kept_once_and_a_late_one_does_not_undo_a_newer()
    {
        var course = await QuizCourse.Make(world);
        var ana = await course.Learner("Ana");
        await Started(course, ana);
        Assert.Equal(1, await HeldAfter(Steps(course, ana, (2, 3, "newer"))));
        Assert.Equal(1, await HeldAfter(Steps(course, ana, (2, 3, "newer"))));
        Assert.Equal(1, await HeldAfter(Steps(course, ana, (1, 3, "older"), (2, 3, "newer"))));
        Assert.Equal("newer", (await course.AttemptOf("Ana")).Held[3]!.Answer!.Text);
        Assert.Equal(2, await CountSteps(course));

        Assert.Equal(0, await HeldAfter(Steps(course, ana, (3, 3, ""))));
    }

    [Fact]
    public async Task Of_two_pages_the_last_to_arrive_counts()
    {
        var course = await QuizCourse.Make(world);
        var ana = await course.Learner("Ana");
        await Started(course, ana);
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
        await Started(course, ana);
        var answers = await Task.WhenAll(Enumerable.Range(1, 20).Select(i => Steps(course, ana, (i, i % 4, i % 4 == 1 ? "1" : i % 4 == 0 ? "0" : i.ToString()))));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        Assert.Equal(20, await CountSteps(course));
        Assert.Equal("19", (await course.AttemptOf("Ana")).Held[3]!.Answer!.Text);
        Assert.Equal(4, (await course.AttemptOf("Ana")).HeldCount);
    }

    [Fact]
    public async Task A_form_rendered_long_ago_does_not_undo_what_another_page_answered()
    {
        var course = await QuizCourse.Make(world);
        var ana = await course.Learner("Ana");
        var old = await Started(course, ana);
        world.Clock.Now += TimeSpan.FromSeconds(1);
        await Steps(course, ana, (1, 0, "1"), (2, 3, "public domain"));
        var (_, result, _) = await ana.Submit(old, SubmitButton, ("q3", "3145"));
        Assert.Equal("3 of 5 points, 60 %", Text(result.QuerySelector(".score")));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[null, {\"sequence\":1,\"question\":99,\"values\":[\"1\"]}, {\"sequence\":2,\"question\":-1,\"values\":[]}, {\"sequence\":-1,\"question\":0,\"values\":[\"1\"]}]")]
    [InlineData("[{\"sequence\":1,\"question\":0,\"values\":[\"99\"]}, {\"sequence\":2,\"question\":1,\"values\":[\"x\", \"-1\", \"\"]}, {\"sequence\":3,\"question\":0}]")]
    public async Task Steps_that_make_no_sense_are_no_answers(string steps)
    {
        var course = await QuizCourse.Make(world);
        var ana = await course.Learner("Ana");
        await Started(course, ana);
        Assert.Equal(0, await HeldAfter(Send(course, ana, await course.AttemptOf("Ana"), steps, Guid.CreateVersion7())));
    }

    [Fact]
    public async Task Steps_that_cannot_be_read_are_refused()
    {
        var course = await QuizCourse.Make(world);
        var ana = await course.Learner("Ana");
        await Started(course, ana);
        Assert.Equal(HttpStatusCode.BadRequest, (await Send(course, ana, await course.AttemptOf("Ana"), "{", Guid.CreateVersion7())).StatusCode);
    }

    [Fact]
    public async Task Numbers_are_read_and_echoed_in_the_language_of_the_page()
    {
        var course = await QuizCourse.Make(world);
        var ana = await course.Learner("Ana");
        await Started(course, ana);
        ana.Client.DefaultRequestHeaders.Add("Accept-Language", "ro");
        var answer = await (await Steps(course, ana, (1, 2, "3.145"))).Content.ReadAsStringAsync();
        Assert.Equal("Am citit 3.145.", JsonDocument.Parse(answer).RootElement.GetProperty("echoes").GetProperty("2").GetString());
        Assert.Equal(3145, (await course.AttemptOf("Ana")).Held[2]!.Answer!.Number);
    }

    [Fact]
    public async Task Answers_count_until_five_seconds_after_the_deadline_and_not_later()
    {
        var course = await QuizCourse.Make(world, "timeLimit: 10\n");
        var ana = await course.Learner("Ana");
        var page = await Started(course, ana);
        var deadline = (await course.AttemptOf("Ana")).Deadline!.Value;
        Assert.Equal(world.Clock.Now.AddMinutes(10), deadline);
        Assert.Contains("10 min left", Text(page.QuerySelector(".timer")), StringComparison.Ordinal);

        world.Clock.Now = deadline.AddSeconds(5);
        Assert.Equal(1, await HeldAfter(Steps(course, ana, (1, 0, "1"))));
        world.Clock.Now = deadline.AddSeconds(5.001);
        var late = await Steps(course, ana, (2, 3, "public domain"));
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
        await Started(course, ana);
        await Steps(course, ana, (1, 0, "1"));
        var deadline = (await course.AttemptOf("Ana")).Deadline!.Value;
        await world.At(deadline.AddSeconds(1));
        Assert.True((await course.AttemptOf("Ana")).IsOpen);
        await world.At(deadline.AddSeconds(5));

        var attempt = await course.AttemptOf("Ana");
        Assert.Equal((AttemptEnd.TimeUp, deadline, 1m), (attempt.End, attempt.SubmittedAt, attempt.Score));
        Assert.Contains("The time was up.", Text((await ana.Open(course.AttemptPath(attempt))).Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_submit_after_the_deadline_is_refused_and_what_was_written_stays_on_the_page()
    {
        var course = await QuizCourse.Make(world, "timeLimit: 10\n");
        var ana = await course.Learner("Ana");
        var page = await Started(course, ana);
        world.Clock.Now += TimeSpan.FromMinutes(11);
        var (status, refused, _) = await ana.Submit(page, SubmitButton, ("q4", "my own words"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("Your time ended on", Text(refused.Body), StringComparison.Ordinal);
        Assert.Equal("my own words", ((IHtmlInputElement)refused.QuerySelector("input[name=q4]")!).Value);
        Assert.Equal(0, (await course.AttemptOf("Ana")).Score);
    }

    [Fact]
    public async Task An_attempt_whose_time_is_up_does_not_stand_in_the_way_of_the_next()
    {
        var course = await QuizCourse.Make(world, "timeLimit: 10\n");
        var ana = await course.Learner("Ana");
        var before = await ana.Open(course.Path);
        await Started(course, ana);
        world.Clock.Now += TimeSpan.FromMinutes(11);
        Assert.Contains("Your time is up.", Text((await ana.Open(course.AttemptPath(await course.AttemptOf("Ana")))).Body), StringComparison.Ordinal);
        await ana.Submit(before, StartButton, ("key", Guid.CreateVersion7().ToString()));
        Assert.Equal(AttemptEnd.TimeUp, (await course.AttemptOf("Ana")).End);
        Assert.True((await course.AttemptOf("Ana", 2)).IsOpen);
    }

    [Fact]
    public async Task A_date_in_the_quiz_ends_attempts_too()
    {
        var course = await QuizCourse.Make(world, "timeLimit: 10000\ndue: { day: 3, time: \"23:59\" }\n");
        var ana = await course.Learner("Ana");
        await Started(course, ana);
        Assert.Equal(course.Item.DueAt, (await course.AttemptOf("Ana")).Deadline);
    }

    [Fact]
    public async Task The_end_of_a_run_submits_every_open_attempt_with_what_was_saved()
    {
        var course = await QuizCourse.Make(world, days: 2);
        var (ana, bob) = (await course.Learner("Ana"), await course.Learner("Bob"));
        await Started(course, ana);
        var form = await Started(course, bob);
        await Steps(course, ana, await course.AttemptOf("Ana"), (1, 0, "1"));
        await world.At(course.Run.End);

        var (first, second) = (await course.AttemptOf("Ana"), await course.AttemptOf("Bob"));
        Assert.Equal((AttemptEnd.RunOver, course.Run.End, 1m), (first.End, first.SubmittedAt, first.Score));
        Assert.Equal((AttemptEnd.RunOver, course.Run.End, 0m), (second.End, second.SubmittedAt, second.Score));

        // A form kept open past the end.
        var (status, refused, _) = await bob.Submit(form, SubmitButton, ("q4", "my own words"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("This run of the course ended on", Text(refused.Body), StringComparison.Ordinal);
        Assert.Equal("my own words", ((IHtmlInputElement)refused.QuerySelector("input[name=q4]")!).Value);
        Assert.Equal(0, (await course.AttemptOf("Bob")).Score);
        Assert.Contains("This run of the course ended on", Text((await ana.Open(course.Path)).Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_keep_the_order_that_was_dealt_and_are_graded_by_what_was_shown()
    {
        var course = await QuizCourse.Make(world, "shuffle: true\n", questions: "## A {single}\nWhich?\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"- ({(i == 4 ? 'x' : ' ')}) option{i}\n")));
        var ana = await course.Learner("Ana");
        var page = await Started(course, ana);
        var shown = page.QuerySelectorAll(".choice span").Select(s => s.TextContent).ToList();
        Assert.NotEqual(Enumerable.Range(0, 12).Select(i => $"option{i}"), shown);
        Assert.Equal(shown, (await ana.Open(course.AttemptPath(await course.AttemptOf("Ana")))).QuerySelectorAll(".choice span").Select(s => s.TextContent));
        var (_, result, _) = await ana.Submit(page, SubmitButton, ("q1", shown.IndexOf("option4").ToString()));
        Assert.Equal("1 of 1 point, 100 %", Text(result.QuerySelector(".score")));
    }

    [Fact]
    public async Task An_attempt_keeps_the_questions_it_was_dealt_when_the_quiz_is_changed()
    {
        var course = await QuizCourse.Make(world);
        var ana = await course.Learner("Ana");
        var page = await Started(course, ana);
        await course.Import(await world.Person("Owner"), questions: QuizCourse.Questions.Replace("= 3145 +- 0.5", "= 4000", StringComparison.Ordinal));
        var (_, result, _) = await ana.Submit(page, SubmitButton, AllRight);
        Assert.Equal("5 of 5 points, 100 %", Text(result.QuerySelector(".score")));

        (_, result, _) = await ana.Submit(await Started(course, ana), SubmitButton, AllRight);
        Assert.Equal("4 of 5 points, 80 %", Text(result.QuerySelector(".score")));
    }

    private async Task<IHtmlDocument> Started(QuizCourse course, Browser learner)
    {
        var (status, page, _) = await learner.Submit(await learner.Open(course.Path), StartButton);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.NotNull(page.QuerySelector("form[data-attempt]"));
        return page;
    }

    // A form as this person would have it, at another address: its fields are the person's own, so that only the rule refuses.
    private static async Task<IHtmlDocument> AsOther(IHtmlDocument form, Browser browser, QuizCourse course, string rest = "")
    {
        var token = (await Token(browser)).Value;
        foreach (var field in form.QuerySelectorAll<IHtmlInputElement>("input[name=__RequestVerificationToken]"))
            field.Value = token;
        foreach (var element in form.QuerySelectorAll<IHtmlFormElement>("form"))
            element.SetAttribute("action", course.Path + rest);
        return form;
    }

    private static string Text(IElement? element) =>
        string.Join(' ', element!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private Task<int> CountSteps(QuizCourse course) => world.Db<QuizzesDb, int>(
        db => db.Steps.CountAsync(s => db.Attempts.Any(a => a.Id == s.AttemptId && a.RunId == course.RunId)));

    private async Task<HttpResponseMessage> Steps(QuizCourse course, Browser learner, params (int Sequence, int Question, string Value)[] steps) =>
        await Steps(course, learner, await world.Db<QuizzesDb, Attempt>(db => db.Attempts.AsNoTracking().OrderByDescending(a => a.Number).FirstAsync(a => a.RunId == course.RunId)), steps);

    private static Task<HttpResponseMessage> Steps(QuizCourse course, Browser learner, Attempt attempt, params (int Sequence, int Question, string Value)[] steps) =>
        Steps(course, learner, attempt, steps, attempt.Id);

    private static Task<HttpResponseMessage> Steps(QuizCourse course, Browser learner, Attempt attempt, (int Sequence, int Question, string Value)[] steps, Guid page) =>
        Send(course, learner, attempt, JsonSerializer.Serialize(steps.Select(s => new { sequence = s.Sequence, question = s.Question, values = new[] { s.Value } })), page);

    private static async Task<HttpResponseMessage> Send(QuizCourse course, Browser learner, Attempt attempt, string steps, Guid page)
    {
        var token = await Token(learner, course.Path);
        return await learner.Client.PostAsync(new Uri(course.AttemptPath(attempt) + "/steps", UriKind.Relative), new FormUrlEncodedContent(
            [new("page", page.ToString("N")), new("steps", steps), new(token.Name!, token.Value)]));
    }

    // The script takes the token of its page; it is the same for every page of a person.
    private static async Task<IHtmlInputElement> Token(Browser learner, string path = "/my") =>
        (await learner.Open(path)).QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!;

    private static async Task<int> HeldAfter(Task<HttpResponseMessage> sent)
    {
        var answer = await sent;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("held").GetInt32();
    }
}
