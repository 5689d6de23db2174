using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.TestKit;
using Xunit;
using Course = MoocPlatform.Courses.Domain.Course;
using Item = MoocPlatform.Courses.Domain.Item;

namespace MoocPlatform.Courses.Tests.Importing;

public sealed class ImportTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_good_folder_becomes_a_course()
    {
        using var folder = CourseFolders.Good("import-good");
        var report = await Import(folder);

        Assert.Empty(report.Problems);
        Assert.Empty(report.Advice);
        Assert.Equal(("import-good", "Bees for Beginners", 2, 3, 0, 2), (report.Slug, report.Title, report.Sections, report.Lessons, report.Quizzes, report.Assets));

        var course = await world.Db<CoursesDb, Course>(db => db.Courses.Include(c => c.Sections).ThenInclude(s => s.Items).SingleAsync(c => c.Slug == "import-good"));
        var lesson = course.Sections.SelectMany(s => s.Items).Single(i => i.Slug == "what-a-bee-is");
        Assert.Contains("<em>hair</em>", lesson.Html, StringComparison.Ordinal);
        Assert.Contains($"/assets/{course.Id:N}/bee.svg", lesson.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("title:", lesson.Markdown, StringComparison.Ordinal);
        Assert.Equal(CompletionRule.Viewed, course.Sections.SelectMany(s => s.Items).Single(i => i.Slug == "flowers").Rule);
        Assert.Equal(new(7, new(8, 0)), course.Sections.Single(s => s.Slug == "second-flight").Release);
        Assert.Equal(["Ștefan Albină"], course.Authors.Select(a => a.Name));
    }

    [Fact]
    public async Task Importing_again_keeps_ids_and_numbers_and_takes_what_changed()
    {
        using var folder = CourseFolders.Good("import-again");
        await Import(folder);
        var before = await Items("import-again");

        folder.Change("course.yaml", "Bees for Beginners", "Bees for Everyone");
        folder.Lesson("sections/01-first-flight/01-what-a-bee-is.md", "What a bee is", "Six legs and two wings more.\n");
        folder.Lesson("sections/01-first-flight/03-honey.md", "Honey", "Sweet.\n");
        folder.Remove("sections/02-second-flight/01-flowers.md");
        var report = await Import(folder);

        Assert.Equal("Bees for Everyone", report.Title);
        var after = await Items("import-again");
        Assert.All(before, old => Assert.Equal((old.Value.Id, old.Value.Number), (after[old.Key].Id, after[old.Key].Number)));
        Assert.Equal(3, after["honey"].Number);
        Assert.False(after["flowers"].Published);
        Assert.Equal(2, after["what-a-bee-is"].Revision);
        Assert.Equal(1, after["the-hive"].Revision);
    }

    [Fact]
    public async Task The_same_folder_twice_changes_no_text()
    {
        using var folder = CourseFolders.Good("import-twice");
        await Import(folder);
        await Import(folder);
        Assert.All((await Items("import-twice")).Values, i => Assert.Equal(1, i.Revision));
    }

    [Fact]
    public async Task With_one_mistake_nothing_is_imported()
    {
        using var folder = CourseFolders.Good("import-nothing");
        folder.Write("sections/02-second-flight/02-no-settings.md", "Just text.");
        var report = await Import(folder);

        Assert.Null(report.CourseId);
        Assert.Equal(("sections/02-second-flight/02-no-settings.md", 1), report.Problems.Select(p => (p.File, p.Line)).Single());
        Assert.False(await world.Db<CoursesDb, bool>(db => db.Courses.AnyAsync(c => c.Slug == "import-nothing")));
    }

    [Fact]
    public async Task A_mistake_in_a_new_version_leaves_the_course_as_it_was()
    {
        using var folder = CourseFolders.Good("import-safe");
        await Import(folder);
        folder.Change("course.yaml", "Bees for Beginners", "Wasps").Write("assets/page.html", "<script>alert(1)</script>");
        Assert.NotEmpty((await Import(folder)).Problems);
        Assert.Equal("Bees for Beginners", await world.Db<CoursesDb, string>(db => db.Courses.Where(c => c.Slug == "import-safe").Select(c => c.Title).SingleAsync()));
    }

    [Theory]
    [InlineData("format: 1", "format: 2", 1, "format: 1")]
    [InlineData("language: en", "language: English please", 4, "language")]
    [InlineData("licence: CC-BY-SA-4.0", "licence: MINE", 15, "licence")]
    [InlineData("subject: Biology", "subjekt: Biology", 5, "subjekt")]
    [InlineData("hue: sand", "hue: gold", 19, "hue")]
    [InlineData("time: \"08:00\"", "time: \"8 o'clock\"", 27, "time")]
    [InlineData("slug: second-flight", "slug: third-flight", 25, "third-flight")]
    [InlineData("hoursPerWeek: 2", "hoursPerWeek: many", 14, "hoursPerWeek")]
    public async Task A_mistake_in_the_settings_is_told_with_its_line(string from, string to, int line, string word)
    {
        using var folder = CourseFolders.Good("import-settings");
        folder.Change("course.yaml", from, to);
        var problem = Assert.Single((await Import(folder)).Problems, p => p.File == "course.yaml");
        Assert.Equal(line, problem.Line);
        Assert.Contains(word, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("title: [")]
    [InlineData("- a\n- list")]
    [InlineData("a: &x 1\nb: *x")]
    [InlineData("")]
    public async Task Settings_that_are_no_settings_are_told_and_do_no_harm(string yaml)
    {
        using var folder = CourseFolders.Good("import-harm");
        folder.Write("course.yaml", yaml);
        Assert.NotEmpty((await Import(folder)).Problems);
    }

    [Fact]
    public async Task Settings_of_ten_thousand_brackets_are_refused()
    {
        using var folder = CourseFolders.Good("import-deep");
        folder.Write("course.yaml", "title: " + new string('[', 10_000));
        Assert.Contains((await Import(folder)).Problems, p => p.Message.Contains("nested", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("assets/page.html", "<html></html>")]
    [InlineData("assets/picture.png", "this is no picture")]
    [InlineData("assets/script.svg", "<html xmlns=\"http://www.w3.org/1999/xhtml\"/>")]
    [InlineData("assets/bomb.svg", "<!DOCTYPE svg [<!ENTITY a \"aaaa\">]><svg xmlns=\"http://www.w3.org/2000/svg\">&a;</svg>")]
    [InlineData("assets/binary.txt", "a\0b")]
    [InlineData("assets/with space.txt", "text")]
    [InlineData("assets/noending", "text")]
    public async Task A_file_that_is_not_what_it_says_or_not_on_the_list_is_refused(string file, string content)
    {
        using var folder = CourseFolders.Good("import-files");
        folder.Write(file, content);
        Assert.Equal(file, Assert.Single((await Import(folder)).Problems).File);
    }

    [Fact]
    public async Task A_link_out_of_the_folder_is_refused()
    {
        using var folder = CourseFolders.Good("import-link");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "assets", "hosts.txt"), "/etc/hosts");
        Assert.Equal("assets/hosts.txt", Assert.Single((await Import(folder)).Problems).File);
    }

    [Fact]
    public async Task A_linked_folder_is_refused()
    {
        using var folder = CourseFolders.Good("import-linked-folder");
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "assets", "etc"), "/etc/alternatives");
        Assert.NotEmpty((await Import(folder)).Problems);
    }

    [Theory]
    [InlineData("talk")]
    [InlineData("quiz")]
    public async Task An_item_cannot_take_the_address_of_another_page(string slug)
    {
        using var folder = CourseFolders.Good("import-reserved");
        folder.Lesson($"sections/01-first-flight/09-{slug}.md", "Talk", "Text.\n");
        Assert.Contains(slug, Assert.Single((await Import(folder)).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_items_of_one_name_are_refused()
    {
        using var folder = CourseFolders.Good("import-same");
        folder.Lesson("sections/02-second-flight/02-the-hive.md", "The hive again", "Text.\n");
        Assert.Equal("sections/02-second-flight/02-the-hive.md", Assert.Single((await Import(folder)).Problems).File);
    }

    [Fact]
    public async Task What_should_be_mended_is_told_but_taken()
    {
        using var folder = CourseFolders.Good("import-advice");
        folder.Lesson("sections/01-first-flight/02-the-hive.md", "The hive", "Fine.\n\n![](assets/bee.svg)\n\n[Lost](no-such-lesson) and ![Gone](assets/gone.svg)\n");
        var report = await Import(folder);

        Assert.Empty(report.Problems);
        Assert.NotNull(report.CourseId);
        Assert.Contains(report.Advice, a => a is { File: "sections/01-first-flight/02-the-hive.md", Line: 8 });
        Assert.Contains(report.Advice, a => a.Message.Contains("no-such-lesson", StringComparison.Ordinal));
        Assert.Contains(report.Advice, a => a.Message.Contains("assets/gone.svg", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_told()
    {
        var report = await world.Send(new ImportFolder("/nowhere/at/all", Guid.Empty));
        Assert.Equal("course.yaml", Assert.Single(report.Problems).File);
    }

    private async Task<ImportReport> Import(CourseFolders folder) => await world.Send(new ImportFolder(folder.Path, await world.Person("Ioana", "teacher")));

    private Task<Dictionary<string, Item>> Items(string course) => world.Db<CoursesDb, Dictionary<string, Item>>(async db =>
        (await db.Courses.AsNoTracking().Include(c => c.Sections).ThenInclude(s => s.Items).SingleAsync(c => c.Slug == course)).Sections.SelectMany(s => s.Items).ToDictionary(i => i.Slug));
}
