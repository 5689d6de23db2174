using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Courses.Features.Importing;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Courses.Tests.Importing;

/// <summary>The import by browser, without script.</summary>
public sealed class BringFolderTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_teacher_sees_the_plan_first_and_the_course_comes_when_it_is_confirmed()
    {
        var before = Waiting("*.zip").Count(); // other tests' plans that nobody confirmed
        var (browser, plan) = await Bring("/teach/import", await ArchiveTests.Archive(_ => { }, "bring-new"));
        Assert.Contains("A new course at the address bring-new.", plan.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains(plan.QuerySelectorAll("tbody tr"), r => r.TextContent.Contains("What a bee is", StringComparison.Ordinal) && r.TextContent.Contains("New", StringComparison.Ordinal));
        Assert.False(await Exists("bring-new"));

        var done = await Confirm(browser, plan);
        Assert.Equal("/teach/bring-new", done.QuerySelector("[role=status] a")!.GetAttribute("href"));
        Assert.True(await Exists("bring-new"));
        await browser.Open("/teach/bring-new");
        Assert.Equal(before, Waiting("*.zip").Count());
    }

    [Fact]
    public async Task A_course_brought_up_to_date_says_before_what_comes_changes_and_goes()
    {
        await world.Course("bring-again");
        using var folder = CourseFolders.Good("bring-again");
        folder.Lesson("sections/01-first-flight/02-the-hive.md", "The hive", "Another text. [Worksheet](assets/tables/worksheet.csv)\n");
        folder.Lesson("sections/01-first-flight/03-honey.md", "Honey", "Sweet.\n");
        folder.Remove("sections/02-second-flight/01-flowers.md");
        folder.Remove("assets/bee.svg");
        var (browser, plan) = await Bring("/teach/import/bring-again", Zip(folder));
        var rows = plan.QuerySelectorAll("tbody tr").Select(r => string.Join(' ', r.QuerySelectorAll("th, td").Select(c => c.TextContent.Trim()))).ToList();
        Assert.Contains("Honey Lesson New", rows);
        Assert.Contains("The hive Lesson Changes", rows);
        Assert.Contains("Flowers Lesson Becomes a draft", rows);
        Assert.Contains("bee.svg File Goes", rows);
        Assert.DoesNotContain(rows, r => r.StartsWith("What a bee is", StringComparison.Ordinal));

        await Confirm(browser, plan);
        Assert.True(await world.Db<CoursesDb, bool>(db => db.Items.AnyAsync(i => i.Slug == "honey" && i.Published)));
    }

    [Fact]
    public async Task A_mistake_is_shown_with_file_and_line_and_there_is_nothing_to_confirm()
    {
        using var folder = CourseFolders.Good("bring-mistake");
        folder.Change("course.yaml", "language: en", "language: English please");
        var (_, plan) = await Bring("/teach/import", Zip(folder));
        Assert.Contains(plan.QuerySelectorAll("tbody tr"), r => r.TextContent.Contains("course.yaml", StringComparison.Ordinal) && r.QuerySelector("td.num")!.TextContent == "4");
        Assert.Null(plan.QuerySelector("#confirm"));
    }

    [Theory]
    [InlineData("ro", "Aici nu există setarea „mood”.")]
    [InlineData("it", "Qui non c’è l’impostazione “mood”.")]
    public async Task What_is_wrong_is_said_in_the_language_of_who_brings_it(string language, string said)
    {
        using var folder = CourseFolders.Good("bring-language");
        folder.Change("course.yaml", "language: en", "language: en\nmood: merry");
        var (_, plan) = await Bring("/teach/import", Zip(folder), language: language);
        Assert.Contains(plan.QuerySelectorAll("tbody tr"), r => r.TextContent.Contains(said, StringComparison.Ordinal));
    }

    /// <summary>Every sentence of the import has its translations: it is told by interpolated strings, which the law of the texts does not see.</summary>
    [Theory]
    [InlineData("ro")]
    [InlineData("it")]
    public void No_sentence_of_the_import_is_missing(string language)
    {
        var texts = new System.Resources.ResourceManager("MoocPlatform.Courses.Resources.Text", typeof(ImportDesk).Assembly).GetResourceSet(System.Globalization.CultureInfo.GetCultureInfo(language), true, false)!;
        Assert.Empty(Sentences().Where(message => texts.GetString(message) is null));
    }

    // Broken in as many ways as a test can think of: each tells its sentence with the key of its translation.
    private static IEnumerable<string> Sentences()
    {
        string[] settings =
        [
            "", "- a", "a: [", "format: 2", "format: 1\nslug: Ä\ntitle: ''\nlanguage: English please\nlicence: X\nobjectives: none\nauthors: [ x ]\neffort: much\nmood: merry",
            "format: 1\nslug: new\ntitle: T\nlanguage: en\nsections: [ { slug: a, title: T, release: { day: x, time: 8 } }, { slug: a, title: T } ]\ndrafts: [ a, a ]\nfiles: [ { name: a }, { name: a } ]",
            $"format: 1\nslug: a\ntitle: {new string('a', 500)}\nlanguage: en\nsections: []\nobjectives: [ [] ]\nsummary: {{ a: b }}",
        ];
        var told = new List<string>();
        foreach (var text in settings)
            CourseSettings.Read(text, (_, message) => told.Add(message.Format));
        ItemFile.Read("no settings", (_, message) => told.Add(message.Format));
        foreach (var name in (string[])["ä.png", "a.exe", "a.png"])
        {
            AssetType.Of(name, new MemoryStream([1, 2]), out var why);
            told.Add(why.Format);
        }

        Assert.True(told.Distinct().Count() > 15, string.Join('\n', told));
        return told.Distinct();
    }

    [Theory]
    [InlineData("../../escaped.txt")]
    [InlineData("/escaped.txt")]
    public async Task A_hostile_archive_is_refused_on_the_page(string name)
    {
        var (_, plan) = await Bring("/teach/import", await ArchiveTests.Archive(
            zip =>
            {
                using var to = zip.CreateEntry(name).Open();
                to.Write("x"u8);
            }, "bring-hostile"));
        Assert.Contains(plan.QuerySelectorAll("tbody tr"), r => r.TextContent.Contains(name, StringComparison.Ordinal) && r.TextContent.Contains("out of the folder", StringComparison.Ordinal));
        Assert.Null(plan.QuerySelector("#confirm"));
    }

    [Fact]
    public async Task A_file_that_is_no_zip_is_told_and_an_address_that_is_taken_too()
    {
        var (_, plan) = await Bring("/teach/import", "this is no archive"u8.ToArray());
        Assert.Contains("no ZIP archive", plan.Body!.TextContent, StringComparison.Ordinal);

        await world.Course("bring-taken");
        (_, plan) = await Bring("/teach/import", await ArchiveTests.Archive(_ => { }, "bring-taken"));
        Assert.Contains("“bring-taken” already", plan.Body!.TextContent, StringComparison.Ordinal);
        (_, plan) = await Bring("/teach/import", await ArchiveTests.Archive(_ => { }, "bring-taken"), "bring-copy");
        Assert.Contains("A new course at the address bring-copy.", plan.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_course_that_changed_after_the_plan_gets_a_new_plan_and_nothing_is_lost()
    {
        var id = await world.Course("bring-race");
        using var folder = CourseFolders.Good("bring-race");
        folder.Lesson("sections/01-first-flight/03-honey.md", "Honey", "Sweet.\n");
        var (browser, plan) = await Bring("/teach/import/bring-race", Zip(folder));
        await world.Db<CoursesDb, int>(async db =>
        {
            (await db.Courses.SingleAsync(c => c.Id == id)).Changed(world.Clock.Now);
            return await db.SaveChangesAsync();
        });
        var again = await Confirm(browser, plan);
        Assert.Contains("Somebody changed the course meanwhile", again.Body!.TextContent, StringComparison.Ordinal);
        Assert.False(await world.Db<CoursesDb, bool>(db => db.Items.AnyAsync(i => i.CourseId == id && i.Slug == "honey")));
        await Confirm(browser, again);
        Assert.True(await world.Db<CoursesDb, bool>(db => db.Items.AnyAsync(i => i.CourseId == id && i.Slug == "honey")));
    }

    [Fact]
    public async Task Imports_are_for_teachers_of_the_course_and_nobody_sees_those_of_others()
    {
        await world.Course("bring-rights");
        await world.Person("Ana");
        await world.Person("Luca", "teacher");
        await world.As("Ana").Open("/teach/import", HttpStatusCode.NotFound);
        await world.As("Luca").Open("/teach/import/bring-rights", HttpStatusCode.NotFound);
        var (_, plan) = await Bring("/teach/import", await ArchiveTests.Archive(_ => { }, "bring-private"));
        await world.As("Luca").Open(new Uri(plan.DocumentUri).PathAndQuery, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Leaving_everything_as_it_is_takes_the_files_away()
    {
        var (browser, plan) = await Bring("/teach/import", await ArchiveTests.Archive(_ => { }, "bring-discard"));
        var path = new Uri(plan.DocumentUri).PathAndQuery;
        var key = path[(path.LastIndexOf('/') + 1)..];
        Assert.NotEmpty(Waiting($"*{key}*"));
        await browser.Submit(plan, "form[action*=Discard]");
        Assert.Empty(Waiting($"*{key}*"));
        await browser.Open(path, HttpStatusCode.NotFound);
    }

    private async Task<(Browser Browser, IHtmlDocument Page)> Bring(string address, byte[] archive, string slug = "", string language = "en")
    {
        await world.Person("Ioana", "teacher");
        var browser = world.As("Ioana");
        browser.Client.DefaultRequestHeaders.Add("Accept-Language", language);
        var page = await browser.Open(address);
        using var form = new MultipartFormDataContent
        {
            { new StringContent(((IHtmlInputElement)page.QuerySelector("input[name=key]")!).Value), "key" },
            { new StringContent(((IHtmlInputElement)page.QuerySelector("input[name=__RequestVerificationToken]")!).Value), "__RequestVerificationToken" },
            { new StringContent(slug), "slug" },
            { new ByteArrayContent(archive), "file", "course.zip" },
        };
        var answer = await browser.Client.PostAsync(new Uri(address, UriKind.Relative), form, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        await world.Services.GetRequiredService<ImportDesk>().Settled();
        return (browser, await browser.Open(answer.Headers.Location!.ToString()));
    }

    private async Task<IHtmlDocument> Confirm(Browser browser, IHtmlDocument plan)
    {
        var (status, page, path) = await browser.Submit(plan, "#confirm");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.NotNull(page.QuerySelector("#import"));
        await world.Services.GetRequiredService<ImportDesk>().Settled();
        await world.Settle();
        return await browser.Open(path);
    }

    private string[] Waiting(string pattern) => Directory.GetFiles(Path.Combine(world.Folder, "assets", "arriving"), pattern);

    private Task<bool> Exists(string slug) => world.Db<CoursesDb, bool>(db => db.Courses.AnyAsync(c => c.Slug == slug));

    private static byte[] Zip(CourseFolders folder)
    {
        using var bytes = new MemoryStream();
        System.IO.Compression.ZipFile.CreateFromDirectory(folder.Path, bytes);
        return bytes.ToArray();
    }
}
