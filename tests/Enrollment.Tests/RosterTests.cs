using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Features.Teaching;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Enrollment.Tests;

public sealed class RosterTests(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData("Name", false)]
    [InlineData("Name", true)]
    [InlineData("Progress", true)]
    [InlineData("LastSeen", false)]
    [InlineData("Grade", true)]
    public async Task Page_after_page_everybody_is_met_once_and_in_order(string by, bool down)
    {
        var sort = Enum.Parse<RosterSort>(by);
        var run = await Many();
        var met = new List<Enrolment>();
        Guid? after = null;
        do
        {
            var page = await world.Send(new RosterQuery(run.RunId, new RosterFilter(null, "", sort, down), after));
            met.AddRange(page.Rows);
            after = page.Next;
        }
        while (after is not null);

        var all = await world.Db((EnrollmentDb db) => db.Enrolments.AsNoTracking().Where(e => e.RunId == run.RunId && e.Standing != Standing.Left).ToListAsync());
        Assert.Equal(Keyset.InOrder(all, sort, down).Select(e => e.LearnerId), met.Select(e => e.LearnerId));
        Assert.Equal(110, met.Count);
    }

    [Fact]
    public async Task A_name_is_found_by_its_beginning_without_accents_and_who_left_by_the_state()
    {
        var run = await Many();
        var found = await world.Send(new RosterQuery(run.RunId, new RosterFilter(null, "SERB", RosterSort.Grade, true), null));
        Assert.Equal("serban ionescu", Assert.Single(found.Rows).SortName);
        Assert.Equal(10, (await world.Send(new RosterQuery(run.RunId, new RosterFilter(Standing.Left, "", RosterSort.Name, false), null))).Rows.Count);
    }

    [Fact]
    public async Task A_roster_that_is_open_hears_of_who_joins_and_no_learner_does()
    {
        var run = await world.ARun();
        await using var team = await LiveEar.Of(world, $"{await world.Person("Ioana Marin")};;Ioana", [run.RunId]);
        await using var learner = await LiveEar.Of(world, $"{await world.Person("Live Learner")};;Live", [run.RunId]);
        Assert.DoesNotContain(EnrollmentLinks.LearnersChannel(run.RunId), learner.Channels);
        await world.Send(new JoinRun(run.RunId, await world.Person("Live Learner")));
        Assert.Contains("changed", await team.Until(EnrollmentLinks.LearnersChannel(run.RunId) + "\",\"changed"), StringComparison.Ordinal);
        var page = await world.As("Ioana Marin").Open(EnrollmentLinks.Learners(run.Term.CourseSlug, run.Term.RunSlug));
        Assert.Equal(EnrollmentLinks.LearnersChannel(run.RunId), page.QuerySelector("#roster")!.GetAttribute("data-refresh-on"));
    }

    [Fact]
    public async Task The_team_pages_sorts_and_opens_a_learner_and_nobody_else_does()
    {
        var run = await world.ARun(quiz: Given.Quiz.Replace("pass: 60", "pass: 60\ndue: { day: 20, time: \"23:59\" }", StringComparison.Ordinal));
        await world.Person("Gina Pop");
        await world.Send(new JoinRun(run.RunId, await world.Person("Gina Pop")));
        var team = world.As("Ioana Marin");
        var list = EnrollmentLinks.Learners(run.Term.CourseSlug, run.Term.RunSlug);
        var page = await team.Open(list + "?name=gin&sort=Progress&down=true&state=Learning");
        var row = page.QuerySelector("tbody th a")!;
        Assert.Equal("Gina Pop", row.TextContent);
        var one = await team.Open(row.GetAttribute("href")!);
        Assert.Contains("Gina Pop", one.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Attempt", one.QuerySelector("th[scope=col]:nth-child(4)")!.TextContent, StringComparison.Ordinal);

        // A later date in two clicks: the page is opened for this learner.
        var later = await team.Open(one.QuerySelector("a[href*='/time?learner=']")!.GetAttribute("href")!);
        Assert.Contains("Gina Pop", later.QuerySelector("aside form")!.TextContent, StringComparison.Ordinal);
        await team.Submit(later, "aside form");
        var date = Assert.Single(await world.Send(new LaterDatesQuery(await world.Person("Gina Pop"), [run.RunId])));
        Assert.Equal((run.Item("check").Id, run.Item("check").DueAt!.Value.AddDays(7)), (date.ItemId, date.Until));

        foreach (var address in (string[])[list, row.GetAttribute("href")!, list + "?handler=Export"])
            await world.As("Gina Pop").Open(address, System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_export_has_a_line_for_everybody_and_no_formulas()
    {
        var run = await world.ARun();
        foreach (var name in (string[])["=SUM(A1)", "Ha, \"Ha\""])
            await world.Send(new JoinRun(run.RunId, await world.Person(name)));
        var answer = await world.As("Ioana Marin").Client.GetAsync(new Uri(EnrollmentLinks.Learners(run.Term.CourseSlug, run.Term.RunSlug) + "?handler=Export", UriKind.Relative));
        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        var text = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync());
        var lines = text.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("learner,name,state,joined", lines[0], StringComparison.Ordinal);
        Assert.Contains(",'=SUM(A1),learning,", text, StringComparison.Ordinal);
        Assert.Contains(",\"Ha, \"\"Ha\"\"\",learning,", text, StringComparison.Ordinal);
        Assert.DoesNotContain("@example.org", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@x", "'@x")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("  =1", "\"'  =1\"")]
    [InlineData("a-b", "a-b")]
    public void What_a_spreadsheet_would_run_is_text(string cell, string written) => Assert.Equal(written + "\r\n", LearnersCsv.Line([cell]));

    [Fact]
    public async Task A_message_to_those_ticked_reaches_them_once_and_one_to_all_reaches_all()
    {
        var run = await world.ARun();
        foreach (var name in (string[])["Hana", "Ivan", "Jon"])
            await world.Send(new JoinRun(run.RunId, await world.Person(name)));
        var team = world.As("Ioana Marin");
        var page = await team.Open(EnrollmentLinks.Learners(run.Term.CourseSlug, run.Term.RunSlug));
        var (refused, again, _) = await team.Submit(page, "form[method=post]:has(table)", ("Subject", "Hello"), ("Text", "Are you well?"));
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, refused);
        Assert.Equal("Hello", again.QuerySelector("#Subject")!.GetAttribute("value"));

        for (var click = 0; click < 2; click++)
            await team.Submit(page, "form[method=post]:has(table)", ("Who", (await world.Person("Hana")).ToString()), ("Subject", "Hello"), ("Text", "Are you well?"));
        var later = await team.Open(EnrollmentLinks.Learners(run.Term.CourseSlug, run.Term.RunSlug));
        await team.Submit(later, "form[method=post]:has(table)", ("Everyone", "true"), ("Subject", "To all"), ("Text", "The last week begins."));
        await world.At(world.Clock.Now.AddSeconds(1));
        await world.At(world.Clock.Now.AddSeconds(1));

        Assert.Equal(2, (await world.MailsTo("hana@example.org")).Count);
        Assert.Contains("The last week begins.", Assert.Single(await world.MailsTo("ivan@example.org")), StringComparison.Ordinal);
        Assert.Contains("The team writes to you: To all", (await world.As("Jon").Open("/notifications")).Body!.TextContent, StringComparison.Ordinal);
    }

    // Many with equal values, names with accents and beyond the basic plane, some who have left.
    private async Task<GivenRun> Many()
    {
        var run = await world.ARun();
        await world.Db(async (EnrollmentDb db) =>
        {
            foreach (var i in Enumerable.Range(0, 120))
            {
                var name = i == 7 ? "Șerban Ionescu" : i % 3 == 0 ? $"{char.ConvertFromUtf32(0x1F600 + (i % 5))} x" : i % 7 == 0 ? "\uFB01x" : string.Create(CultureInfo.InvariantCulture, $"Learner {i % 13}");
                var enrolment = Enrolment.In(run.Term, world.Clock.NewKey(), name, world.Clock.Now.AddMinutes(-(i % 4)));
                for (var item = 0; item < i % 3; item++)
                    db.Append(enrolment.Does(world.Clock.NewKey(), ActivityKind.Completed, run.Outline.Items.ElementAt(item), completes: true, world.Clock.Now));
                if (i is >= 100 and < 110)
                    enrolment.Leave(world.Clock.Now);
                db.Add(enrolment);
            }

            return await db.SaveChangesAsync();
        });
        return run;
    }
}
