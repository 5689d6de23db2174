using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Features.Appearing;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Enrollment.Tests;

/// <summary>Under which name a learner appears in a course, and what they allow.</summary>
public sealed class AppearingTests(World world) : IClassFixture<World>
{
    private const string NameForm = "form[action*='handler=Name']";
    private const string ResearchForm = "form[action*='handler=Research']";

    [Fact]
    public async Task A_pseudonym_holds_in_all_runs_of_one_course_until_it_is_taken_back()
    {
        var (run, other) = (await world.ARun(), await world.ARun());
        var next = (await world.Send(new RunTermQuery(await world.Send(new PlanRun(run.Term.CourseId, run.TeacherId, "2027-01", new DateTime(2027, 1, 4), new DateTime(2027, 2, 8), "Europe/Bucharest")))))!;
        var person = await Joined(run, "Anda");
        var browser = world.As("Anda");
        Assert.Contains("pseudonym", (await browser.Open(run.At("join"))).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        var link = (await browser.Open(run.At("progress"))).QuerySelector("main a[href$='/me']")!;
        var page = await browser.Open(link.GetAttribute("href")!);
        Assert.Contains("Anda", page.QuerySelector("#Pseudonym-hint")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(await Names(run.Term, person));

        (_, page, _) = await browser.Submit(page, NameForm, ("Pseudonym", "  Night\u00a0  Owl "));
        Assert.Equal("Night Owl", page.QuerySelector("#Pseudonym")!.GetAttribute("value"));
        Assert.Equal("Night Owl", (await Names(run.Term, person))[person]);
        Assert.Empty(await Names(other.Term, person));
        await world.Send(new JoinRun(next.RunId, person));
        Assert.Equal("Night Owl", (await browser.Open(EnrollmentLinks.Me(next.CourseSlug, next.RunSlug))).QuerySelector("#Pseudonym")!.GetAttribute("value"));

        await browser.Submit(page, NameForm, ("Pseudonym", "Early Bird"));
        Assert.Equal("Early Bird", (await Names(run.Term, person))[person]);
        await browser.Submit(page, NameForm, ("Pseudonym", " "));
        Assert.Empty(await Names(run.Term, person));
    }

    [Theory]
    [InlineData("x", "from 2 to 60 characters")]
    [InlineData("An owl that flies by night and by day and never ever sleeps at all", "from 2 to 60 characters")]
    [InlineData("Owl \u202Elwo", "letters of one script")]
    [InlineData("Owl\u0007 of night", "letters of one script")]
    [InlineData("12345", "letters of one script")]
    [InlineData("O\u0461l", "letters of one script")]
    [InlineData("IOANA MARÍN", "runs courses here")]
    [InlineData("loana Marin", "runs courses here")]
    [InlineData("Instructor", "runs courses here")]
    [InlineData("PETRU assistent", "runs courses here")]
    public async Task What_no_account_may_be_called_and_what_looks_like_the_team_is_refused_beside_the_field(string typed, string because)
    {
        var run = await world.ARun();
        await world.Send(new NameToTeam(run.Term.CourseId, await world.Person("Petru Assistent"), CourseRole.Assistant));
        var person = await Joined(run, "Refused");
        var browser = world.As("Refused");
        var (status, page, _) = await browser.Submit(await browser.Open(run.At("me")), NameForm, ("Pseudonym", typed));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains(because, page.QuerySelector("#Pseudonym-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("true", page.QuerySelector("#Pseudonym")!.GetAttribute("aria-invalid"));
        Assert.Equal(typed, page.QuerySelector("#Pseudonym")!.GetAttribute("value"));
        Assert.Empty(await Names(run.Term, person));
    }

    [Fact]
    public async Task In_a_course_one_pseudonym_is_one_person_however_it_is_written()
    {
        var (run, other) = (await world.ARun(), await world.ARun());
        var first = await Joined(run, "First");
        await world.Send(new AppearAs(run.Term, first, "Grey Heron"));
        await world.Send(new AppearAs(run.Term, first, "grey heron")); // one's own, written otherwise
        var second = await Joined(run, "Second");
        foreach (var typed in (string[])["Grey Heron", "GREY HERON", "Gréy Herön"])
            Assert.Equal("Pseudonym", (await Assert.ThrowsAsync<Refused>(() => world.Send(new AppearAs(run.Term, second, typed)))).Field);
        await Joined(other, "Second");
        await world.Send(new AppearAs(other.Term, second, "Grey Heron"));
        await world.Send(new AppearAs(run.Term, first, null));
        await world.Send(new AppearAs(run.Term, second, "Grey Heron"));

        // Eight want one name at once: one has it.
        var people = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i => await Joined(run, $"Rush {(char)('A' + i)}")));
        var tries = await Task.WhenAll(people.Select(async p =>
        {
            try
            {
                await world.Send(new AppearAs(run.Term, p, "Kingfisher"));
                return true;
            }
            catch (Refused)
            {
                return false;
            }
        }));
        Assert.Single(tries, done => done);
        Assert.Single(await Names(run.Term, people));
    }

    [Fact]
    public async Task Consent_is_not_given_before_it_is_ticked_and_each_change_is_kept_with_its_time()
    {
        var run = await world.ARun();
        var person = await Joined(run, "Consenting");
        var browser = world.As("Consenting");
        var page = await browser.Open(run.At("me"));
        Assert.False(page.QuerySelector("input[name=Research]")!.HasAttribute("checked"));
        await browser.Submit(page, ResearchForm); // not ticked: nothing has changed
        var before = world.Clock.Now;
        for (var click = 0; click < 2; click++)
            (_, page, _) = await browser.Submit(page, ResearchForm, ("Research", "true"));
        Assert.True(page.QuerySelector("input[name=Research]")!.HasAttribute("checked"));
        await world.At(before.AddDays(1));
        await world.Send(new Features.Joining.LeaveRun(run.RunId, person)); // withdrawing is open to who has left
        (_, page, _) = await browser.Submit(await Unticked(browser, run), ResearchForm);
        Assert.False(page.QuerySelector("input[name=Research]")!.HasAttribute("checked"));

        var appears = (await world.Send(new AppearancesQuery(run.Term.CourseId, [person])))[person];
        Assert.Equal([(2, false, before.AddDays(1)), (1, true, before)], appears.Consents.Select(c => (c.Number, c.Given, c.At)));
        Assert.Equal(2, page.QuerySelectorAll("#research ~ ul li").Length);
    }

    [Fact]
    public async Task Who_has_not_joined_has_no_such_page_and_no_such_name()
    {
        var run = await world.ARun();
        await world.Person("Outsider");
        await world.As("Outsider").Open(run.At("me"), HttpStatusCode.NotFound);
        await Assert.ThrowsAsync<NotFound>(async () => await world.Send(new AppearAs(run.Term, await world.Person("Outsider"), "Outsider Owl")));
        await Assert.ThrowsAsync<NotFound>(async () => await world.Send(new AllowResearch(run.Term, await world.Person("Outsider"), true)));
    }

    [Fact]
    public async Task The_team_sees_both_names_and_since_when_there_is_consent()
    {
        var run = await world.ARun();
        var person = await Joined(run, "Dorina Pop");
        await Joined(run, "Plain");
        await world.Send(new AppearAs(run.Term, person, "Marsh Harrier"));
        await world.Send(new AllowResearch(run.Term, person, true));
        var team = world.As("Ioana Marin");
        var list = EnrollmentLinks.Learners(run.Term.CourseSlug, run.Term.RunSlug);
        var row = (await team.Open(list + "?name=dor")).QuerySelector("tbody tr")!;
        Assert.Contains("Marsh Harrier", row.TextContent, StringComparison.Ordinal);
        Assert.Equal("Allowed", row.QuerySelector("td:last-child")!.TextContent);
        var one = (await team.Open(EnrollmentLinks.Learner(run.Term.CourseSlug, run.Term.RunSlug, person))).QuerySelector("main")!;
        Assert.Contains("Marsh Harrier", one.TextContent, StringComparison.Ordinal);
        Assert.Single(one.QuerySelectorAll("li time"), t => t.ParentElement!.TextContent.Contains("Research allowed", StringComparison.Ordinal));

        var lines = (await team.Client.GetStringAsync(new Uri(list + "?handler=Export", UriKind.Relative))).Split("\r\n");
        Assert.Contains(",grade_state,pseudonym,research,research_since,", lines[0], StringComparison.Ordinal);
        Assert.Contains($",provisional,\"Marsh Harrier\",allowed,{world.Clock.Now.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'},", lines.Single(l => l.Contains("Dorina", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains(",provisional,,,,", lines.Single(l => l.Contains(",Plain,", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_shared_from_the_diary_of_a_course_bears_the_pseudonym()
    {
        var run = await world.ARun();
        var person = await Joined(run, "Zzdiarist");
        var browser = world.As("Zzdiarist");
        var (_, page, _) = await browser.Submit(await browser.Open(run.At("first")), "#diary-write form", ("Markdown", "To be shared."));
        Assert.NotNull(page);
        var id = await world.Db((EnrollmentDb db) => db.Set<DiaryEntry>().Where(d => d.LearnerId == person).Select(d => d.Id).SingleAsync());
        await browser.Submit(await browser.Open(DiaryLinks.Entry(id)), "form[action*=Share]", ("Licence", "CC-BY-SA-4.0"));
        Assert.Contains("Zzdiarist", (await world.As(null).Open(DiaryLinks.Shared(id))).Source.Text, StringComparison.Ordinal);
        await world.Send(new AppearAs(run.Term, person, "Reed Warbler"));
        var shared = (await world.As(null).Open(DiaryLinks.Shared(id))).Source.Text;
        Assert.DoesNotContain("Zzdiarist", shared, StringComparison.Ordinal);
        Assert.Contains("Reed Warbler", shared, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_takes_their_data_away_takes_the_pseudonym_and_every_consent()
    {
        var run = await world.ARun();
        var person = await Joined(run, "Taker");
        await world.Send(new AppearAs(run.Term, person, "Golden Plover"));
        foreach (var given in (bool[])[true, false])
            await world.Send(new AllowResearch(run.Term, person, given));
        using var file = new MemoryStream();
        await using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        await using (var scope = world.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetServices<IPersonalData>().Single(d => d.Folder == "enrollment").Export(person, new PersonalArchive(zip, "enrollment"), TestContext.Current.CancellationToken);
        await using var taken = new ZipArchive(file, ZipArchiveMode.Read);
        using var reader = new StreamReader(await taken.GetEntry("enrollment/appearance.json")!.OpenAsync(TestContext.Current.CancellationToken), Encoding.UTF8);
        using var json = System.Text.Json.JsonDocument.Parse(await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        var course = Assert.Single(json.RootElement.EnumerateArray());
        Assert.Equal(("Open things", "Golden Plover"), (course.GetProperty("course").GetString(), course.GetProperty("pseudonym").GetString()));
        Assert.Equal([true, false], course.GetProperty("consentToResearch").EnumerateArray().Select(c => c.GetProperty("given").GetBoolean()));
    }

    // The page as it is when the tick has been taken away.
    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> Unticked(Browser browser, GivenRun run)
    {
        var page = await browser.Open(run.At("me"));
        page.QuerySelector("input[name=Research]")!.RemoveAttribute("checked");
        return page;
    }

    private async Task<Guid> Joined(GivenRun run, string name)
    {
        var person = await world.Person(name);
        await world.Send(new JoinRun(run.RunId, person));
        return person;
    }

    private Task<IReadOnlyDictionary<Guid, string>> Names(RunTerm run, params Guid[] people) => world.Send(new NamesInCourseQuery(run.CourseId, people));
}
