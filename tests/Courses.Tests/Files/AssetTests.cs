using System.Net;
using System.Net.Http.Headers;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Courses.Tests.Files;

public sealed class AssetTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_picture_of_a_published_course_is_shown_in_a_sandbox()
    {
        var course = await Published("files-picture");
        var response = await Get($"/assets/{course:N}/bee.svg");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("image/svg+xml", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("sandbox; default-src 'none'; style-src 'unsafe-inline'", response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Null(response.Content.Headers.ContentDisposition);
        Assert.Equal(CourseFolders.Svg, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Everything_else_is_a_download()
    {
        var course = await Published("files-download");
        var response = await Get($"/assets/{course:N}/tables/worksheet.csv");
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("worksheet.csv", response.Content.Headers.ContentDisposition.FileName);
    }

    [Fact]
    public async Task A_browser_that_has_it_hears_304_and_may_ask_for_a_part()
    {
        var course = await Published("files-again");
        var first = await Get($"/assets/{course:N}/bee.svg");
        Assert.Contains("no-cache", first.Headers.CacheControl!.ToString(), StringComparison.Ordinal);

        using var again = new HttpRequestMessage(HttpMethod.Get, $"/assets/{course:N}/bee.svg");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await world.As(null).Client.SendAsync(again)).StatusCode);

        using var part = new HttpRequestMessage(HttpMethod.Get, $"/assets/{course:N}/bee.svg");
        part.Headers.Range = new RangeHeaderValue(0, 3);
        var answer = await world.As(null).Client.SendAsync(part);
        Assert.Equal((HttpStatusCode.PartialContent, "<svg"), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task The_address_in_a_lesson_may_be_kept_for_ever()
    {
        await Published("files-kept");
        var page = await world.As(null).Open("/learn/files-kept/now/what-a-bee-is");
        var address = page.QuerySelector(".prose img")!.GetAttribute("src")!;
        Assert.Contains("immutable", (await Get(address)).Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_of_a_course_that_was_never_published_are_its_teams()
    {
        var course = await world.Course("files-draft");
        await world.Person("Elena");
        Assert.Equal(HttpStatusCode.NotFound, (await Get($"/assets/{course:N}/bee.svg")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await world.As("Elena").Client.GetAsync($"/assets/{course:N}/bee.svg")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await world.As("Ioana").Client.GetAsync($"/assets/{course:N}/bee.svg")).StatusCode);
    }

    [Theory]
    [InlineData("nothing.svg")]
    [InlineData("..%2F..%2Fmooc.db")]
    [InlineData("tables")]
    public async Task Only_names_the_course_has_are_served(string name)
    {
        var course = await Published("files-names");
        Assert.Equal(HttpStatusCode.NotFound, (await Get($"/assets/{course:N}/{name}")).StatusCode);
    }

    private async Task<Guid> Published(string slug)
    {
        var course = await world.Course(slug);
        await world.Run(course, startsInHours: -1);
        return course;
    }

    private Task<HttpResponseMessage> Get(string address) => world.As(null).Client.GetAsync(address);
}
