using System.Net;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Features.Taking;
using MoocPlatform.Quizzes.Persistence;
using MoocPlatform.TestKit;
using Xunit;
using static MoocPlatform.Quizzes.Tests.Taking.AttemptPages;

namespace MoocPlatform.Quizzes.Tests.Taking;

/// <summary>How often and how long: waits, extra time, and what the database itself refuses.</summary>
public sealed class WaitingTests(World world) : IClassFixture<World>
{
    private static string TimePage(QuizCourse course) => QuizLinks.ExtraTime(course.Run.CourseSlug, course.Run.RunSlug, course.Item.Slug);

    [Fact]
    public async Task The_next_attempt_waits_and_the_refusal_says_until_when()
    {
        var course = await QuizCourse.Make(world, "wait: 1 h 30 min\n");
        var ana = await course.Learner("Ana");
        var before = await ana.Open(course.Path);
        Assert.Contains("1 h 30 min to wait", before.Words(), StringComparison.Ordinal);
        await ana.Submit(await ana.Start(course), SubmitButton);
        var next = world.Clock.Now.AddMinutes(90);

        Assert.Contains("The next may start on", (await ana.Open(course.Path)).Words(), StringComparison.Ordinal);
        var (status, refused, _) = await ana.Submit(before, StartButton, ("key", Guid.CreateVersion7().ToString()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains(next.ToString("HH:mm", null), refused.Words(), StringComparison.Ordinal);

        world.Clock.Now = next;
        await ana.Start(course);
        Assert.True((await course.AttemptOf("Ana", 2)).IsOpen);
    }

    [Fact]
    public async Task Extra_minutes_count_at_once_in_an_open_attempt_and_are_shown()
    {
        var course = await QuizCourse.Make(world, "timeLimit: 10\n");
        var ana = await course.Learner("Ana");
        await ana.Start(course);
        var (start, first) = (world.Clock.Now, (await course.AttemptOf("Ana")).Deadline!.Value);

        var (status, page, _) = await Give(course, "ana@example.org", minutes: 5);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("5 minutes (15 min in all)", page.Words(), StringComparison.Ordinal);
        await world.Settle();
        Assert.Equal(start.AddMinutes(15), (await course.AttemptOf("Ana")).Deadline);
        var attempt = await ana.Open(course.AttemptPath(await course.AttemptOf("Ana")));
        Assert.Contains("15 min left", attempt.QuerySelector(".timer").Text(), StringComparison.Ordinal);
        Assert.Contains("You have 5 min of extra time.", attempt.Words(), StringComparison.Ordinal);

        await world.At(first.AddMinutes(1));
        Assert.True((await course.AttemptOf("Ana")).IsOpen);
        await world.At(start.AddMinutes(15) + Attempt.Grace);
        Assert.Equal((AttemptEnd.TimeUp, start.AddMinutes(15)), ((await course.AttemptOf("Ana")).End, (await course.AttemptOf("Ana")).SubmittedAt!.Value));
    }

    [Fact]
    public async Task Extra_percent_for_every_quiz_counts_when_an_attempt_starts_and_is_not_taken_back_while_it_is_open()
    {
        var course = await QuizCourse.Make(world, "timeLimit: 30\n");
        var ana = await course.Learner("Ana");
        await Give(course, "ana@example.org", percent: 25, everywhere: true);
        Assert.Contains("38 min from the start, 8 min of them extra time for you", (await ana.Open(course.Path)).QuerySelector("dl.facts").Text(), StringComparison.Ordinal);
        await ana.Start(course);
        Assert.Equal(world.Clock.Now.AddMinutes(38), (await course.AttemptOf("Ana")).Deadline);

        await Give(course, "ana@example.org", percent: 0, everywhere: true);
        Assert.Equal(world.Clock.Now.AddMinutes(38), (await course.AttemptOf("Ana")).Deadline);
    }

    [Fact]
    public async Task Attempts_that_expire_together_are_all_ended_by_the_first_job()
    {
        var course = await QuizCourse.Make(world, "timeLimit: 10\n");
        var names = Enumerable.Range(0, 6).Select(i => $"Class {i}").ToList();
        foreach (var name in names)
            await (await course.Learner(name)).Start(course);
        var first = await course.AttemptOf(names[0]);
        world.Clock.Now = first.Deadline!.Value + Attempt.Grace;
        await world.Send(new EndDueAttempts());
        foreach (var name in names)
            Assert.Equal((AttemptEnd.TimeUp, first.Deadline), ((await course.AttemptOf(name)).End, (await course.AttemptOf(name)).SubmittedAt));
    }

    [Fact]
    public async Task An_attempt_that_cannot_be_graded_keeps_nobody_else_waiting_and_is_tried_again()
    {
        var course = await QuizCourse.Make(world, "timeLimit: 10\n");
        await (await course.Learner("Hurt")).Start(course);
        await (await course.Learner("Well")).Start(course);
        var hurt = await course.AttemptOf("Hurt");
        var other = hurt.Sheet with { Questions = [hurt.Sheet.Questions[0] with { Version = Guid.Empty }] };
        await SetSheet(hurt.Id, System.Text.Json.JsonSerializer.Serialize(other));
        world.Clock.Now = hurt.Deadline!.Value + Attempt.Grace;
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => world.Send(new EndDueAttempts()));
        Assert.Contains(hurt.Id.ToString(), failure.Message, StringComparison.Ordinal);
        Assert.Equal(AttemptEnd.TimeUp, (await course.AttemptOf("Well")).End);
        Assert.True((await course.AttemptOf("Hurt")).IsOpen);

        await SetSheet(hurt.Id, hurt.SheetJson);
        await world.Send(new EndDueAttempts());
        Assert.Equal((AttemptEnd.TimeUp, hurt.Deadline), ((await course.AttemptOf("Hurt")).End, (await course.AttemptOf("Hurt")).SubmittedAt));
    }

    private Task<int> SetSheet(Guid attempt, string json) => world.Db<QuizzesDb, int>(db => db.InTurn(
        ct => db.Attempts.Where(a => a.Id == attempt).ExecuteUpdateAsync(s => s.SetProperty(a => a.SheetJson, json), ct), TestContext.Current.CancellationToken));

    [Fact]
    public async Task Extra_time_does_not_go_past_the_date_of_the_quiz()
    {
        var course = await QuizCourse.Make(world, "timeLimit: 10000\ndue: { day: 3, time: \"23:59\" }\n");
        var ana = await course.Learner("Ana");
        await ana.Start(course);
        await Give(course, "ana@example.org", minutes: 600);
        Assert.Equal(course.Item.DueAt, (await course.AttemptOf("Ana")).Deadline);
    }

    [Fact]
    public async Task Extra_time_is_the_teams_to_give()
    {
        var course = await QuizCourse.Make(world, "timeLimit: 10\n");
        var ana = await course.Learner("Ana");
        await ana.Open(TimePage(course), HttpStatusCode.NotFound);
        await world.Person("Stranger", Policies.Teacher);
        await world.As("Stranger").Open(TimePage(course), HttpStatusCode.NotFound);

        var (status, page, _) = await Give(course, "nobody@example.org", minutes: 5);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("Nobody with this mail address is enrolled in this run.", page.Words(), StringComparison.Ordinal);
        (status, page, _) = await Give(course, "ana@example.org", minutes: 5000);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("from 0 to 1440", page.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_database_itself_refuses_a_second_open_attempt_and_one_above_the_limit()
    {
        var course = await QuizCourse.Make(world, "attempts: 1\n");
        var ana = await course.Learner("Ana");
        await ana.Start(course);
        var open = await course.AttemptOf("Ana");

        var second = await Assert.ThrowsAsync<DbUpdateException>(() => Add(open, number: 2, allowed: 0));
        Assert.True(Database.IsDuplicate(second));
        await ana.Submit(await ana.Open(course.AttemptPath(open)), SubmitButton);
        var again = await Assert.ThrowsAsync<DbUpdateException>(() => Add(open, number: 1, allowed: 1));
        Assert.True(Database.IsDuplicate(again));
        var above = await Assert.ThrowsAsync<DbUpdateException>(() => Add(open, number: 2, allowed: 1));
        Assert.False(Database.IsDuplicate(above));
        Assert.Contains("ck_quizzes_attempts_allowed", above.InnerException!.Message, StringComparison.Ordinal);
        await Add(open, number: 2, allowed: 2);
    }

    [Fact]
    public async Task A_later_date_for_one_learner_counts_at_once_and_for_nobody_else()
    {
        var course = await QuizCourse.Make(world, "due: { day: 2, time: \"12:00\" }\n");
        var due = new DateTimeOffset(world.Clock.Now.UtcDateTime.Date.AddDays(1).AddHours(12), TimeSpan.Zero);
        var (ana, ben) = (await course.Learner("Ana"), await course.Learner("Ben"));
        await ana.Start(course);
        Assert.Equal(due, (await course.AttemptOf("Ana")).Deadline);

        var (status, page, _) = await Give(course, "ana@example.org", until: due.AddDays(2));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("closes later:", page.Words(), StringComparison.Ordinal);
        await world.Settle();
        Assert.Equal(due.AddDays(2), (await course.AttemptOf("Ana")).Deadline);
        Assert.Contains("a date of your own", (await ana.Open(course.Path)).QuerySelector("dl.facts").Text(), StringComparison.Ordinal);

        await world.At(due.AddHours(1));
        Assert.True((await course.AttemptOf("Ana")).IsOpen);
        Assert.Contains("This quiz closed on", (await ben.Open(course.Path)).Words(), StringComparison.Ordinal);
        await ana.Submit(await ana.Open(course.AttemptPath(await course.AttemptOf("Ana"))), SubmitButton);
        await ana.Start(course);
        await world.At(due.AddDays(2) + Attempt.Grace);
        Assert.Equal((AttemptEnd.TimeUp, due.AddDays(2)), ((await course.AttemptOf("Ana", 2)).End, (await course.AttemptOf("Ana", 2)).SubmittedAt!.Value));
        Assert.Contains("This quiz closed on", (await ana.Open(course.Path)).Words(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, false, "Give a date after")]
    [InlineData(400, false, "no quiz is open after that")]
    [InlineData(2, true, "A date is given for one quiz")]
    public async Task A_date_that_is_no_later_date_is_refused(int days, bool everywhere, string why)
    {
        var course = await QuizCourse.Make(world, "due: { day: 2, time: \"12:00\" }\n");
        await course.Learner("Ana");
        var due = world.Clock.Now.UtcDateTime.Date.AddDays(1).AddHours(12);
        var (status, page, _) = await Give(course, "ana@example.org", everywhere: everywhere, until: new DateTimeOffset(due.AddDays(days), TimeSpan.Zero));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains(why, page.QuerySelector("#refused").Text(), StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, AngleSharp.Html.Dom.IHtmlDocument Page, string Path)> Give(
        QuizCourse course, string mail, int? minutes = null, int? percent = null, bool everywhere = false, DateTimeOffset? until = null)
    {
        var owner = world.As("Owner");
        var page = await owner.Open(TimePage(course));
        (string, string)[] fields = [("Mail", mail), ("Minutes", $"{minutes}"), ("Percent", $"{percent}"), .. everywhere ? new[] { ("Everywhere", "true") } : [], .. until is { } date ? new[] { ("Until", date.ToString("yyyy-MM-dd'T'HH:mm", null)) } : []];
        return await owner.Submit(page, "main form", fields);
    }

    private Task<int> Add(Attempt like, int number, int allowed) => world.Db<QuizzesDb, int>(db =>
    {
        db.Add(new Attempt
        {
            Id = Guid.CreateVersion7(),
            RunId = like.RunId,
            ItemId = like.ItemId,
            LearnerId = like.LearnerId,
            Number = number,
            Allowed = allowed,
            StartedAt = like.StartedAt,
            SheetJson = like.SheetJson,
            Points = like.Points,
        });
        return db.SaveChangesAsync();
    });
}
