using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Courses.Tests.Importing;

public sealed class QuizImportTests(World world) : IClassFixture<World>
{
    private const string Quiz = """
        ---
        title: "Quiz: legs"
        kind: quiz
        minutes: 5
        attempts: 3
        pass: 60
        opens: { day: 1, time: "08:00" }
        due: { day: 6, time: "23:59" }
        ---
        One question.

        ## Legs {#legs single points=1}
        How many legs has a bee?

        - ( ) Four
        - (x) Six
          > Yes.

        """;

    [Fact]
    public async Task A_quiz_is_taken_with_its_settings_and_dates()
    {
        using var folder = CourseFolders.Good("quiz-good");
        folder.Write("sections/01-first-flight/03-quiz-legs.md", Quiz);
        var report = await Import(folder);

        Assert.Empty(report.Problems);
        Assert.Equal(1, report.Quizzes);
        await world.Settle();
        var run = await world.Run(report.CourseId!.Value, -1);
        var item = (await world.Send(new OutlineQuery(run)))!.Items.Single(i => i.Slug == "quiz-legs");
        Assert.Equal((ItemKind.Quiz, CompletionRule.Passed, 5), (item.Kind, item.Rule, item.Minutes));
        Assert.Equal(new DateTimeOffset(2026, 11, 3, 8, 0, 0, TimeSpan.Zero), item.OpensAt);
        Assert.Equal(new DateTimeOffset(2026, 11, 8, 23, 59, 0, TimeSpan.Zero), item.DueAt);
        Assert.StartsWith("---", await world.Db<CoursesDb, string>(db => db.Items.Where(i => i.Id == item.Id).Select(i => i.Markdown).SingleAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quiz_without_a_right_answer_stops_the_import_with_file_and_line()
    {
        using var folder = CourseFolders.Good("quiz-bad");
        folder.Write("sections/01-first-flight/03-quiz-legs.md", Quiz.Replace("(x)", "( )", StringComparison.Ordinal));
        var report = await Import(folder);

        Assert.Null(report.CourseId);
        var problem = Assert.Single(report.Problems);
        Assert.Equal("sections/01-first-flight/03-quiz-legs.md", problem.File);
        Assert.InRange(problem.Line, 12, 17);
        Assert.DoesNotContain("{0}", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lesson_cannot_become_a_quiz()
    {
        using var folder = CourseFolders.Good("quiz-kind");
        await Import(folder);
        folder.Write("sections/01-first-flight/02-the-hive.md", Quiz);
        Assert.Equal("sections/01-first-flight/02-the-hive.md", Assert.Single((await Import(folder)).Problems).File);
    }

    private async Task<ImportReport> Import(CourseFolders folder) => await world.Send(new ImportFolder(folder.Path, await world.Person("Ioana", "teacher")));
}
