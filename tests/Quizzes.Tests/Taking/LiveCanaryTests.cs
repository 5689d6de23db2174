using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Features.Taking;
using MoocPlatform.TestKit;
using Xunit;
using static MoocPlatform.Quizzes.Tests.Taking.AttemptPages;

namespace MoocPlatform.Quizzes.Tests.Taking;

/// <summary>The hub has no moment at which it tells what is right, or what somebody has reached: whoever learns or visits asks it for every channel there is.</summary>
public sealed class LiveCanaryTests(World world) : IClassFixture<World>
{
    private const string Score = "7.25";
    private static readonly string Questions = QuizCourse.Questions.Replace("points=2", "points=4.25", StringComparison.Ordinal);

    [Fact]
    public async Task No_live_message_tells_what_is_right_or_what_was_reached()
    {
        var course = await QuizCourse.Make(world, "timeLimit: 60\nreview: { after: none }\n", days: 3, questions: Questions);
        var (c, r, i) = (course.Run.CourseSlug, course.Run.RunSlug, course.Item.Slug);
        var ana = await course.Learner("Ana");
        var page = await ana.Start(course);
        var attempt = await course.AttemptOf("Ana");
        var (anaId, owner) = (await world.Person("Ana"), world.As("Owner"));
        Guid[] ids = [course.RunId, course.CourseId, course.Item.Id, attempt.Id, anaId];
        await using var learner = await LiveEar.Of(world, $"{anaId};;Ana", ids);
        await using var visitor = await LiveEar.Of(world, null, ids);
        await using var team = await LiveEar.Of(world, $"{await world.Person("Owner")};;Owner", ids);
        Assert.Equal(
            [
                QuizLinks.Channel(attempt.Id), TalkLinks.BoardChannel(course.RunId), $"me:{anaId:N}", EnrollmentLinks.ProgressChannel(anaId),
                CourseLinks.Channel(course.RunId), TalkLinks.Channel(course.RunId),
            ],
            learner.Channels.Order(StringComparer.Ordinal));
        Assert.Equal([CourseLinks.Channel(course.RunId)], visitor.Channels); // least of all what is only the learner's
        Assert.DoesNotContain(QuizLinks.Channel(attempt.Id), team.Channels);

        await ana.SendSteps(course, attempt, Guid.CreateVersion7(), (1, 0, "1"), (2, 3, QuizCourse.Canary));
        await owner.Submit(await owner.Open(QuizLinks.ExtraTime(c, r, i)), "input[name=Mail]", ("Mail", "ana@example.org"), ("Minutes", "5"));
        await learner.Until("\"time\"");
        await ana.Submit(page, SubmitButton, AllRight);
        await Edit(owner, c, i, text => text.Replace("= 3145 +- 0.5", "= 4000", StringComparison.Ordinal));
        await visitor.Until("\"changed\"");
        await world.Settle();

        var regrades = await owner.Open(QuizLinks.Regrade(c, r, i));
        var dry = await owner.Open(regrades.QuerySelectorAll("tbody a").Last().GetAttribute("href") + $"?policy={RegradePolicy.NewKey}");
        await owner.Submit(dry, "form[method=post] textarea[name=Why]", ("Why", "4000 was meant."));
        await world.Settle();
        await world.At(world.Clock.Now);
        await owner.Submit(await owner.Open(QuizLinks.Marking(c, r, i, attempt.Id)), "#points0", ("points", "0.5"), ("why", "Nearly."));
        await owner.Open(QuizLinks.Analysis(c, r, i));
        await world.At(course.Run.End);
        Assert.NotNull((await course.AttemptOf("Ana")).Score);

        foreach (var heard in new[] { await learner.All(world), await visitor.All(world), await team.All(world) })
        {
            Assert.DoesNotContain(QuizCourse.Canary, heard, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Score, heard, StringComparison.Ordinal);
            Assert.DoesNotContain("score", heard, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("passed", heard, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static async Task Edit(Browser author, string course, string item, Func<string, string> change)
    {
        var page = await author.Open($"/teach/{course}/items/{item}");
        var text = page.QuerySelector("textarea[name=Markdown]")!.TextContent;
        Assert.NotEqual(text, change(text));
        await author.Submit(page, "button[formaction*=Publish]", ("Markdown", change(text)));
    }
}
