using System.IO.Compression;
using System.Net;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Features.Authoring;
using MoocPlatform.Courses.Features.Exporting;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Courses.Tests.Exporting;

public sealed class DownloadTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_visitor_takes_away_what_is_released_and_neither_keys_nor_what_is_to_come()
    {
        var run = await world.ARun();
        var visitor = world.As(null);
        var page = await visitor.Open($"/courses/{run.Term.CourseSlug}");
        var address = page.QuerySelector("a[download][href$='/download']")!.GetAttribute("href")!;
        var files = await Unzipped(visitor, address);

        Assert.Contains("The **first** lesson.", files["sections/01-begin/01-first.md"], StringComparison.Ordinal);
        Assert.Equal(["sections/01-begin/01-first.md", "sections/01-begin/02-second.md"], files.Keys.Where(k => k.StartsWith("sections/", StringComparison.Ordinal)));
        Assert.DoesNotContain(files.Values, t => t.Contains("CANARY", StringComparison.Ordinal) || t.Contains("public domain", StringComparison.Ordinal));
        var manifest = Manifest.Read(files["manifest.json"])!;
        Assert.Equal(("open", 2, new ManifestOmissions(1, 1)), (manifest.Edition, manifest.Counts.Lessons, manifest.LeftOut));
        Assert.Contains("CC BY 4.0", files["LICENCE.txt"], StringComparison.Ordinal);
        Assert.Contains("by Ioana Marin", files["ATTRIBUTION.md"], StringComparison.Ordinal);

        await world.At(world.Clock.Now.AddDays(8));
        files = await Unzipped(visitor, address);
        Assert.Contains(files.Keys, k => k.EndsWith("01-later.md", StringComparison.Ordinal));
        Assert.DoesNotContain(files.Values, t => t.Contains("CANARY-FEEDBACK", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_downloaded_can_be_imported_elsewhere()
    {
        var run = await world.ARun();
        using var zip = new TemporaryFile(await world.As(null).Client.GetByteArrayAsync(new Uri($"/courses/{run.Term.CourseSlug}/download", UriKind.Relative), TestContext.Current.CancellationToken));
        await using var other = new World();
        await other.InitializeAsync();
        var report = await other.Send(new ImportFolder(zip.Path, await other.Person("Luca", "teacher")));
        Assert.Empty(report.Problems);
        Assert.True(report.Lessons >= 2);
        Assert.Equal(0, report.Quizzes);
    }

    [Fact]
    public async Task A_draft_and_the_files_only_it_shows_stay_with_the_team()
    {
        using var folder = CourseFolders.Good("download-draft");
        folder.Lesson("sections/01-first-flight/03-secret.md", "Secret", "Draft words. ![A wasp](assets/wasp.svg)\n").Write("assets/wasp.svg", CourseFolders.Svg)
            .Change("course.yaml", "sections:", "drafts: [secret]\nsections:");
        var ioana = await world.Person("Ioana", "teacher");
        var report = await world.Send(new ImportFolder(folder.Path, ioana));
        Assert.Empty(report.Problems);
        await world.Run(report.CourseId!.Value, -48);

        var open = await Unzipped(world.As(null), "/courses/download-draft/download");
        Assert.DoesNotContain(open.Keys, k => k.Contains("secret", StringComparison.Ordinal) || k.Contains("wasp", StringComparison.Ordinal));
        Assert.DoesNotContain(open.Values, t => t.Contains("secret", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("assets/bee.svg", open.Keys);
        Assert.Contains("assets/tables/worksheet.csv", open.Keys);

        var whole = await Unzipped(world.As("Ioana"), "/teach/download-draft/export");
        Assert.Contains("sections/01-first-flight/03-secret.md", whole.Keys);
        Assert.Contains("drafts:\n  - secret\n", whole["course.yaml"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_whole_course_is_for_who_writes_it()
    {
        var run = await world.ARun();
        await world.Person("Ana");
        var path = new Uri($"/teach/{run.Term.CourseSlug}/export", UriKind.Relative);
        Assert.Equal(HttpStatusCode.NotFound, (await world.As("Ana").Client.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, (await world.As(null).Client.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
        var whole = await Unzipped(world.As("Ioana Marin"), path.ToString());
        Assert.Contains(whole.Values, t => t.Contains("CANARY-FEEDBACK", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_an_open_licence_or_before_the_first_lesson_there_is_no_download()
    {
        var run = await world.ARun();
        var course = run.Term.CourseSlug;
        var download = new Uri($"/courses/{course}/download", UriKind.Relative);
        var facts = CourseFactsOf("All closed") with { Licence = "LicenseRef-All-Rights-Reserved" };
        await world.Send(new DescribeCourse(run.Term.CourseId, new Writer(run.TeacherId, false), facts));
        Assert.Equal(HttpStatusCode.NotFound, (await world.As(null).Client.GetAsync(download, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Null((await world.As(null).Open($"/courses/{course}")).QuerySelector("a[download][href$='/download']"));
        Assert.NotEmpty(await Unzipped(world.As("Ioana Marin"), $"/teach/{course}/export"));

        var later = await world.ARun(start: world.Clock.Now.AddDays(30).DateTime, end: world.Clock.Now.AddDays(60).DateTime);
        Assert.Equal(HttpStatusCode.NotFound, (await world.As(null).Client.GetAsync(new Uri($"/courses/{later.Term.CourseSlug}/download", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_download_that_broke_goes_on_where_it_was_and_one_that_is_here_is_not_sent_again()
    {
        var run = await world.ARun();
        var client = world.As(null).Client;
        var path = new Uri($"/courses/{run.Term.CourseSlug}/download", UriKind.Relative);
        var first = await client.GetAsync(path, TestContext.Current.CancellationToken);
        var bytes = await first.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        using var rest = new HttpRequestMessage(HttpMethod.Get, path);
        rest.Headers.Range = new(100, null);
        var second = await client.SendAsync(rest, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.PartialContent, second.StatusCode);
        Assert.Equal(bytes[100..], await second.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await client.SendAsync(again, TestContext.Current.CancellationToken)).StatusCode);
    }

    private static CourseFacts CourseFactsOf(string title) => new(title, "", "", "en", "", "", "", 0, 0, "CC-BY-4.0", "", "arches", "sea", false);

    private static async Task<Dictionary<string, string>> Unzipped(Browser browser, string address)
    {
        await using var archive = new ZipArchive(new MemoryStream(await browser.Client.GetByteArrayAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken)));
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in archive.Entries)
        {
            using var reader = new StreamReader(await entry.OpenAsync(TestContext.Current.CancellationToken));
            files.Add(entry.FullName, await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        }

        return files;
    }
}
