using System.IO.Compression;
using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Host.Accounts;
using MoocPlatform.Host.PersonalData;
using MoocPlatform.Host.Persistence;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Host.Tests.PersonalData;

public sealed class MyDataTests(World world) : IClassFixture<World>
{
    private const string Password = "a quiet meadow in June";

    [Fact]
    public async Task A_person_takes_everything_away_in_one_file_that_nobody_else_gets_and_that_ends()
    {
        var (_, browser, _) = await Writer("Adela", "CANARY-DIARY thoughts", "CANARY-ADELA question");
        await Writer("Bogdan", "CANARY-OTHER diary", "CANARY-OTHER question");

        var asked = await browser.Submit(await browser.Open(MyDataPage.Address), "form[action*=Take]");
        Assert.NotNull(asked.Page.QuerySelector("#takeaway progress"));
        await world.At(world.Clock.Now);
        var link = (await browser.Open(MyDataPage.Address)).QuerySelector("#takeaway a[download]")!.GetAttribute("href");
        var file = await Zip(await browser.Client.GetByteArrayAsync(new Uri(MyDataPage.Address + link, UriKind.Relative)));

        Assert.Contains("adela@example.org", file["account/account.json"], StringComparison.Ordinal);
        Assert.Contains("CANARY-DIARY", file["enrollment/diary.md"], StringComparison.Ordinal);
        Assert.Contains("CANARY-DIARY", file["enrollment/diary.json"], StringComparison.Ordinal);
        Assert.Contains("Open things", file["enrollment/runs.json"], StringComparison.Ordinal);
        Assert.Contains("CANARY-ADELA", file["discussions/posts.md"], StringComparison.Ordinal);
        Assert.Contains("quizzes/attempts.json", file.Keys);
        Assert.Contains("courses/teams.json", file.Keys);
        Assert.DoesNotContain(file.Values, text => text.Contains("CANARY-OTHER", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.NotFound, (await world.As("Bogdan").Client.GetAsync(new Uri(MyDataPage.Address + link, UriKind.Relative))).StatusCode);
        await world.At(world.Clock.Now + Takeaway.Kept);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Client.GetAsync(new Uri(MyDataPage.Address + link, UriKind.Relative))).StatusCode);
        Assert.False(await world.Db((HostDb db) => db.Set<TakeawayFile>().AnyAsync()));
    }

    [Fact]
    public async Task Only_the_password_ends_an_account_and_whoever_stays_in_time_stays()
    {
        var (_, browser, person) = await Writer("Costin", "diary", "question");
        var page = await browser.Open(MyDataPage.Address);
        var (status, _, _) = await browser.Submit(page, "form[action*=Leave]", ("Current", "not the password at all"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Null(await Departure(person));

        await browser.Submit(page, "form[action*=Leave]", ("Current", Password));
        var due = (await Departure(person))!.DueAt;
        await browser.Submit(page, "form[action*=Leave]", ("Current", Password));
        Assert.Equal(due, (await Departure(person))!.DueAt);
        Assert.Contains(await world.MailsTo("costin@example.org"), m => m.Contains("/account/data", StringComparison.Ordinal));

        await browser.Submit(await browser.Open(MyDataPage.Address), "form[action*=Stay]");
        await world.At(due + TimeSpan.FromDays(1));
        Assert.True(await world.Db((HostDb db) => db.Users.AnyAsync(u => u.Id == person)));
    }

    [Fact]
    public async Task After_the_wait_words_stay_without_a_name_and_the_rest_is_gone()
    {
        var (run, browser, person) = await Writer("Denisa Oprea", "CANARY-SECRET", "CANARY-STAYS question");
        var thread = (await world.As("Ioana Marin").Open(run.At("talk"))).QuerySelector(".threads a")!.GetAttribute("href")!;
        await browser.Submit(await browser.Open(MyDataPage.Address), "form[action*=Leave]", ("Current", Password));
        await world.At((await Departure(person))!.DueAt);

        Assert.False(await world.Db((HostDb db) => db.Users.AnyAsync(u => u.Id == person)));
        Assert.Empty(await world.MailsTo("denisa.oprea@example.org"));
        var page = await world.As("Ioana Marin").Open(thread);
        Assert.Contains("CANARY-STAYS", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Denisa", page.Body.TextContent, StringComparison.Ordinal);

        Assert.Null(await world.Send(new EnrolmentQuery(run.RunId, person)));
        Assert.Equal(0, (await world.Send(new LearnerCountsQuery([run.RunId])))[run.RunId]);
        var numbers = await world.As("Ioana Marin").Open(EnrollmentLinks.Numbers(run.Term.CourseSlug, run.Term.RunSlug));
        Assert.Contains("1 ever joined", numbers.QuerySelector(".stats")!.TextContent, StringComparison.Ordinal);
        foreach (var table in (string[])["discussions_threads:AuthorId", "discussions_places:PersonId", "enrollment_enrolments:LearnerId", "enrollment_activities:LearnerId",
            "enrollment_diary_entries:LearnerId", "host_notifications:PersonId", "host_departures:PersonId", "host_mail_choices:PersonId"])
            Assert.Equal(0, await Rows(table.Split(':')[0], table.Split(':')[1], person));
    }

    [Fact]
    public async Task Who_owns_a_course_alone_hands_it_over_first()
    {
        var run = await world.ARun();
        var page = await world.As("Ioana Marin").Open(MyDataPage.Address);
        Assert.Contains(run.Term.CourseTitle, page.QuerySelector("section[aria-labelledby=leave] li")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("form[action*=Leave]"));
    }

    private Task<Departure?> Departure(Guid person) => world.Db((HostDb db) => db.Set<Departure>().AsNoTracking().SingleOrDefaultAsync(d => d.PersonId == person));

#pragma warning disable EF1002 // names of tables, written above
    private Task<int> Rows(string table, string column, Guid person) => world.Db(async (HostDb db) =>
        await db.Database.SqlQueryRaw<int>($"SELECT CAST(count(*) AS integer) AS \"Value\" FROM {table} WHERE \"{column}\" = {{0}}", person).SingleAsync());
#pragma warning restore EF1002

    private static async Task<Dictionary<string, string>> Zip(byte[] bytes)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var zip = new ZipArchive(new MemoryStream(bytes));
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(await entry.OpenAsync());
            files[entry.FullName] = await reader.ReadToEndAsync();
        }

        return files;
    }

    private async Task<(GivenRun Run, Browser Browser, Guid Person)> Writer(string name, string diary, string question)
    {
        var run = await world.ARun();
        var person = await world.Person(name);
        await using (var scope = world.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
            await users.AddPasswordAsync((await users.FindByIdAsync(person.ToString()))!, Password);
        }

        await world.Send(new JoinRun(run.RunId, person));
        var browser = world.As(name);
        await browser.Submit(await browser.Open(run.At("first")), "#diary-write form", ("Markdown", diary));
        await browser.Submit(await browser.Open($"{TalkLinks.Board(run.Term.CourseSlug, run.Term.RunSlug)}/new?kind=question"), "main form.measure", ("Title", question), ("Markdown", question));
        await world.Settle();
        return (run, browser, person);
    }
}
