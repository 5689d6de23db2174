using System.Net;
using System.Text;
using System.Xml.Linq;
using MoocPlatform.Courses.Features.Feeds;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Courses.Tests.Feeds;

public sealed class FeedTests(World world) : IClassFixture<World>
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    [Fact]
    public async Task New_courses_come_as_an_Atom_feed()
    {
        var id = await world.Course("feed-new");
        await world.Run(id, 24);
        var response = await world.As(null).Client.GetAsync(new Uri("/courses.atom", UriKind.Relative));
        Assert.Equal("application/atom+xml; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        var feed = XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!;
        Assert.Equal("http://localhost/courses.atom", feed.Element(Atom + "id")!.Value);
        var entry = feed.Elements(Atom + "entry").Single(e => e.Element(Atom + "id")!.Value == $"urn:uuid:{id}");
        Assert.Equal("Bees for Beginners", entry.Element(Atom + "title")!.Value);
        Assert.Equal("2026-11-02T10:00:00Z", entry.Element(Atom + "updated")!.Value);
        Assert.Equal(["alternate http://localhost/courses/feed-new", "license https://creativecommons.org/licenses/by-sa/4.0/"],
            entry.Elements(Atom + "link").Select(l => $"{l.Attribute("rel")!.Value} {l.Attribute("href")!.Value}"));
    }

    [Fact]
    public async Task The_sitemap_names_public_courses_alone()
    {
        await world.Run(await world.Course("map-public"), -1);
        await world.Course("map-draft");
        var map = await world.As(null).Client.GetStringAsync(new Uri("/sitemap.xml", UriKind.Relative));
        Assert.Contains("<loc>http://localhost/courses/map-public</loc>", map, StringComparison.Ordinal);
        Assert.DoesNotContain("map-draft", map, StringComparison.Ordinal);
        Assert.Contains("Sitemap: http://localhost/sitemap.xml", await world.As(null).Client.GetStringAsync(new Uri("/robots.txt", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_dates_of_a_run_come_as_a_calendar_in_UTC()
    {
        await world.Run(await world.Course("dates"), 24, zone: "Europe/Bucharest");
        var response = await world.As(null).Client.GetAsync(new Uri("/courses/dates/now.ics", UriKind.Relative));
        Assert.Equal("text/calendar; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        var lines = (await response.Content.ReadAsStringAsync()).Split("\r\n");
        Assert.Equal("BEGIN:VCALENDAR", lines[0]);
        Assert.Equal(["20261103T100000Z", "20261110T060000Z", "20261117T100000Z"], lines.Where(l => l.StartsWith("DTSTART:", StringComparison.Ordinal)).Select(l => l[8..]));
        Assert.Equal(["Bees for Beginners starts", "Second flight opens", "Bees for Beginners ends"], lines.Where(l => l.StartsWith("SUMMARY:", StringComparison.Ordinal)).Select(l => l[8..]));
        Assert.Equal(3, lines.Count(l => l.StartsWith("UID:", StringComparison.Ordinal)));
        Assert.DoesNotContain(lines, l => Encoding.UTF8.GetByteCount(l) > 75);
    }

    [Fact]
    public async Task A_run_that_is_not_published_has_no_calendar()
    {
        await world.Course("dates-draft");
        Assert.Equal(HttpStatusCode.NotFound, (await world.As(null).Client.GetAsync(new Uri("/courses/dates-draft/now.ics", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public void Long_lines_are_cut_between_characters_and_read_as_they_were()
    {
        var summary = string.Concat(Enumerable.Repeat("Învățare deschisă 📚 ", 20));
        var calendar = new CalendarText("Name");
        calendar.Event("one@example.org", world.Clock.Now, world.Clock.Now, 1, summary, "https://example.org/", cancelled: false);
        Assert.All(calendar.ToString().Split("\r\n"), l => Assert.True(Encoding.UTF8.GetByteCount(l) <= 75));
        Assert.Contains($"SUMMARY:{summary}\r\n", calendar.ToString().Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
