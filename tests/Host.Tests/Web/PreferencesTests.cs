using System.Net;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Host.Tests.Web;

public sealed class PreferencesTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_visitor_switches_the_language_in_the_header_and_stays_on_the_page()
    {
        var browser = world.As(null);
        var page = await browser.Open("/about?x=1");
        Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));

        var (_, after, path) = await browser.Submit(page, "button[name=lang][value=ro]");
        Assert.Equal("/about?x=1", path);
        Assert.Equal("ro", after.DocumentElement.GetAttribute("lang"));
        Assert.Equal("Despre acest site", after.QuerySelector("h1")!.TextContent);

        var later = await browser.Open("/privacy");
        Assert.Equal("ro", later.DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task A_visitor_chooses_dark_and_goes_back_to_what_the_device_says()
    {
        var browser = world.As(null);
        var page = await browser.Open("/about");
        Assert.False(page.DocumentElement.HasAttribute("data-theme"));
        (_, page, _) = await browser.Submit(page, "button[name=theme][value=dark]");
        Assert.Equal("dark", page.DocumentElement.GetAttribute("data-theme"));
        (_, page, _) = await browser.Submit(page, "button[name=theme][value=system]");
        Assert.False(page.DocumentElement.HasAttribute("data-theme"));
    }

    [Theory]
    [InlineData("it-CH,it;q=0.9,en;q=0.5", "it")]
    [InlineData("fr, ro;q=0.4", "ro")]
    [InlineData("fr", "en")]
    public async Task Without_a_choice_the_language_is_the_one_the_browser_wishes(string wish, string expected)
    {
        var browser = world.As(null);
        browser.Client.DefaultRequestHeaders.Add("Accept-Language", wish);
        var page = await browser.Open("/about");
        Assert.Equal(expected, page.DocumentElement.GetAttribute("lang"));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("http:evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("")]
    public async Task The_way_back_never_leaves_the_site(string back)
    {
        using var answer = await world.Plain().PostAsync("/preferences", Variations.Form(("theme", "dark"), ("back", back)));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("/", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Somebody_signed_in_needs_the_token_of_the_page()
    {
        await world.Person("Ana");
        var browser = world.As("Ana");
        using var refused = await browser.Client.PostAsync("/preferences", Variations.Form(("theme", "dark")));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.DoesNotContain(refused.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [], c => c.StartsWith("theme=", StringComparison.Ordinal));

        var (status, page, _) = await browser.Submit(await browser.Open("/about"), "button[name=theme][value=dark]");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("dark", page.DocumentElement.GetAttribute("data-theme"));
    }

    [Fact]
    public async Task The_frame_shows_what_a_person_may_use()
    {
        await world.Person("Ana");
        await world.Person("Toma", "teacher");
        await world.Person("Ada", "admin");
        Assert.Equal(["/"], await Nav(null));
        Assert.Equal(["/", "/my"], await Nav("Ana"));
        Assert.Equal(["/", "/my", "/teach"], await Nav("Toma"));
        Assert.Equal(["/", "/my", "/teach", "/admin"], await Nav("Ada"));

        async Task<string[]> Nav(string? person) =>
            [.. (await world.As(person).Open("/about")).QuerySelectorAll(".site-nav a").Select(a => a.GetAttribute("href")!)];
    }

    [Fact]
    public async Task The_open_pages_speak_all_three_languages()
    {
        foreach (var path in new[] { "/about", "/accessibility", "/privacy", "/licences" })
        {
            var texts = new HashSet<string>();
            foreach (var language in new[] { "en", "ro", "it" })
            {
                var browser = world.As(null);
                browser.Client.DefaultRequestHeaders.Add("Cookie", $"lang={language}");
                var page = await browser.Open(path);
                Assert.Single(page.QuerySelectorAll("h1"));
                texts.Add(page.QuerySelector(".prose")!.TextContent);
            }

            Assert.Equal(3, texts.Count);
        }
    }
}
