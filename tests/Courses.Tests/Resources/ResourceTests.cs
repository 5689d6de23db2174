using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Features.Resources;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Courses.Tests.Resources;

/// <summary>The app as it is, but that "elsewhere" may be on this machine.</summary>
public sealed class OutsideWorld : World
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services => services.AddSingleton(new AddressPolicy((address, _) => IPAddress.IsLoopback(address))));
    }
}

/// <summary>What lessons point to is looked after: it answers, fails, is gone, and then its text is still there where the licence allows it.</summary>
public sealed class ResourceTests(OutsideWorld world) : IClassFixture<OutsideWorld>
{
    [Fact]
    public async Task A_source_that_dies_leaves_its_text_with_the_date_where_its_licence_is_open()
    {
        await using var site = await LocalSite.Start();
        site.Pages["/open"] = new(200, "<nav>Menu</nav><p>How bees <i>dance</i>.</p>");
        site.Pages["/closed"] = new(200, "<p>All mine.</p>");
        var course = await Course("res-dies", $"::resource {site.Address}/open?a=1&b=2 \"Dances\" source=\"Hive\" licence=\"CC BY-SA 3.0\"\n\n::resource {site.Address}/closed \"Mine\" licence=\"All rights reserved\"\n");
        await Check();
        var open = await Find(course, "/open?a=1&b=2");
        Assert.Equal((ResourceState.Answers, "How bees dance.", world.Clock.Now), (open.State, open.Snapshot, open.SnapshotAt!.Value));
        Assert.Equal((ResourceState.Answers, ""), ((await Find(course, "/closed")) is var closed ? (closed.State, closed.Snapshot) : default));
        var address = $"/courses/res-dies/resources/{open.Id:N}";
        await world.As(null).Open(address, HttpStatusCode.NotFound); // while it lives, it is read where it lives
        await world.As("Ioana").Open(address);

        site.Pages.Clear();
        for (var day = 0; day < 12; day++)
        {
            world.Clock.Now += TimeSpan.FromDays(1);
            await Check();
        }

        Assert.Equal(ResourceState.Gone, (await Find(course, "/open?a=1&b=2")).State);
        var lesson = await world.As(null).Open("/learn/res-dies/now/the-hive");
        var cards = lesson.QuerySelectorAll(".prose figure.callout").ToList();
        Assert.Equal(2, cards.Count(c => c.TextContent.Contains("This address has not answered since", StringComparison.Ordinal)));
        Assert.Equal(address, cards[0].QuerySelector($"a[href^='/courses/']")!.GetAttribute("href"));
        Assert.Null(cards[1].QuerySelector("a[href^='/courses/']"));
        var kept = await world.As(null).Open(address);
        Assert.Contains("How bees dance.", kept.QuerySelector(".prose")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("CC BY-SA 3.0", kept.Body!.TextContent, StringComparison.Ordinal);

        site.Pages["/open"] = new(200, "<p>It is back.</p>");
        world.Clock.Now += TimeSpan.FromDays(1);
        await Check();
        Assert.Single((await world.As(null).Open("/learn/res-dies/now/the-hive")).QuerySelectorAll(".prose figure.callout"), c => c.TextContent.Contains("not answered", StringComparison.Ordinal));
        await world.As(null).Open(address, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Robots_txt_is_respected_and_nothing_behind_it_is_asked_for()
    {
        await using var site = await LocalSite.Start();
        site.Pages["/robots.txt"] = new(200, "User-agent: *\nDisallow: /private", "text/plain");
        site.Pages["/private/a"] = new(200, "<p>Mine.</p>");
        var course = await Course("res-robots", $"::resource {site.Address}/private/a \"Mine\" licence=\"CC BY 4.0\"\n");
        await Check();
        Assert.Equal((ResourceState.Declines, ""), ((await Find(course, "/private/a")) is var mine ? (mine.State, mine.Snapshot) : default));
        Assert.Equal(["/robots.txt"], site.Asked);
    }

    [Fact]
    public async Task What_no_lesson_points_to_any_more_is_not_looked_after_and_a_draft_does_not_count()
    {
        await using var site = await LocalSite.Start();
        var course = await Course("res-list", $"::resource {site.Address}/one \"One\"\n\n```text\n::resource {site.Address}/code \"No\"\n```\n");
        Assert.Equal(["/one"], await Paths(course));
        using var folder = Folder("res-list", $"::resource {site.Address}/two \"Two\"\n");
        await world.Send(new ImportFolder(folder.Path, await world.Person("Ioana", "teacher")));
        await world.Settle();
        Assert.Equal(["/two"], await Paths(course));
        File.AppendAllText(Path.Combine(folder.Path, "course.yaml"), "\ndrafts: [ the-hive ]\n");
        await world.Send(new ImportFolder(folder.Path, await world.Person("Ioana", "teacher")));
        await world.Settle();
        Assert.Empty(await Paths(course));
    }

    [Fact]
    public async Task It_is_looked_at_once_a_week_and_every_day_while_it_fails_and_the_team_sees_it()
    {
        await using var site = await LocalSite.Start();
        site.Pages["/weekly"] = new(200, "Yes.", "text/plain");
        await Course("res-weekly", $"::resource {site.Address}/weekly \"Weekly\" licence=\"CC0\"\n\n::resource {site.Address}/daily \"Daily\"\n");
        for (var hour = 0; hour < 6 * 24; hour += 6)
        {
            await Check();
            world.Clock.Now += TimeSpan.FromHours(6);
        }

        Assert.Single(site.Asked, "/weekly");
        Assert.Equal(6, site.Asked.Count(a => a == "/daily"));
        var rows = (await world.As("Ioana").Open("/teach/res-weekly/resources")).QuerySelectorAll("tbody tr").Select(r => r.TextContent).ToList();
        Assert.Contains("Gone", rows[0], StringComparison.Ordinal);
        Assert.Contains("Weekly", rows[1], StringComparison.Ordinal);
        await world.Person("Sorin");
        await world.As("Sorin").Open("/teach/res-weekly/resources", HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("CC BY 4.0", true)]
    [InlineData("CC-BY-SA-4.0", true)]
    [InlineData("CC BY-SA 3.0 IGO", true)]
    [InlineData("CC0 1.0", true)]
    [InlineData("Public domain", true)]
    [InlineData("https://creativecommons.org/licenses/by/4.0/", true)]
    [InlineData("CC BY-NC 4.0", false)]
    [InlineData("CC BY-ND 4.0", false)]
    [InlineData("CC BY-NC-SA 4.0", false)]
    [InlineData("https://creativecommons.org/licenses/by-nc/4.0/", false)]
    [InlineData("All rights reserved", false)]
    [InlineData("", false)]
    public void Only_an_open_licence_lets_a_text_be_kept(string licence, bool open) => Assert.Equal(open, new Resource { Licence = licence }.IsOpen);

    private async Task<Guid> Course(string slug, string lesson)
    {
        using var folder = Folder(slug, lesson);
        var report = await world.Send(new ImportFolder(folder.Path, await world.Person("Ioana", "teacher")));
        Assert.Empty(report.Problems);
        await world.Settle();
        await world.Run(report.CourseId!.Value, startsInHours: -1, days: 60);
        return report.CourseId.Value;
    }

    private static CourseFolders Folder(string slug, string lesson) => CourseFolders.Good(slug).Lesson("sections/01-first-flight/02-the-hive.md", "The hive", lesson);

    private async Task Check()
    {
        await world.Send(new CheckResources());
        await world.Settle();
    }

    private Task<Resource> Find(Guid course, string path) => world.Db<CoursesDb, Resource>(db => db.Resources.AsNoTracking().SingleAsync(r => r.CourseId == course && r.Url.EndsWith(path)));

    private Task<List<string>> Paths(Guid course) => world.Db<CoursesDb, List<string>>(async db =>
        [.. (await db.Resources.AsNoTracking().Where(r => r.CourseId == course).Select(r => r.Url).ToListAsync()).Select(u => new Uri(u).AbsolutePath)]);
}
