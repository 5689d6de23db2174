using System.Net;
using System.Xml.Linq;
using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Courses.Tests.Announcing;

/// <summary>What the team announces stands on the run's pages and in its feed, and reaches everyone enrolled by mail, once.</summary>
public sealed class AnnouncementTests(World world) : IClassFixture<World>
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    [Fact]
    public async Task An_announcement_is_read_by_everyone_and_mailed_once_to_each_learner()
    {
        var run = await Run("told", startsInHours: -1);
        await Join(run, "Sorin Told", "Dana Told");
        await world.Person("Nobody Told");
        var teacher = world.As("Ioana");
        var form = await teacher.Open("/teach/told/runs/now/announce");
        (string, string)[] typed = [("Title", "Tonight we meet"), ("Markdown", "At **seven**, in the [hall](https://example.org/hall). <script>x</script>")];
        var shown = await teacher.Submit(form, "button[formaction$=Preview]", typed);
        Assert.Equal("seven", shown.Page.QuerySelectorAll("[data-preview] strong").Last().TextContent);
        Assert.Empty(await world.MailsTo("sorin.told@example.org"));

        var said = await teacher.Submit(shown.Page, "button.button-primary");
        Assert.Equal("/learn/told/now/announcements", said.Path);
        await teacher.Submit(shown.Page, "button.button-primary"); // a second click
        await world.At(world.Clock.Now);
        await world.At(world.Clock.Now);

        var visitor = world.As(null);
        var article = Assert.Single((await visitor.Open("/learn/told/now/announcements")).QuerySelectorAll("#news article"));
        Assert.Equal("Tonight we meet", article.QuerySelector("h2")!.TextContent);
        Assert.Null(article.QuerySelector("script"));
        Assert.Equal("Tonight we meet", (await visitor.Open("/learn/told/now/what-a-bee-is")).QuerySelector("#run-state #announced a")!.TextContent);
        Assert.Contains("Tonight we meet", (await world.As("Sorin Told").Open("/my")).QuerySelector("[aria-labelledby=news]")!.TextContent, StringComparison.Ordinal);

        foreach (var address in (string[])["sorin.told@example.org", "dana.told@example.org"])
        {
            var mail = Assert.Single(await world.MailsTo(address));
            Assert.Contains("At **seven**", mail, StringComparison.Ordinal);
            Assert.Contains("http://localhost/learn/told/now/announcements", mail, StringComparison.Ordinal);
        }

        Assert.Empty(await world.MailsTo("nobody.told@example.org"));
    }

    [Fact]
    public async Task Mails_begun_again_after_a_stop_reach_the_rest_and_nobody_twice()
    {
        var run = await Run("again-told", startsInHours: -1);
        string[] names = ["Ada Again", "Ben Again", "Cleo Again"];
        await Join(run, names);
        await Announce("again-told", "Once");
        await world.At(world.Clock.Now);
        var latest = (await world.Send(new RunTermQuery(run)))!.Announcement!;
        await world.LoseMailsTo("ben.again@example.org"); // as if the process had been killed before it wrote Ben's
        for (var time = 0; time < 2; time++)
        {
            // The fact is heard at least once: it may come again at any time.
            await world.Db<CoursesDb, int>(db =>
            {
                db.Announce(new Announced(latest.Id, run, Guid.Empty, latest.At));
                return db.SaveChangesAsync();
            });
            await world.At(world.Clock.Now);
        }

        foreach (var name in names)
            Assert.Single(await world.MailsTo(name.ToLowerInvariant().Replace(' ', '.') + "@example.org"));
    }

    [Fact]
    public async Task Who_has_left_or_has_not_confirmed_an_address_gets_no_mail()
    {
        var run = await Run("some-told", startsInHours: -1);
        await Join(run, "Left Some", "Unsure Some", "Stays Some");
        var leaving = world.As("Left Some");
        await leaving.Submit(await leaving.Open("/learn/some-told/now/leave"), "main form");
        await world.Unconfirm("unsure.some@example.org");
        await Announce("some-told", "For who is here");
        await world.At(world.Clock.Now);
        Assert.Empty(await world.MailsTo("left.some@example.org"));
        Assert.Empty(await world.MailsTo("unsure.some@example.org"));
        Assert.Single(await world.MailsTo("stays.some@example.org"));
    }

    [Fact]
    public async Task The_feed_is_valid_atom_with_the_newest_first()
    {
        await Run("fed", startsInHours: -1);
        await Announce("fed", "First & foremost");
        world.Clock.Now = world.Clock.Now.AddMinutes(1);
        await Announce("fed", "Second");
        var response = await world.As(null).Client.GetAsync(new Uri("/courses/fed/now/announcements.atom", UriKind.Relative));
        Assert.Equal("application/atom+xml", response.Content.Headers.ContentType!.MediaType);
        var feed = XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!;
        Assert.Equal(["Second", "First & foremost"], feed.Elements(Atom + "entry").Select(e => e.Element(Atom + "title")!.Value));
        foreach (var entry in feed.Elements(Atom + "entry").Append(feed))
            Assert.All((string[])["id", "title", "updated", "author"], name => Assert.Single(entry.Elements(Atom + name)));
    }

    [Fact]
    public async Task A_draft_run_has_no_page_and_no_feed_for_others_and_cannot_announce()
    {
        await world.Course("silent");
        var teacher = world.As("Ioana");
        await teacher.Submit(await teacher.Open("/teach/silent/runs/new"), "main form", ("Slug", "draft"));
        var refused = await teacher.Submit(await teacher.Open("/teach/silent/runs/draft/announce"), "button.button-primary", ("Title", "Hello"), ("Markdown", "Is anybody there?"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        await world.As(null).Open("/learn/silent/draft/announcements", HttpStatusCode.NotFound);
        await world.As(null).Open("/courses/silent/draft/announcements.atom", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_never_starts_and_everyone_in_it_is_told_why()
    {
        var run = await Run("called-off", startsInHours: 48);
        await Join(run, "Mara Off");
        var teacher = world.As("Ioana");
        var ask = await teacher.Open((await teacher.Open("/teach/called-off/runs/now")).QuerySelector("a[href$='/cancel']")!.GetAttribute("href")!);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await teacher.Submit(ask, "main form", ("Why", " "))).Status);
        await teacher.Submit(ask, "main form", ("Why", "The hall is flooded."));
        await teacher.Submit(ask, "main form", ("Why", "The hall is flooded."));
        await world.At(world.Clock.Now);
        Assert.Contains("The hall is flooded.", Assert.Single(await world.MailsTo("mara.off@example.org")), StringComparison.Ordinal);

        var term = (await world.Send(new RunTermQuery(run)))!;
        Assert.True(term.Cancelled);
        Assert.False(term.TakesLearners(world.Clock.Now));
        Assert.Contains("This run was cancelled", (await world.As(null).Open("/learn/called-off/now/announcements")).GetElementById("run-state")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Cancelled", (await world.As("Mara Off").Open("/my")).QuerySelector("[aria-labelledby=past]")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain((await world.Services.GetRequiredService<ISchedule>().Waiting(500, default)).Select(w => w.Key), k => k.EndsWith(run.ToString("N"), StringComparison.Ordinal) && k.StartsWith("run-", StringComparison.Ordinal));
        var moved = await teacher.Submit(await teacher.Open("/teach/called-off/runs/now"), "button.button-primary", ("End", "2027-01-01T08:00"));
        Assert.Contains("This run was cancelled", moved.Page.QuerySelector("#refused")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancellation_speaks_the_language_of_the_course_and_open_pages_hear_of_it_at_once()
    {
        using var folder = CourseFolders.Good("anulat").Change("course.yaml", "language: en", "language: ro");
        var course = (await world.Send(new ImportFolder(folder.Path, await world.Person("Ioana", "teacher")))).CourseId!.Value;
        var run = await world.Run(course, startsInHours: 48);
        await using var visitor = await LiveEar.Of(world, null, [run]);
        Assert.Contains($"run:{run:N}", visitor.Channels);
        var teacher = world.As("Ioana");
        teacher.Client.DefaultRequestHeaders.Add("Accept-Language", "it"); // in whatever language the teacher works
        await teacher.Submit(await teacher.Open("/teach/anulat/runs/now/cancel"), "main form", ("Why", "Sala este inundată."));
        Assert.Contains("\"changed\"", await visitor.All(world), StringComparison.Ordinal);
        Assert.Equal("Ediția now este anulată", (await world.Send(new RunTermQuery(run)))!.Announcement!.Title);
    }

    private async Task<Guid> Run(string slug, double startsInHours) => await world.Run(await world.Course(slug), startsInHours);

    private async Task Join(Guid run, params string[] names)
    {
        foreach (var name in names)
            await world.Send(new JoinRun(run, await world.Person(name)));
    }

    private async Task Announce(string course, string title)
    {
        var teacher = world.As("Ioana");
        await teacher.Submit(await teacher.Open($"/teach/{course}/runs/now/announce"), "button.button-primary", ("Title", title), ("Markdown", "Read this."));
    }
}
