using System.Net;
using System.Net.Http.Headers;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Moderating;
using MoocPlatform.Discussions.Features.Posting;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Discussions.Tests;

/// <summary>Pictures in what is written: seen by whoever may read the text, and by nobody else.</summary>
public sealed class PictureTests(World world) : IClassFixture<World>
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13];

    [Fact]
    public async Task A_picture_is_seen_by_whoever_may_read_the_text_that_shows_it()
    {
        var run = await world.ARun();
        var (teacher, painter) = (await world.Room(run, "Ioana Marin"), await world.Room(run, "Painter"));
        await world.Person("Not here");
        var (mine, peer, stranger) = (world.As("Painter"), await world.Learner(run, "Looker"), world.As("Not here"));
        var open = await world.Start(teacher, "Show me");
        var (status, address) = await Send(mine, run, Png);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.EndsWith(".png", address, StringComparison.Ordinal);
        var path = Picture.Folder + address["assets".Length..];
        Assert.Equal(Png, await mine.Client.GetByteArrayAsync(new Uri(path, UriKind.Relative)));
        await Gone(path, peer, stranger);

        var reply = await world.Say(painter, open, $"Here: ![a drawing]({address})");
        var image = (await peer.Open(run.Thread(open))).QuerySelector("#replies img")!;
        Assert.Equal((path, "a drawing"), (image.GetAttribute("src"), image.GetAttribute("alt")));
        using (var seen = await peer.Client.GetAsync(new Uri(path, UriKind.Relative)))
        {
            Assert.Equal("image/png", seen.Content.Headers.ContentType!.MediaType);
            Assert.StartsWith("sandbox", seen.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }

        await Gone(path, stranger);
        await world.Send(new Moderate(teacher, open, reply, TeamAct.Hide, "off topic"));
        await Gone(path, peer, stranger);
        Assert.Equal(Png, await mine.Client.GetByteArrayAsync(new Uri(path, UriKind.Relative)));
        await world.Send(new ChangeWriting(painter, open, reply, Act.Delete));
        await Gone(path, mine, peer, world.As("Ioana Marin"));
    }

    [Fact]
    public async Task A_picture_of_a_private_question_stays_private_also_when_a_peer_names_it()
    {
        var run = await world.ARun();
        var asker = await world.Room(run, "Private Painter");
        var (_, address) = await Send(world.As("Private Painter"), run, Png);
        await world.Start(asker, "For the team", $"![mine]({address})", isPrivate: true);
        var peer = await world.Learner(run, "Curious");
        var path = Picture.Folder + address["assets".Length..];
        await world.Start(await world.Room(run, "Curious"), "Show it!", $"![theirs]({address})");
        await Gone(path, peer);
        Assert.Equal(Png, await world.As("Ioana Marin").Client.GetByteArrayAsync(new Uri(path, UriKind.Relative)));
    }

    [Fact]
    public async Task What_is_no_picture_or_too_large_is_refused_with_its_reason()
    {
        var run = await world.ARun();
        var mine = await world.Learner(run, "Sender");
        foreach (var bytes in new[] { "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"u8.ToArray(), [], [0x4D, 0x5A] })
        {
            var (status, said) = await Send(mine, run, bytes);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
            Assert.Contains("no picture", said, StringComparison.Ordinal);
        }

        Assert.Contains("too large", (await Send(mine, run, [.. Png, .. new byte[Picture.Largest]])).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_does_not_take_part_sends_no_picture_and_nobody_sends_one_from_a_page_that_is_not_theirs()
    {
        var run = await world.ARun();
        await world.Person("Outsider");
        var outsider = world.As("Outsider");
        Assert.Equal(HttpStatusCode.NotFound, (await Send(outsider, run, Png, await outsider.Open(run.At("talk")))).Status);
        var member = await world.Learner(run, "Insider");
        Assert.Equal(HttpStatusCode.BadRequest, (await Send(member, run, Png, await outsider.Open(run.At("talk")))).Status);
    }

    private static async Task Gone(string path, params Browser[] browsers)
    {
        foreach (var browser in browsers)
        {
            using var answer = await browser.Client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    private static async Task<(HttpStatusCode Status, string Said)> Send(Browser browser, GivenRun run, byte[] bytes, AngleSharp.Html.Dom.IHtmlDocument? page = null)
    {
        page ??= await browser.Open(run.At("talk/new"));
        using var file = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
        using var form = new MultipartFormDataContent
        {
            { file, "file", "picture" },
            { new StringContent(page.QuerySelector("form input[name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" },
        };
        using var answer = await browser.Client.PostAsync(new Uri(run.At("talk/pictures"), UriKind.Relative), form);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
