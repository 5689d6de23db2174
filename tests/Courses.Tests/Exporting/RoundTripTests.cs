using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Features.Exporting;
using MoocPlatform.Courses.Features.Importing;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Courses.Tests.Exporting;

public sealed class RoundTripTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task What_is_written_is_read_back_as_it_was_and_written_again_as_the_same_bytes()
    {
        var store = world.Services.GetRequiredService<AssetStore>();
        await store.Put(new MemoryStream(GeneratedCourses.Bytes), default);
        Prop.ForAll(GeneratedCourses.All.ToArbitrary(), content =>
        {
            var first = Packed(content, store);
            using var archive = new TemporaryFile(first);
            using var folder = CourseFolder.Read(archive.Path);
            Assert.Empty(folder.Problems);
            Assert.Empty(folder.Advice);
            Assert.Empty(folder.LeftOut);
            var again = AsContent(folder);
            Assert.Equal(Facts(content), Facts(again));
            Assert.Equal(first, Packed(again, store));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task A_course_taken_to_another_site_is_the_same_course_there_and_comes_back_as_the_same_bytes()
    {
        await using var other = new World();
        await other.InitializeAsync();
        var here = await world.Person("Ioana", "teacher");
        var there = await other.Person("Ioana", "teacher");
        var demo = await world.Send(new ImportFolder(Path.Combine(AppContext.BaseDirectory, "Demo", "oer-in-practice"), here));
        Assert.Empty(demo.Problems);
        var slugs = new List<string> { demo.Slug };
        await world.Services.GetRequiredService<AssetStore>().Put(new MemoryStream(GeneratedCourses.Bytes), default);
        foreach (var content in GeneratedCourses.All.Sample(8))
        {
            slugs.Add(content.Course.Slug);
            content.Course.Team.Add(new() { CourseId = content.Course.Id, PersonId = here, Role = CourseRole.Owner });
            await world.Db<CoursesDb, int>(db =>
            {
                db.Add(content.Course);
                db.AddRange(content.Assets);
                return db.SaveChangesAsync();
            });
        }

        foreach (var slug in slugs)
        {
            using var first = new TemporaryFile();
            using var second = new TemporaryFile();
            using var third = new TemporaryFile();
            Assert.NotNull(await world.Send(new ExportCourse(slug, first.Path)));
            var report = await other.Send(new ImportFolder(first.Path, there));
            Assert.True(report.Problems.Count == 0, string.Join('\n', report.Problems));
            Assert.Empty(report.LeftOut);
            Assert.NotNull(await other.Send(new ExportCourse(slug, second.Path)));
            Assert.Equal(await File.ReadAllBytesAsync(first.Path), await File.ReadAllBytesAsync(second.Path));

            // Into the site it came from: nothing changes there either.
            var before = await Revisions(slug);
            Assert.Empty((await world.Send(new ImportFolder(first.Path, here))).Problems);
            Assert.Equal(before, await Revisions(slug));
            Assert.NotNull(await world.Send(new ExportCourse(slug, third.Path)));
            Assert.Equal(await File.ReadAllBytesAsync(first.Path), await File.ReadAllBytesAsync(third.Path));
        }
    }

    [Fact]
    public async Task A_folder_and_a_zip_hold_the_same_files_and_the_manifest_has_each_of_them_with_its_hash()
    {
        await world.Course("export-folder");
        using var zip = new TemporaryFile();
        var folder = Path.Combine(world.Folder, "export-folder");
        var report = await world.Send(new ExportCourse("export-folder", zip.Path));
        await world.Send(new ExportCourse("export-folder", folder));

        Assert.Equal((2, 3, 0, 2), (report!.Sections, report.Lessons, report.Quizzes, report.Assets));
        await using var archive = await ZipFile.OpenReadAsync(zip.Path, TestContext.Current.CancellationToken);
        var names = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal);
        Assert.Equal(names, archive.Entries.Select(e => e.FullName));
        Assert.All(archive.Entries, e => Assert.Equal(1980, e.LastWriteTime.Year));
        var manifest = Manifest.Read(await File.ReadAllTextAsync(Path.Combine(folder, "manifest.json"), TestContext.Current.CancellationToken))!;
        Assert.Equal(("whole", 3, 2), (manifest.Edition, manifest.Counts.Lessons, manifest.Counts.Assets));
        Assert.Equal(archive.Entries.Select(e => e.FullName).Where(n => n != "manifest.json"), manifest.Files.Select(f => f.Path));
        foreach (var file in manifest.Files)
            Assert.Equal(file.Sha256, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(folder, file.Path), TestContext.Current.CancellationToken))));
        var line = await File.ReadAllTextAsync(Path.Combine(folder, "ATTRIBUTION.md"), TestContext.Current.CancellationToken);
        Assert.Contains("“Bees for Beginners” by Ștefan Albină, http://localhost/courses/export-folder, is licensed under CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/).", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_changed_by_hand_after_the_export_is_taken_and_told()
    {
        await world.Course("export-edited");
        var folder = Path.Combine(world.Folder, "export-edited");
        await world.Send(new ExportCourse("export-edited", folder));
        await File.AppendAllTextAsync(Path.Combine(folder, "sections/01-first-flight/02-the-hive.md"), "\nMore.\n", TestContext.Current.CancellationToken);
        File.Delete(Path.Combine(folder, "assets/tables/worksheet.csv"));
        var report = await world.Send(new ImportFolder(folder, await world.Person("Ioana", "teacher")));
        Assert.Empty(report.Problems);
        Assert.Contains(report.Advice, a => a.File == "sections/01-first-flight/02-the-hive.md" && a.Message.Contains("changed", StringComparison.Ordinal));
        Assert.Contains(report.Advice, a => a.File == "assets/tables/worksheet.csv");
    }

    private static byte[] Packed(CourseContent content, AssetStore store)
    {
        using var bytes = new MemoryStream();
#pragma warning disable VSTHRD002 // a property is checked in one go
        new CoursePackage(content, ["Ana"], "http://localhost", store).Zip(bytes, CancellationToken.None).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        return bytes.ToArray();
    }

    private static CourseContent AsContent(CourseFolder folder)
    {
        var s = folder.Settings!;
        var course = new Course
        {
            Slug = s.Slug,
            Title = s.Title,
            Summary = s.Summary,
            Language = s.Language,
            Subject = s.Subject,
            Description = s.Description,
            Audience = s.Audience,
            Objectives = s.Objectives,
            Authors = s.Authors,
            HoursPerWeek = s.HoursPerWeek,
            Weeks = s.Weeks,
            Licence = s.Licence,
            Accessibility = s.Accessibility,
            CoverPattern = s.CoverPattern,
            CoverHue = s.CoverHue,
        };
        return new(course, [.. folder.Sections.Select(f => new Section
        {
            Slug = f.Settings.Slug,
            Title = f.Settings.Title,
            Summary = f.Settings.Summary,
            Release = f.Settings.Release,
            Items = [.. f.Items.Select(i => new Item { Slug = i.Slug, Title = i.Item.Title, Kind = i.Item.Kind, Minutes = i.Item.Minutes, Rule = i.Item.Rule, Opens = i.Item.Opens, Due = i.Item.Due, Published = i.Item.Published, Markdown = i.Item.Markdown, Licence = i.Item.Licence, Authors = i.Item.Authors, Source = i.Item.Source })],
        })], [.. folder.Assets.Select(a => new Asset { Name = a.Name, ContentType = a.ContentType, Length = new FileInfo(a.Path).Length, Hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(a.Path))), Facts = a.Facts })]);
    }

    private static List<object> Facts(CourseContent content)
    {
        var c = content.Course;
        return
        [
            (c.Slug, c.Title, c.Summary, c.Language, c.Subject, c.Description, c.Audience), (c.HoursPerWeek, c.Weeks, c.Licence, c.Accessibility, c.CoverPattern, c.CoverHue),
            .. c.Objectives, .. c.Authors,
            .. content.Sections.Select(s => (s.Slug, s.Title, s.Summary, s.Release)),
            .. content.Sections.SelectMany(s => s.Items.Select(i => (s.Slug, i.Slug, i.Title, i.Kind, (i.Minutes, i.Rule, i.Opens, i.Due, i.Published, i.Markdown), (i.Licence, i.Source, string.Join('\n', i.Authors))))),
            .. content.Assets.OrderBy(a => a.Name, StringComparer.Ordinal).Select(a => (a.Name, a.ContentType, a.Length, a.Hash, a.Facts)),
        ];
    }

    private Task<Dictionary<string, int>> Revisions(string slug) => world.Db<CoursesDb, Dictionary<string, int>>(async db =>
    {
        var id = await db.Courses.Where(c => c.Slug == slug).Select(c => c.Id).SingleAsync();
        return await db.Items.Where(i => i.CourseId == id).ToDictionaryAsync(i => i.Slug, i => i.Revision);
    });
}

/// <summary>A file that is there for one test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(byte[]? bytes = null)
    {
        if (bytes is not null)
            File.WriteAllBytes(Path, bytes);
    }

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"mooc-{Guid.NewGuid():N}.zip");

    public void Dispose() => File.Delete(Path);
}
