using System.Net;
using MoocPlatform.Courses.Features.Resources;
using Xunit;

namespace MoocPlatform.Courses.Tests.Resources;

/// <summary>Where this site goes by itself, and what it believes of what it finds there.</summary>
public sealed class OutsideTests
{
    [Theory]
    [InlineData("93.184.216.34", true)]
    [InlineData("2606:2800:220:1::1", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.9.9.9", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fe80::1", false)]
    public void An_address_is_public_or_it_is_not(string address, bool isPublic) => Assert.Equal(isPublic, AddressPolicy.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://localhost:{0}/")]
    [InlineData("http://2130706433:{0}/")]
    [InlineData("http://0x7f.1:{0}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("http://user:word@127.0.0.1:{0}/")]
    [InlineData("ftp://127.0.0.1:{0}/")]
    public async Task However_a_private_address_is_written_nobody_goes_there(string address)
    {
        await using var canary = await LocalSite.Start();
        using var client = new OutsideClient(AddressPolicy.Public);
        var answer = (await client.Read(new Uri(string.Format(null, address, canary.Port)), null, default)).Answer;
        Assert.True(answer is OutsideAnswer.NotPublic or OutsideAnswer.Failed, $"{answer}"); // some spellings are no address to begin with
        Assert.Empty(canary.Asked);
    }

    [Fact]
    public async Task A_redirect_is_followed_outside_and_never_inside()
    {
        await using var site = await LocalSite.Start();
        await using var canary = await LocalSite.Start();
        using var client = new OutsideClient(new((a, port) => IPAddress.IsLoopback(a) && port == site.Port));
        site.Pages["/moved"] = new(302, Location: "/here");
        site.Pages["/here"] = new(200, "<p>Found.</p>");
        site.Pages["/inside"] = new(302, Location: canary.Address + "/secret");
        site.Pages["/round"] = new(302, Location: "/round");
        Assert.Equal((OutsideAnswer.Read, "<p>Found.</p>"), await Read("/moved"));
        Assert.Equal((OutsideAnswer.NotPublic, ""), await Read("/inside"));
        Assert.Equal((OutsideAnswer.Failed, ""), await Read("/round"));
        Assert.Empty(canary.Asked);

        async Task<(OutsideAnswer, string)> Read(string path)
        {
            var found = await client.Read(new Uri(site.Address + path), null, default);
            return (found.Answer, found.Text);
        }
    }

    [Fact]
    public async Task Of_a_page_without_an_end_the_first_megabyte_is_read()
    {
        await using var site = await LocalSite.Start();
        using var client = new OutsideClient(new((a, _) => IPAddress.IsLoopback(a)));
        site.Pages["/long"] = new(200, new string('a', 3 << 20));
        Assert.Equal(OutsideClient.MostBytes, (await client.Read(new Uri(site.Address + "/long"), null, default)).Text.Length);
    }

    [Theory]
    [InlineData("User-agent: *\nDisallow: /private", "/private/a", false)]
    [InlineData("User-agent: *\nDisallow: /private", "/open", true)]
    [InlineData("User-agent: *\nDisallow: /\nAllow: /open", "/open/a", true)]
    [InlineData("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", false)]
    [InlineData("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x", true)]
    [InlineData("User-agent: *\nDisallow:", "/a", true)]
    [InlineData("User-agent: moocplatform\nDisallow: /a\n\nUser-agent: *\nDisallow: /", "/b", true)]
    [InlineData("User-agent: other\nUser-agent: MoocPlatform # us\nDisallow: /a", "/a", false)]
    [InlineData("User-agent: other\nDisallow: /", "/a", true)]
    [InlineData("no rules at all", "/a", true)]
    public void Robots_txt_is_read_as_its_standard_says(string file, string path, bool allowed) => Assert.Equal(allowed, Robots.Read(file, OutsideClient.Name).Allows(path));

    [Theory]
    [InlineData("<html><head><title>T</title><style>p{}</style></head><body><nav>Menu</nav><h1>Bees</h1><p>They <b>fly</b>\n far &amp; wide.</p><script>x<y</script></body>", "Bees\nThey fly far & wide.")]
    [InlineData("<p>One<br>Two<!-- not <p>this --><ul><li>Three</ul>", "One\nTwo\nThree")]
    [InlineData("<script>never closed", "")]
    [InlineData("a < b", "a")]
    [InlineData("<p>&lt;script&gt;", "<script>")]
    public void The_words_of_a_page_are_kept_and_nothing_of_its_markup(string html, string text) => Assert.Equal(text, PageText.Of(html, isHtml: true));

    [Fact]
    public void A_hostile_page_costs_no_more_than_its_length()
    {
        var nested = string.Concat(Enumerable.Repeat("<div><nav>", 100_000)) + string.Concat(Enumerable.Repeat("<script ", 20_000));
        Assert.True(PageText.Of(nested, isHtml: true).Length <= PageText.Longest);
    }
}
