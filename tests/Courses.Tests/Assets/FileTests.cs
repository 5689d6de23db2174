using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Features.Assets;
using MoocPlatform.Courses.Features.Importing;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Courses.Tests.Assets;

public sealed class FileTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_teacher_brings_a_picture_by_form_and_it_is_there_with_what_was_said_of_it()
    {
        var course = await world.Course("bring-picture");
        var answer = await Ioana.Bring("/teach/bring-picture/files", "/teach/bring-picture/files", "Fotografie Nouă 1.PNG", Uploads.Png(), json: false, ("alt", "A hive"), ("licence", "CC-BY-2.0"), ("author", "Ana"), ("source", "https://example.org/hive"));
        Assert.Equal((HttpStatusCode.Redirect, "/teach/bring-picture/files/fotografie-noua-1.png"), (answer.StatusCode, answer.Headers.Location!.ToString()));
        var page = await Ioana.Page(answer);
        Assert.Equal("A hive", page.QuerySelector("#Alt")!.GetAttribute("value"));
        Assert.Equal(new AssetFacts("A hive", "CC-BY-2.0", "Ana", "https://example.org/hive"), (await Find(course, "fotografie-noua-1.png")).Facts);
        Assert.Equal(Uploads.Png(), await Ioana.Client.GetByteArrayAsync(new Uri(page.QuerySelector(".prose img")!.GetAttribute("src")!, UriKind.Relative), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_editor_brings_a_pasted_picture_and_hears_its_path_or_why_not()
    {
        var course = await world.Course("bring-paste");
        var taken = await Ioana.Bring("/teach/bring-paste", "/teach/bring-paste/files", "image.png", Uploads.Png(), json: true);
        Assert.Equal((HttpStatusCode.OK, "assets/image.png"), (taken.StatusCode, (await Json(taken)).GetProperty("path").GetString()));
        Assert.Equal("image/png", (await Find(course, "image.png")).ContentType);

        var refused = await Ioana.Bring("/teach/bring-paste", "/teach/bring-paste/files", "image.png", Uploads.Text("<script>alert(1)</script>"), json: true);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("“image.png” is no png", (await Json(refused)).GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("file", (await Json(refused)).GetProperty("field").GetString());
    }

    [Theory]
    [InlineData("game.exe", "MZ", "is of a kind that is not taken")]
    [InlineData("page.html", "<p>", "is of a kind that is not taken")]
    [InlineData("photo.jpeg", "no photo", "is no jpg")]
    [InlineData("words.vtt", "no captions", "is no vtt")]
    [InlineData("", "", "Choose a file first.")]
    public async Task What_is_not_taken_is_refused_with_its_name_and_the_way_on(string name, string text, string why)
    {
        if (!await world.Db<CoursesDb, bool>(db => db.Courses.AnyAsync(c => c.Slug == "bring-bad")))
            await world.Course("bring-bad");
        var answer = await Ioana.Bring("/teach/bring-bad/files", "/teach/bring-bad/files", name, Uploads.Text(text), json: false, ("alt", "A thing"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await Ioana.Page(answer);
        Assert.Contains(why, page.QuerySelector("#refused")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("A thing", page.QuerySelector("#Alt")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_in_words()
    {
        await world.Course("bring-large");
        var answer = await Ioana.Bring("/teach/bring-large/files", "/teach/bring-large/files", "film.mp3", [.. "ID3"u8, .. new byte[AssetType.LongestFile]], json: true);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("“film.mp3” has 51 MB; a file may have 50.", (await Json(answer)).GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_without_words_is_asked_for_them_unless_it_only_adorns()
    {
        await world.Course("bring-alt");
        var asked = await Ioana.Bring("/teach/bring-alt/files", "/teach/bring-alt/files", "line.png", Uploads.Png());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.StatusCode);
        Assert.NotNull((await Ioana.Page(asked)).QuerySelector("#Alt-error"));
        Assert.Equal(HttpStatusCode.Redirect, (await Ioana.Bring("/teach/bring-alt/files", "/teach/bring-alt/files", "line.png", Uploads.Png(), json: false, ("decorative", "true"))).StatusCode);
    }

    [Fact]
    public async Task The_same_bytes_brought_twice_are_one_file_and_others_of_its_name_another()
    {
        var course = await world.Course("bring-twice");
        var paths = new List<string?>();
        foreach (var mark in (byte[])[1, 1, 2, 1, 2])
            paths.Add((await Json(await Ioana.Bring("/teach/bring-twice", "/teach/bring-twice/files", "image.png", Uploads.Png(mark), json: true))).GetProperty("path").GetString());
        Assert.Equal(["assets/image.png", "assets/image.png", "assets/image-2.png", "assets/image.png", "assets/image-2.png"], paths);
        Assert.Equal(2, await world.Db<CoursesDb, int>(db => db.Assets.CountAsync(a => a.CourseId == course && a.Name.StartsWith("image"))));
    }

    [Fact]
    public async Task A_file_put_in_the_place_of_another_is_shown_wherever_that_one_was()
    {
        var course = await world.Course("replace-file");
        await world.Run(course, startsInHours: -1);
        var before = (await world.As(null).Open("/learn/replace-file/now/what-a-bee-is")).QuerySelector(".prose img")!.GetAttribute("src")!;
        var other = CourseFolders.Svg.Replace("One", "Two", StringComparison.Ordinal);
        var wrong = await Ioana.Bring("/teach/replace-file/files/bee.svg", "/teach/replace-file/files/bee.svg?handler=Replace", "bee.png", Uploads.Png());
        Assert.Contains("Only another svg", (await Ioana.Page(wrong)).QuerySelector("#refused")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await Ioana.Bring("/teach/replace-file/files/bee.svg", "/teach/replace-file/files/bee.svg?handler=Replace", "new bee.svg", Uploads.Text(other))).StatusCode);

        var after = (await world.As(null).Open("/learn/replace-file/now/what-a-bee-is")).QuerySelector(".prose img")!.GetAttribute("src")!;
        Assert.Equal(before.Split('?')[0], after.Split('?')[0]);
        Assert.NotEqual(before, after); // a browser that keeps the old one for ever asks for the new one
        Assert.Equal(other, await world.As(null).Client.GetStringAsync(new Uri(after, UriKind.Relative), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_list_says_where_a_file_is_used_and_what_is_not_used_can_be_deleted()
    {
        var course = await world.Course("files-used");
        await Ioana.Bring("/teach/files-used", "/teach/files-used/files", "spare.png", Uploads.Png(), json: true);
        var row = (await Ioana.Open("/teach/files-used/files")).QuerySelectorAll("tbody tr").Single(r => r.TextContent.Contains("tables/worksheet.csv", StringComparison.Ordinal));
        Assert.Contains("1 text", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("The hive", (await Ioana.Open("/teach/files-used/files/tables/worksheet.csv")).QuerySelector("section[aria-labelledby=uses]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("missing where it stands now", (await Ioana.Open("/teach/files-used/delete-file/bee.svg")).Body!.TextContent, StringComparison.Ordinal);

        var unused = (await Ioana.Open("/teach/files-used/files?show=unused")).QuerySelectorAll("tbody tr");
        Assert.Equal("spare.png", unused.Single().QuerySelector("a")!.TextContent);
        var ioana = Ioana;
        var asks = await ioana.Open("/teach/files-used/delete-file/spare.png");
        Assert.True(await world.Db<CoursesDb, bool>(db => db.Assets.AnyAsync(a => a.CourseId == course && a.Name == "spare.png")));
        var (_, _, path) = await ioana.Submit(asks, "main form");
        Assert.Equal("/teach/files-used/files", path);
        Assert.False(await world.Db<CoursesDb, bool>(db => db.Assets.AnyAsync(a => a.CourseId == course && a.Name == "spare.png")));
        await Ioana.Open("/teach/files-used/files/spare.png", HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("![A](assets/a.png) and [b](./assets/sub/b-2.csv).", "a.png sub/b-2.csv")]
    [InlineData("See assets/a.png. Also ::audio assets/t.mp3 \"T\" transcript=assets/t.md", "a.png t.mp3 t.md")]
    [InlineData("myassets/a.png https://x.org/assets/a.png assets/", "")]
    public void A_text_names_its_files(string markdown, string names) => Assert.Equal(names, string.Join(' ', FileUsesAnswer.Named(markdown)));

    private Browser Ioana => world.As("Ioana");

    private Task<Asset> Find(Guid course, string name) => world.Db<CoursesDb, Asset>(db => db.Assets.AsNoTracking().SingleAsync(a => a.CourseId == course && a.Name == name));

    private static async Task<JsonElement> Json(HttpResponseMessage answer) => JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
}
