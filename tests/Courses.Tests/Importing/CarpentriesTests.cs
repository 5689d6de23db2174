using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Courses.Tests.Importing;

public sealed class CarpentriesTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_lesson_of_the_carpentries_becomes_a_course_and_the_report_says_what_was_written_differently()
    {
        using var folder = Lesson();
        var report = await world.Send(new ImportFolder(folder.Path, await world.Person("Ioana", "teacher")));
        Assert.Empty(report.Problems);
        Assert.Equal(("counting-bees", "Counting Bees", 2, 3, 2), (report.Slug, report.Title, report.Sections, report.Lessons, report.Assets));

        var items = await world.Db<CoursesDb, Dictionary<string, Courses.Domain.Item>>(db => db.Items.Where(i => i.CourseId == report.CourseId).ToDictionaryAsync(i => i.Slug));
        Assert.Equal(["count", "setup", "walk"], items.Keys.Order());
        var walk = items["walk"];
        Assert.Equal(("A walk in the garden", 25), (walk.Title, walk.Minutes));
        Assert.Equal("""
            > [!TIP] You will be able to
            >
            > - Count bees
            >

            Press `Ctrl`. See [counting](count#twice), [setup](setup) and [data](assets/data/bees.zip).

            > [!IMPORTANT] Challenge: How many?
            >
            > Look.
            >
            > > [!TIP] Solution
            > >
            > > Seven [bees].
            > >
            >

            ```text
            <kbd>7</kbd> :::
            ```

            ![A bee with [six] legs](assets/fig/bee.svg)

            """.Replace("[six]", "\\[six\\]", StringComparison.Ordinal).ReplaceLineEndings("\n").TrimEnd('\n') + "\n", walk.Markdown);
        Assert.DoesNotContain("Say this aloud", items["count"].Markdown, StringComparison.Ordinal);

        Assert.Contains(report.Changed, c => c.File == "episodes/01-walk.md" && c.Message == "3 fenced divisions became call-outs.");
        Assert.Contains(report.Changed, c => c.File == "episodes/02-count.md" && c.Message == "1 notes for instructors were left out.");
        Assert.Contains(report.Changed, c => c.File == "episodes/01-walk.md" && c.Message.Contains("25 minutes", StringComparison.Ordinal));
        Assert.Equal(["episodes/fig/bee.odg", "instructors/notes.md"], report.LeftOut);
    }

    [Fact]
    public async Task A_licence_that_is_not_known_gives_nothing_away()
    {
        using var folder = Lesson();
        folder.Change("config.yaml", "license: 'CC-BY 4.0'", "license: 'Ours'").Change("config.yaml", "Counting Bees", "Counting Wasps");
        var report = await world.Send(new ImportFolder(folder.Path, await world.Person("Ioana", "teacher")));
        Assert.Equal("LicenseRef-All-Rights-Reserved", await world.Db<CoursesDb, string>(db => db.Courses.Where(c => c.Id == report.CourseId).Select(c => c.Licence).SingleAsync()));
        Assert.Contains(report.Changed, c => c.Message.Contains("“Ours”", StringComparison.Ordinal));
    }

    private static CourseFolders Lesson() => new CourseFolders()
        .Write("config.yaml", "carpentry: 'incubator'\ntitle: 'Counting Bees'\nlicense: 'CC-BY 4.0'\nsource: 'https://example.org/bees'\nlang: en\nepisodes:\n- 01-walk.md\n- 02-count.md\nlearners:\n")
        .Write("index.md", "---\nsite: x\n---\nA lesson about bees.\n")
        .Write("episodes/01-walk.md", """
            ---
            title: A walk in the garden
            teaching: 10
            exercises: 15
            ---

            ::::::::::: objectives

            - Count bees

            :::::::::::

            Press <kbd>Ctrl</kbd>. See [counting](02-count.md#twice), [setup](../learners/setup.md) and [data](data/bees.zip).

            ::::: challenge

            ## How many?

            Look.

            :::::: solution

            ## Solution

            Seven [bees].

            ::::::
            :::::

            ```output
            <kbd>7</kbd> :::
            ```

            ![](fig/bee.svg){alt='A bee with [six] legs'}
            """)
        .Write("episodes/02-count.md", "---\ntitle: Counting\nteaching: 5\nexercises: 0\n---\n\n:::: instructor\n\nSay this aloud.\n\n::::\n\n## Twice\n\nOne, two.\n")
        .Write("learners/setup.md", "---\ntitle: Setup\n---\n\nTake a chair. {: .x}\n\n{:auto_ids}\n")
        .Write("instructors/notes.md", "Mine.\n").Write("episodes/fig/bee.svg", CourseFolders.Svg).Write("episodes/fig/bee.odg", "x")
        .Write("episodes/data/bees.zip", "PK\u0005\u0006" + new string('\0', 18));
}
