using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Courses.Tests.About;

/// <summary>What a course page says to who comes late.</summary>
public sealed class AttainableTests(World world) : IClassFixture<World>
{
    private static string QuizDue(int day) => Given.Quiz.Replace("pass: 60", $$"""pass: 60{{"\n"}}due: { day: {{day}}, time: "23:59" }""", StringComparison.Ordinal);

    [Fact]
    public async Task While_every_quiz_can_be_taken_all_of_the_course_can_be_completed()
    {
        var run = await world.ARun(start: new DateTime(2026, 11, 1), quiz: QuizDue(20));
        Assert.Contains("all of the course can still be completed", await Line(run), StringComparison.Ordinal);
        await world.Send(new JoinRun(run.RunId, await world.Person("Mara")));
        Assert.Null((await world.As("Mara").Open($"/courses/{run.Term.CourseSlug}")).QuerySelector("#attainable")); // she has joined
    }

    [Fact]
    public async Task A_quiz_that_is_closed_is_named_before_one_joins()
    {
        var run = await world.ARun(start: new DateTime(2026, 10, 20), quiz: QuizDue(3));
        var line = await Line(run);
        Assert.Contains("take 0 of 1 quizzes. Closed already: Quiz: open or not.", line, StringComparison.Ordinal);
        Assert.Contains("cannot be completed in full", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_the_start_there_is_nothing_to_say()
    {
        var run = await world.ARun(start: new DateTime(2026, 11, 20), quiz: QuizDue(3));
        Assert.Null((await world.As(null).Open($"/courses/{run.Term.CourseSlug}")).QuerySelector("#attainable"));
    }

    private async Task<string> Line(GivenRun run) => string.Join(' ', (await world.As(null).Open($"/courses/{run.Term.CourseSlug}")).QuerySelector("#attainable")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
