using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Features.Grading;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Enrollment.Tests;

/// <summary>How a course is graded goes with its folder.</summary>
public sealed class GradingFolderTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_course_taken_to_another_site_is_graded_there_as_here_and_comes_back_as_the_same_bytes()
    {
        var run = await world.ARun();
        var quiz = run.Item("check").Id;
        await world.Send(new WritePlan(run.Term.CourseId, run.TeacherId, new([new("Wöchentlich: \"Tests\"", 40.25m, 1, []), new("", 60, 0, [quiz])], [], 55.5m, 75, NeedsMark: true), 0));
        var (first, second) = (Path.Combine(world.Folder, "first"), Path.Combine(world.Folder, "second"));
        await world.Send(new ExportCourse(run.Term.CourseSlug, first));

        await using var other = new World();
        await other.InitializeAsync();
        var report = await other.Send(new ImportFolder(first, await other.Person("Ioana", "teacher")));
        Assert.Empty(report.Problems);
        await other.Settle();
        var (_, plan) = await other.Send(new GradePlanQuery(report.CourseId!.Value));
        Assert.Equal((55.5m, 75, true), (plan.PassMark, plan.Steps, plan.NeedsMark));
        Assert.Equal([("Wöchentlich: \"Tests\"", 40.25m, 1, 0), ("", 60m, 0, 1)], plan.Categories.Select(c => (c.Name, c.Weight, c.DropLowest, c.Items.Count)));
        Assert.NotEqual(quiz, plan.Categories[1].Items.Single()); // an id of that site
        await other.Send(new ExportCourse(run.Term.CourseSlug, second));
        Assert.Equal(await Text(first), await Text(second));

        // Into the site that it came from: nobody's grade is reckoned anew.
        await world.Send(new ImportFolder(first, run.TeacherId));
        await world.Settle();
        Assert.Equal(1, (await world.Send(new GradePlanQuery(run.Term.CourseId))).Revision);
    }

    [Fact]
    public async Task A_folder_that_says_nothing_of_grading_leaves_it_as_it_is_and_one_that_says_what_cannot_be_is_refused()
    {
        var run = await world.ARun();
        var folder = Path.Combine(world.Folder, "silent");
        await world.Send(new ExportCourse(run.Term.CourseSlug, folder));
        await world.Send(new WritePlan(run.Term.CourseId, run.TeacherId, GradePlan.Usual with { Steps = 80 }, 0));
        var yaml = await Text(folder);
        var (before, after) = (yaml[..yaml.IndexOf("grading:", StringComparison.Ordinal)], yaml[yaml.IndexOf("sections:", StringComparison.Ordinal)..]);
        await Write(folder, before + after);
        Assert.Empty((await world.Send(new ImportFolder(folder, run.TeacherId))).Problems);
        await world.Settle();
        Assert.Equal(80, (await world.Send(new GradePlanQuery(run.Term.CourseId))).Plan.Steps);

        await Write(folder, before + "grading:\n  pass: 60.123\n  steps: 0\n  categories:\n    - weight: 0\n  leftOut:\n    - first\n" + after);
        var problems = (await world.Send(new ImportFolder(folder, run.TeacherId))).Problems;
        Assert.Equal(
            ["The grading names the quiz first, and there is none.", "Weights are numbers from 0 to 1000 with at most two decimals, and not all of them 0.", "“pass” is a number from 0 to 100, with at most two decimals."],
            problems.Select(p => p.Message).Order(StringComparer.Ordinal));
        Assert.All(problems, p => Assert.Equal("course.yaml", p.File));
    }

    private static Task<string> Text(string folder) => File.ReadAllTextAsync(Path.Combine(folder, "course.yaml"), TestContext.Current.CancellationToken);

    private static Task Write(string folder, string yaml) => File.WriteAllTextAsync(Path.Combine(folder, "course.yaml"), yaml, TestContext.Current.CancellationToken);
}
