using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Host.Tests.Web;

public sealed class SiteFilesTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Every_file_that_a_page_names_is_there_and_may_be_kept_for_ever()
    {
        var client = world.Plain();
        var html = await client.GetStringAsync("/about");
        var files = Regex.Matches(html, "(?:href|src)=\"(?<file>/[^\"#]+\\.(?:css|js|svg|woff2)[^\"#]*)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture).Select(m => m.Groups["file"].Value).Distinct().ToList();
        Assert.Contains(files, f => f.StartsWith("/icons.svg?v=", StringComparison.Ordinal));
        Assert.Contains(files, f => f.Contains("design.css?v=", StringComparison.Ordinal));
        foreach (var file in files)
        {
            using var answer = await client.GetAsync(file);
            Assert.True(answer.IsSuccessStatusCode, file);
            Assert.Contains("immutable", string.Join(" ", answer.Headers.GetValues("Cache-Control")), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_part_of_the_scripts_that_has_its_hash_in_its_name_may_be_kept_for_ever()
    {
        var site = await (await Get("/dist/site.js")).Content.ReadAsStringAsync();
        var part = Regex.Match(site, "maths-[A-Z0-9]{8}\\.js", RegexOptions.NonBacktracking).Value;
        Assert.Contains("immutable", (await Get("/dist/" + part)).Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal("no-cache", (await Get("/dist/site.js")).Headers.CacheControl!.ToString());
    }

    [Theory]
    [InlineData("br, gzip", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("zstd", null)]
    public async Task A_text_file_comes_in_the_form_that_the_browser_takes(string accept, string? encoding)
    {
        using var answer = await Get("/icons.svg", ("Accept-Encoding", accept));
        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal("Accept-Encoding", answer.Headers.Vary.Single());
        Assert.Equal("image/svg+xml", answer.Content.Headers.ContentType!.MediaType);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        await using Stream plain = encoding switch
        {
            "br" => new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress),
            "gzip" => new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress),
            _ => new MemoryStream(bytes),
        };
        Assert.Contains("id=\"check\"", await new StreamReader(plain).ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_right_version_a_browser_asks_again_and_gets_the_body_only_when_it_changed()
    {
        using var first = await Get("/icons.svg?v=0000", ("Accept-Encoding", "br"));
        Assert.Equal("no-cache", first.Headers.CacheControl!.ToString());
        using var same = await Get("/icons.svg", ("Accept-Encoding", "br"), ("If-None-Match", first.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        using var otherForm = await Get("/icons.svg", ("If-None-Match", first.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.OK, otherForm.StatusCode);
    }

    [Theory]
    [InlineData("/../appsettings.json")]
    [InlineData("/%2e%2e/appsettings.json")]
    [InlineData("/fonts/..%2f..%2fappsettings.json")]
    [InlineData("/fonts/")]
    [InlineData("/fonts")]
    [InlineData("/icons.svg/")]
    public async Task Nothing_outside_the_folder_is_served(string path)
    {
        using var answer = await Get(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain("ConnectionStrings", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Head_has_the_length_and_no_body()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/favicon.svg");
        using var answer = await world.Plain().SendAsync(request);
        Assert.True(answer.Content.Headers.ContentLength > 0);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    private async Task<HttpResponseMessage> Get(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await world.Plain().SendAsync(request);
    }
}
