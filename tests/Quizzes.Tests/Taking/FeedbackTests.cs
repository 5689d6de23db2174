using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.TestKit;
using Xunit;
using static MoocPlatform.Quizzes.Tests.Taking.AttemptPages;

namespace MoocPlatform.Quizzes.Tests.Taking;

/// <summary>What a learner learns of an answer, and when.</summary>
public sealed class FeedbackTests(World world) : IClassFixture<World>
{
    private const string Hints = """
        ## One {#one single points=3}
        Which?

        - ( ) First
          > kanarienvogel first.
        - ( ) Second
        - (x) Third
          > kanarienvogel third.

        !> Not the first.

        !> Not the second.
        """;

    [Fact]
    public async Task With_immediate_feedback_a_checked_answer_is_shown_how_it_did_and_is_final()
    {
        var course = await QuizCourse.Make(world, "feedback: immediate\n");
        var ana = await course.Learner("Ana");
        var page = await ana.Start(course);
        Assert.DoesNotContain(QuizCourse.Canary, page.ToHtml(), StringComparison.OrdinalIgnoreCase);

        (_, page, _) = await ana.Submit(page, "button[value=check-0]", ("q1", "0"), ("q4", "domain"));
        Assert.Equal("Wrong", page.QuerySelector("#q1 .verdict").Text());
        Assert.Contains($"{QuizCourse.Canary} wrong.", page.QuerySelector("#q1").Text(), StringComparison.Ordinal);
        Assert.Contains("Right answer", page.QuerySelector("#q1").Text(), StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("input[name=q1]"));
        Assert.DoesNotContain(QuizCourse.Canary, page.QuerySelector("#q2")!.ToHtml() + page.QuerySelector("#q3")!.ToHtml() + page.QuerySelector("#q4")!.ToHtml(), StringComparison.OrdinalIgnoreCase);

        var attempt = await course.AttemptOf("Ana");
        Assert.Equal(HttpStatusCode.OK, (await ana.SendSteps(course, attempt, Guid.CreateVersion7(), (1, 0, "1"))).StatusCode);
        var (_, result, _) = await ana.Submit(await ana.Open(course.AttemptPath(attempt)), SubmitButton, ("q3", "3145"));
        Assert.Equal("1 of 5 points, 20 %", result.QuerySelector(".score").Text());
    }

    [Fact]
    public async Task With_interactive_feedback_each_wrong_try_opens_a_hint_and_costs()
    {
        var course = await QuizCourse.Make(world, "feedback: interactive\ntries: 3\npenalty: 25\n", questions: Hints);
        var ana = await course.Learner("Ana");
        var page = await ana.Start(course);
        Assert.DoesNotContain("Not the", page.Words(), StringComparison.Ordinal);

        (_, page, _) = await ana.Submit(page, "button[value=check-0]", ("q1", "0"));
        Assert.Contains("Wrong", page.QuerySelector("#q1").Text(), StringComparison.Ordinal);
        Assert.Contains("Not the first.", page.Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("Not the second.", page.Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("Right answer", page.Words(), StringComparison.Ordinal);
        Assert.Contains("2 tries left", page.Words(), StringComparison.Ordinal);

        (_, page, _) = await ana.Submit(page, "button[value=check-0]", ("q1", "0")); // a second click on the same answer is no try
        Assert.Contains("2 tries left", page.Words(), StringComparison.Ordinal);
        (_, page, _) = await ana.Submit(page, "button[value=check-0]", ("q1", "2"));
        Assert.Equal("Partly right", page.QuerySelector("#q1 .verdict").Text());
        var (_, result, _) = await ana.Submit(page, SubmitButton);
        Assert.Equal("2.25 of 3 points, 75 %", result.QuerySelector(".score").Text());
    }

    [Fact]
    public async Task An_answer_that_was_not_checked_counts_with_the_cost_of_the_tries_before()
    {
        var course = await QuizCourse.Make(world, "feedback: interactive\npenalty: 10\n", questions: Hints);
        var ana = await course.Learner("Ana");
        var (_, page, _) = await ana.Submit(await ana.Start(course), "button[value=check-0]", ("q1", "0"));
        (_, page, _) = await ana.Submit(page, "button[value=check-0]", ("q1", "1"));
        var (_, result, _) = await ana.Submit(page, SubmitButton, ("q1", "2"));
        Assert.Equal("2.4 of 3 points, 80 %", result.QuerySelector(".score").Text());
        Assert.Equal([1, 2], (await world.StepsOf(await course.AttemptOf("Ana"))).Where(s => s.Try > 0).Select(s => s.Try));
    }

    [Fact]
    public async Task Until_the_close_nothing_but_the_receipt_is_seen_then_everything_is_and_the_progress_is_told()
    {
        var course = await QuizCourse.Make(world, "review: { after: none, closed: all }\n", days: 3);
        var vera = await course.Learner("Vera"); // in no other course: her page shows this one alone
        var (_, result, path) = await vera.Submit(await vera.Start(course), SubmitButton, AllRight);
        Assert.Equal("Submitted", result.QuerySelector(".score").Text());
        Assert.Matches("^[0-9A-Z]{4}-[0-9A-Z]{4}$", result.QuerySelector("code")!.TextContent);
        world.Clock.Now += TimeSpan.FromHours(1);
        await world.Settle();
        foreach (var page in new[] { await vera.Open(path), await vera.Open(course.Path), await vera.Open("/my") })
        {
            Assert.DoesNotContain(QuizCourse.Canary, page.ToHtml(), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("5 of 5", page.Words(), StringComparison.Ordinal);
            Assert.Empty(page.QuerySelectorAll("[data-tone=positive], [data-state=right], [data-state=wrong]"));
        }

        Assert.False(await IsDone(course, "Vera"));
        Assert.DoesNotContain(await world.MailsTo("vera@example.org"), m => m.Contains("5 of 5", StringComparison.Ordinal));

        await world.At(course.Run.End);
        Assert.True(await IsDone(course, "Vera"));
        result = await vera.Open(path);
        Assert.Equal("5 of 5 points, 100 %", result.QuerySelector(".score").Text());
        Assert.Contains(QuizCourse.Canary, result.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rows_of_the_review_table_count_at_their_moments()
    {
        var course = await QuizCourse.Make(world, "review: { after: [score], open: [score, correct], closed: [score, correct, feedback] }\n", days: 3);
        var ana = await course.Learner("Ana");
        var (_, page, path) = await ana.Submit(await ana.Start(course), SubmitButton, ("q1", "0"), ("q4", "no"));
        Assert.Equal("0 of 5 points, 0 %", page.QuerySelector(".score").Text());
        Assert.Equal("Answered", page.QuerySelector("#q1 .verdict").Text());

        world.Clock.Now += TimeSpan.FromMinutes(2);
        page = await ana.Open(path);
        Assert.Equal("Wrong", page.QuerySelector("#q1 .verdict").Text());
        Assert.DoesNotContain(QuizCourse.Canary, page.ToHtml(), StringComparison.OrdinalIgnoreCase);

        await world.At(course.Run.End);
        page = await ana.Open(path);
        Assert.Contains($"{QuizCourse.Canary} wrong.", page.Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("Right answer", page.Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("public domain", page.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_words_of_the_score_band_stand_beside_the_score()
    {
        var course = await QuizCourse.Make(world, "bands:\n  - { from: 0, text: \"Read **once more**.\" }\n  - { from: 60, text: \"Well done.\" }\n");
        var ana = await course.Learner("Ana");
        var page = await ana.Start(course);
        Assert.DoesNotContain("once more", page.Words(), StringComparison.Ordinal);
        var (_, result, _) = await ana.Submit(page, SubmitButton);
        Assert.Contains("Read once more.", result.Words(), StringComparison.Ordinal);
        (_, result, _) = await ana.Submit(await ana.Start(course), SubmitButton, AllRight);
        Assert.Contains("Well done.", result.Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("once more", result.Words(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("best", 100)]
    [InlineData("first", 20)]
    [InlineData("last", 0)]
    [InlineData("average", 40)]
    public async Task Of_several_attempts_what_the_quiz_says_counts(string grade, int percent)
    {
        var course = await QuizCourse.Make(world, $"grade: {grade}\n");
        var ana = await course.Learner("Ana");
        await ana.Submit(await ana.Start(course), SubmitButton, ("q1", "1"));
        await ana.Submit(await ana.Start(course), SubmitButton, AllRight);
        await ana.Submit(await ana.Start(course), SubmitButton);
        Assert.Contains($": {percent} %.", (await ana.Open(course.Path)).Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receipt_comes_by_mail_once_for_each_attempt()
    {
        var course = await QuizCourse.Make(world);
        await world.Person("Mail Reader");
        var reader = await course.Learner("Mail Reader");
        await reader.Submit(await reader.Start(course), SubmitButton, ("q1", "1"));
        await world.Settle();
        var attempt = await course.AttemptOf("Mail Reader");
        var mail = Assert.Single(await world.MailsTo("mail.reader@example.org"));
        Assert.Contains(attempt.Receipt!, mail, StringComparison.Ordinal);
        Assert.Contains("Your score is 1 of 5.", mail, StringComparison.Ordinal);
        Assert.Contains(course.AttemptPath(attempt) + "/result", mail, StringComparison.Ordinal);
    }

    private async Task<bool> IsDone(QuizCourse course, string name) =>
        (await world.Send(new EnrolmentQuery(course.RunId, await world.Person(name))))!.IsDone(course.Item.Number);
}
