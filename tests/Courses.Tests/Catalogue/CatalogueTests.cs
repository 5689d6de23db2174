using System.Net;
using System.Text.Json;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Courses.Tests.Catalogue;

public sealed class CatalogueTests(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData("list-open", -1, "/")]
    [InlineData("list-soon", 24, "/?when=soon")]
    [InlineData("list-closed", -24 * 40, "/?when=closed")]
    public async Task A_course_stands_in_the_list_of_its_state(string slug, double startsInHours, string path)
    {
        await world.Run(await world.Course(slug), startsInHours);
        foreach (var list in new[] { "/", "/?when=soon", "/?when=closed" })
            Assert.Equal(list == path, await Lists(list, slug));
    }

    [Fact]
    public async Task A_course_without_a_published_run_is_not_listed()
    {
        await world.Course("list-draft");
        Assert.False(await Lists("/", "list-draft"));
        await world.As(null).Open("/courses/list-draft", HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("bees", true)]
    [InlineData("BEES beginners", true)]
    [InlineData("stefan albina", true)]
    [InlineData("Ștefan", true)]
    [InlineData("biology", true)]
    [InlineData("bees motorcycles", false)]
    [InlineData("\" OR 1=1 --", false)]
    public async Task The_search_finds_every_word_whatever_its_accents(string words, bool found)
    {
        await world.Run(await world.Course("list-search"), -1);
        Assert.Equal(found, await Lists("/?q=" + Uri.EscapeDataString(words), "list-search"));
    }

    [Fact]
    public async Task Filters_narrow_the_list_and_stay_in_the_address()
    {
        await world.Run(await world.Course("list-filter"), -1);
        Assert.True(await Lists("/?lang=en&licence=adapt&effort=2", "list-filter"));
        Assert.False(await Lists("/?lang=ro", "list-filter"));
        Assert.False(await Lists("/?licence=reserved", "list-filter"));
        var page = await world.As(null).Open("/?lang=en&q=bees");
        Assert.NotNull(page.QuerySelector("input[name=lang][value=en][checked]"));
        Assert.Equal("bees", page.QuerySelector("#q")!.GetAttribute("value"));
    }

    [Fact]
    public async Task An_empty_list_says_so_and_what_was_searched_is_only_text()
    {
        var page = await world.As(null).Open("/?q=" + Uri.EscapeDataString("<img src=x onerror=alert(1)>"));
        Assert.Contains("No course was found", page.QuerySelector(".empty")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector(".empty img"));
    }

    [Fact]
    public async Task Nonsense_in_the_address_does_no_harm() => await world.As(null).Open("/?when=yesterday&sort=%00&after=nobody&lang=%3Cx%3E&effort=");

    [Fact]
    public async Task The_course_page_tells_what_one_needs_to_decide()
    {
        await world.Run(await world.Course("about-bees"), -1);
        var page = await world.As(null).Open("/courses/about-bees");

        Assert.Equal("Bees for Beginners", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(["Tell a bee from a wasp", "Build a small hotel for bees"], page.QuerySelectorAll(".ticks li").Select(l => l.TextContent.Trim()));
        Assert.Equal(["First flight", "Second flight"], page.QuerySelectorAll(".syllabus h3").Select(h => h.TextContent));
        Assert.Equal("2026-11-09T08:00:00Z", page.QuerySelector(".syllabus time")!.GetAttribute("datetime"));
        Assert.Equal("https://creativecommons.org/licenses/by-sa/4.0/deed.en", page.QuerySelector("a[rel=license]")!.GetAttribute("href"));
        Assert.Contains("share what you make under the same licence", page.QuerySelector("#lic")!.ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Ștefan Albină", page.QuerySelector(".byline h3")!.TextContent);
        Assert.Equal("/account/sign-in?returnUrl=%2Flearn%2Fabout-bees%2Fnow%2Fjoin", page.QuerySelector("#join-top a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Search_engines_read_the_course_and_its_runs()
    {
        await world.Run(await world.Course("about-data"), -1);
        var page = await world.As(null).Open("/courses/about-data");
        var data = JsonDocument.Parse(page.QuerySelector("script[type='application/ld+json']")!.TextContent).RootElement;
        Assert.Equal("Course", data.GetProperty("@type").GetString());
        Assert.Equal("2026-11-02T09:00:00Z", data.GetProperty("hasCourseInstance")[0].GetProperty("startDate").GetString());
        foreach (var (place, asked) in new[] { (data, "@id url name description inLanguage license image"), (data.GetProperty("provider"), "@type name url"), (data.GetProperty("offers"), "@type category"), (data.GetProperty("hasCourseInstance")[0], "@type courseMode startDate endDate courseWorkload") })
            Assert.All(asked.Split(' '), property => Assert.NotEqual("", place.GetProperty(property).GetString()));
        Assert.Equal("PT4H", data.GetProperty("hasCourseInstance")[0].GetProperty("courseWorkload").GetString()); // ISO 8601
        Assert.All(new[] { "@id", "url", "license", "image" }, property => Assert.True(Uri.TryCreate(data.GetProperty(property).GetString(), UriKind.Absolute, out _)));
    }

    [Fact]
    public async Task What_is_not_known_of_a_course_is_left_out_of_its_structured_data()
    {
        using var folder = CourseFolders.Good("about-little");
        folder.Change("course.yaml", "licence: CC-BY-SA-4.0", "licence: LicenseRef-All-Rights-Reserved").Change("course.yaml", "effort: { hoursPerWeek: 2, weeks: 2 }", "effort: { hoursPerWeek: 0, weeks: 0 }");
        var report = await world.Send(new ImportFolder(folder.Path, await world.Person("Ioana", "teacher")));
        Assert.Equal([], report.Problems.Select(p => $"{p.File}:{p.Line} {p.Message}"));
        await world.Run(report.CourseId!.Value, -1);
        var data = (await world.As(null).Open("/courses/about-little")).QuerySelector("script[type='application/ld+json']")!.TextContent;
        Assert.DoesNotContain(":null", data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_shares_a_course_shows_its_title_and_a_picture_that_is_there()
    {
        await world.Run(await world.Course("about-shared"), -1);
        var page = await world.As(null).Open("/courses/about-shared");
        string Said(string property) => page.QuerySelector($"meta[property='og:{property}']")!.GetAttribute("content")!;
        Assert.Equal(("website", "Bees for Beginners"), (Said("type"), Said("title")));
        Assert.EndsWith("/courses/about-shared", Said("url"), StringComparison.Ordinal);
        var picture = await world.As(null).Client.GetAsync(new Uri(Said("image")).PathAndQuery);
        Assert.Equal((HttpStatusCode.OK, "image/png"), (picture.StatusCode, picture.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task A_title_cannot_leave_the_structured_data()
    {
        using var folder = CourseFolders.Good("about-attack");
        folder.Change("course.yaml", "title: Bees for Beginners", "title: \"</script><script>alert(1)</script>\"");
        var report = await world.Send(new ImportFolder(folder.Path, await world.Person("Ioana", "teacher")));
        await world.Run(report.CourseId!.Value, -1);
        var page = await world.As(null).Open("/courses/about-attack");
        Assert.DoesNotContain(page.QuerySelectorAll("script:not([src]):not([type='application/ld+json'])"), _ => true);
        Assert.Equal("</script><script>alert(1)</script>", page.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task One_click_joins_and_afterwards_the_button_continues()
    {
        await world.Run(await world.Course("about-join"), -1);
        await world.Person("Elena");
        var elena = world.As("Elena");
        var (status, _, path) = await elena.Submit(await elena.Open("/courses/about-join"), "#join-top form");
        Assert.Equal((HttpStatusCode.OK, "/learn/about-join/now/what-a-bee-is"), (status, path));
        Assert.Equal("Continue", (await elena.Open("/courses/about-join")).QuerySelector("#join-top a")!.TextContent);
    }

    [Fact]
    public async Task Small_numbers_of_learners_are_not_told()
    {
        var run = await world.Run(await world.Course("about-count"), -1);
        Assert.Null((await world.As(null).Open("/courses/about-count")).QuerySelector(".presence"));
        await world.Send(new JoinRun(run, await world.Person("Elena")));
        await world.Settle();
        Assert.Contains("Fewer than 5 learners", (await world.As(null).Open("/courses/about-count")).QuerySelector(".presence")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ro", "Ce vei ști să faci")]
    [InlineData("it", "Che cosa saprai fare")]
    public async Task The_page_speaks_the_readers_language_and_names_the_courses(string language, string heading)
    {
        await world.Run(await world.Course("about-" + language), -1);
        var browser = world.As(null);
        browser.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        var page = await browser.Open("/courses/about-" + language);
        Assert.Equal(heading, page.QuerySelector("#what")!.TextContent);
        Assert.Equal("en", page.QuerySelector("h1")!.GetAttribute("lang"));
    }

    private async Task<bool> Lists(string path, string slug) =>
        (await world.As(null).Open(path)).QuerySelector($".course-card a[href='/courses/{slug}']") is not null;
}
