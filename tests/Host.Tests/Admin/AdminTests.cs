using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Host.Notifications;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Host.Schedule;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Host.Tests.Admin;

public sealed class AdminTests(World world) : IClassFixture<World>
{
    private static readonly string[] Pages = ["/admin", "/admin/users", "/admin/jobs", "/admin/mail", "/admin/outbox"];

    [Fact]
    public async Task An_admin_opens_every_page_and_a_teacher_finds_none()
    {
        await world.Person("Ada", Policies.Admin);
        await world.Person("Tom", Policies.Teacher);
        foreach (var path in Pages)
        {
            var page = await world.As("Ada").Open(path);
            Assert.NotNull(page.QuerySelector("nav.tabs a[aria-current=page]"));
            await world.As("Tom").Open(path, HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task An_admin_finds_a_person_by_mail_and_gives_and_takes_the_role_of_teacher()
    {
        await world.Person("Ada", Policies.Admin);
        var id = await world.Person("Zenobia Quill");
        var ada = world.As("Ada");

        var list = await ada.Open("/admin/users?q=zenobia.q");
        var link = Assert.Single(list.QuerySelectorAll("tbody a")).GetAttribute("href")!;
        Assert.Equal($"/admin/users/{id:N}", link);

        var given = await ada.Submit(await ada.Open(link + "/role/teacher"), "main form");
        Assert.Equal(link, given.Path);
        Assert.Contains("teacher", (await ada.Open("/admin/users?q=Quill")).QuerySelector("tbody .tag")!.TextContent, StringComparison.Ordinal);

        await ada.Submit(await ada.Open(link + "/role/teacher"), "main form");
        Assert.Null((await ada.Open("/admin/users?q=Quill")).QuerySelector("tbody .tag"));
    }

    [Fact]
    public async Task A_feed_of_a_talk_is_an_admins_as_long_as_they_are_one()
    {
        await world.Person("Ada", Policies.Admin);
        var second = await world.Person("Second Admin", Policies.Admin);
        var browser = world.As("Second Admin");
        using var leads = await browser.Client.GetAsync(new Uri((await world.ARun()).At("talk/feed.atom"), UriKind.Relative), TestContext.Current.CancellationToken);
        var feed = leads.Headers.Location!;
        async Task<HttpStatusCode> Read()
        {
            using var answer = await world.As(null).Client.GetAsync(feed, TestContext.Current.CancellationToken); // a feed reader has no session
            return answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.OK, await Read());
        var ada = world.As("Ada");
        await ada.Submit(await ada.Open($"/admin/users/{second:N}/role/admin"), "main form");
        Assert.Equal(HttpStatusCode.NotFound, await Read());
    }

    [Fact]
    public async Task An_admin_cannot_take_the_role_from_themself()
    {
        var id = await world.Person("Ada", Policies.Admin);
        var ada = world.As("Ada");
        var (status, page, _) = await ada.Submit(await ada.Open($"/admin/users/{id:N}/role/admin"), "main form");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.NotNull(page.QuerySelector("[role=alert]"));
    }

    [Fact]
    public async Task People_are_paged_by_key()
    {
        await world.Person("Ada", Policies.Admin);
        for (var i = 0; i < 60; i++)
            await world.Person($"Paged Person {i:00}");

        var ada = world.As("Ada");
        var first = await ada.Open("/admin/users?q=paged");
        Assert.Equal(50, first.QuerySelectorAll("tbody tr").Length);
        var second = await ada.Open(first.QuerySelector(".pages a")!.GetAttribute("href")!);
        Assert.Equal(10, second.QuerySelectorAll("tbody tr").Length);
        Assert.Equal(60, first.QuerySelectorAll("tbody a").Concat(second.QuerySelectorAll("tbody a")).Select(a => a.TextContent).Distinct().Count());
    }

    [Fact]
    public async Task A_job_that_failed_stands_there_with_its_reason()
    {
        await world.Person("Ada", Policies.Admin);
        await world.Db<HostDb, int>(db =>
        {
            db.Add(new JobRun { Id = world.Clock.NewKey(), Key = "run-start/x", What = "TellStart", DueAt = world.Clock.Now, StartedAt = world.Clock.Now, EndedAt = world.Clock.Now, Error = "Boom: <b>it</b> broke" });
            return db.SaveChangesAsync();
        });
        var page = await world.As("Ada").Open("/admin/jobs");
        Assert.Contains("Boom: <b>it</b> broke", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parked_fact_is_tried_again()
    {
        await world.Person("Ada", Policies.Admin);
        var id = world.Clock.NewKey();
        await world.Db<HostDb, int>(db => db.InTurn(ct => db.Database.ExecuteSqlAsync(
            $"""INSERT INTO host_outbox ("Id", "Fact", "Body", "At", "NextAt", "Attempts", "Heard", "Error", "Parked") VALUES ({id}, 'Some.Fact', '{"{}"}', 0, 0, 8, '', 'Boom', {true})""", ct), TestContext.Current.CancellationToken));

        var ada = world.As("Ada");
        var page = await ada.Open("/admin/outbox");
        Assert.Contains("Boom", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        await ada.Submit(page, "main td form");
        Assert.Equal(0, await world.Db<HostDb, int>(db => db.Set<OutboxRow>().CountAsync(r => r.Parked)));
    }

    [Fact]
    public async Task A_mail_given_up_is_tried_again()
    {
        await world.Person("Ada", Policies.Admin);
        var mail = Mail.New("late@example.org", "Late mail", "Text", world.Clock);
        await world.Db<HostDb, int>(async db =>
        {
            db.Add(mail);
            db.Entry(mail).Property(m => m.State).CurrentValue = MailState.Failed;
            return await db.SaveChangesAsync();
        });

        var ada = world.As("Ada");
        var list = await ada.Open("/admin/mail?state=failed");
        var link = list.QuerySelectorAll("tbody a").Single(a => a.TextContent == "Late mail").GetAttribute("href")!;
        await ada.Submit(await ada.Open(link), "main form");
        while (await world.Services.GetRequiredService<MailSender>().Deliver(TestContext.Current.CancellationToken))
        {
        }

        Assert.Equal(MailState.Sent, await world.Db<HostDb, MailState>(db => db.Mails.Where(m => m.Id == mail.Id).Select(m => m.State).SingleAsync()));
    }

    [Fact]
    public async Task Tidying_frees_addresses_that_nobody_confirmed_and_keeps_people()
    {
        await world.Person("Kept Person");
        var browser = world.As(null);
        await Accounts.RealSignIn.Register(browser, "unconfirmed@example.org");
        world.Clock.Now = world.Clock.Now.AddDays(8);
        await world.Send(new Host.Admin.Tidy());
        var mails = await world.Db<HostDb, List<string?>>(db => db.Users.Select(u => u.Email).ToListAsync());
        Assert.Contains("kept.person@example.org", mails);
        Assert.DoesNotContain("unconfirmed@example.org", mails);
    }
}
