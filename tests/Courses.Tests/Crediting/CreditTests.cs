using System.IO.Compression;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Tests.Exporting;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Courses.Tests.Crediting;

/// <summary>The attribution line, which the platform makes.</summary>
public sealed class CreditTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Under_a_lesson_stand_its_title_authors_course_and_licence()
    {
        await Published("credit-plain");
        var line = (await world.As(null).Open("/learn/credit-plain/now/what-a-bee-is")).QuerySelector("#credit p")!;
        Assert.Equal("What a bee is. By Ștefan Albină. From Bees for Beginners. CC BY-SA 4.0.", line.TextContent);
        Assert.Equal("https://creativecommons.org/licenses/by-sa/4.0/deed.en", line.QuerySelector("a[rel=license]")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_lesson_of_others_names_them_their_source_and_their_licence_and_so_does_the_export()
    {
        await Published("credit-own");
        var ioana = world.As("Ioana");
        var page = await ioana.Open("/teach/credit-own/items/the-hive/credit");
        await ioana.Submit(page, "main form", ("Licence", "CC-BY-3.0"), ("Authors", "Ana Pop\nDan  Popa\n"), ("Source", "https://example.org/hives"));
        var line = (await world.As(null).Open("/learn/credit-own/now/the-hive")).QuerySelector("#credit p")!;
        Assert.Equal("The hive. By Ana Pop and Dan Popa. From Bees for Beginners. Source: https://example.org/hives. CC BY 3.0.", line.TextContent);
        Assert.Equal("nofollow noopener", line.QuerySelector("a[href='https://example.org/hives']")!.GetAttribute("rel"));

        using var zip = new TemporaryFile();
        await world.Send(new ExportCourse("credit-own", zip.Path));
        Assert.Contains("- the-hive: “The hive” by Ana Pop and Dan Popa, in “Bees for Beginners”, https://example.org/hives, CC BY 3.0 (https://creativecommons.org/licenses/by/3.0/).", await Text(zip.Path, "ATTRIBUTION.md"), StringComparison.Ordinal);
        Assert.Contains("licence: CC-BY-3.0\nauthors:\n  - Ana Pop\n  - Dan Popa\nsource: \"https://example.org/hives\"\n", await Text(zip.Path, "sections/01-first-flight/02-the-hive.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_others_is_credited_under_every_lesson_that_shows_it_and_in_the_export()
    {
        using var folder = CourseFolders.Good("credit-file");
        await File.AppendAllTextAsync(Path.Combine(folder.Path, "course.yaml"), "\nfiles:\n  - { name: bee.svg, alt: A bee, licence: CC-BY-2.0, author: Ana, source: A book }\n", TestContext.Current.CancellationToken);
        Assert.Empty((await world.Send(new ImportFolder(folder.Path, await world.Person("Ioana", "teacher")))).Problems);
        await world.Run((await world.Send(new CourseBySlugQuery("credit-file")))!.CourseId, startsInHours: -1);
        var visitor = world.As(null);
        Assert.Equal("A bee. By Ana. Source: A book. CC BY 2.0.", (await visitor.Open("/learn/credit-file/now/what-a-bee-is")).QuerySelector("#credit li p")!.TextContent);
        Assert.Null((await visitor.Open("/learn/credit-file/now/the-hive")).QuerySelector("#credit li"));

        using var zip = new TemporaryFile();
        await world.Send(new ExportCourse("credit-file", zip.Path));
        Assert.Contains("- assets/bee.svg: “A bee” by Ana, in “Bees for Beginners”, A book, CC BY 2.0", await Text(zip.Path, "ATTRIBUTION.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_described_and_not_there_is_told_with_its_line()
    {
        using var folder = CourseFolders.Good("credit-gone");
        await File.AppendAllTextAsync(Path.Combine(folder.Path, "course.yaml"), "\nfiles:\n  - { name: gone.svg, alt: Nothing }\n", TestContext.Current.CancellationToken);
        var report = await world.Send(new ImportFolder(folder.Path, await world.Person("Ioana", "teacher")));
        Assert.Contains(report.Advice, a => a is { File: "course.yaml", Line: > 20, Message: "There is no file assets/gone.svg." });
    }

    [Theory]
    [InlineData("https://example.org/a b", "https://example.org/a%20b")]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("https://user:word@example.org/", null)]
    [InlineData("A book, page 3", null)]
    public void Only_an_ordinary_web_address_becomes_a_link(string source, string? link) => Assert.Equal(link, new Credit("T", [], source, Licence.Of("CC0-1.0")).Address);

    private async Task Published(string slug) => await world.Run(await world.Course(slug), startsInHours: -1);

    private static async Task<string> Text(string zip, string name)
    {
        await using var archive = await ZipFile.OpenReadAsync(zip);
        using var reader = new StreamReader(await archive.GetEntry(name)!.OpenAsync());
        return await reader.ReadToEndAsync();
    }
}
