using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Features.Credentials;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Enrollment.Tests.Credentials;

public sealed class IssuingTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Who_does_what_completes_the_course_finds_the_badge_beside_their_progress()
    {
        var run = await world.ARunWithBadge();
        var teacher = world.As(Graduates.Teacher);
        await teacher.Submit(await teacher.Open(EnrollmentLinks.Grading(run.Term.CourseSlug)), "main form", ("Steps", "25")); // one of four
        await world.Settle();
        const string name = "Really Done";
        await world.Send(new JoinRun(run.RunId, await world.Person(name)));
        var browser = world.As(name);
        Assert.Empty((await browser.Open(run.At("progress"))).QuerySelectorAll("main a[href^='/credentials/']"));
        Assert.Contains("1 step is missing for the badge", (await browser.Open("/my")).QuerySelector("section[aria-labelledby=courses] details")!.TextContent, StringComparison.Ordinal);
        await browser.Submit(await browser.Open(run.At("first")), "form[action$=complete]");
        await world.Settle();

        var badge = Assert.IsType<CredentialCard>(await world.BadgeOf(run, name));
        var progress = await browser.Open(run.At("progress"));
        Assert.Equal(CredentialLinks.Credential(badge.Id), progress.QuerySelector("main a[href^='/credentials/']")!.GetAttribute("href"));
        Assert.Contains("You have completed this course.", progress.QuerySelector(".verdict")!.TextContent, StringComparison.Ordinal);
        await browser.Open(CredentialLinks.Credential(badge.Id));
        var figures = await teacher.Open(EnrollmentLinks.Numbers(run.Term.CourseSlug, run.Term.RunSlug));
        Assert.Equal("1", figures.QuerySelectorAll("dl.stats div").Single(d => d.QuerySelector("dt")!.TextContent == "Badges").QuerySelector("dd")!.TextContent);
        Assert.NotNull((await browser.Open("/my")).QuerySelector($"section[aria-labelledby=past] a[href='{CredentialLinks.Credential(badge.Id)}']"));
    }

    [Fact]
    public async Task A_badge_is_issued_once_though_told_at_once_and_again()
    {
        var run = await world.ARunWithBadge();
        var person = await world.Person("Once Only");
        await world.Send(new JoinRun(run.RunId, person));
        var fact = new CourseCompleted(run.RunId, run.Term.CourseId, person, world.Clock.Now, null);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.Tell(fact)));
        await world.Tell(fact);
        Assert.Equal(1, await world.Stored(db => db.Credentials.CountAsync(c => c.PersonId == person)));
    }

    [Fact]
    public async Task Many_who_finish_at_once_get_places_of_their_own()
    {
        var run = await world.ARunWithBadge();
        await Task.WhenAll(await Prepared(run, 6));
        var places = await world.Stored(db => db.Credentials.Where(c => c.RunId == run.RunId).Select(c => new { c.ListNumber, c.ListIndex }).ToListAsync());
        Assert.Equal(6, places.Distinct().Count());
    }

    [Fact]
    public async Task Without_the_switch_there_is_none_until_the_close_of_the_run_finds_it_on()
    {
        var run = await world.ARun(end: new DateTime(2026, 11, 9));
        Assert.Null(await world.Complete(run, "Early Bird"));
        await world.GiveBadge(run);
        var before = world.Clock.Now;
        await world.At(run.Term.End.AddMinutes(1));
        await world.At(world.Clock.Now.AddMinutes(1));
        Assert.NotNull(await world.BadgeOf(run, "Early Bird"));
        world.Clock.Now = before;
    }

    [Fact]
    public async Task The_team_issues_what_was_open_when_it_turned_the_switch()
    {
        var run = await world.ARun();
        Assert.Null(await world.Complete(run, "Patient One"));
        await world.GiveBadge(run);
        var teacher = world.As(Graduates.Teacher);
        await teacher.Submit(await teacher.Open(CredentialLinks.Issued(run.Term.CourseSlug, run.Term.RunSlug)), "main form");
        await world.At(world.Clock.Now);
        Assert.NotNull(await world.BadgeOf(run, "Patient One"));
    }

    [Fact]
    public async Task Who_never_joined_gets_none()
    {
        var run = await world.ARunWithBadge();
        await world.Tell(new CourseCompleted(run.RunId, run.Term.CourseId, await world.Person("Stranger"), world.Clock.Now, null));
        Assert.Null(await world.BadgeOf(run, "Stranger"));
    }

    [Fact]
    public async Task A_badge_goes_on_saying_what_it_said_when_the_course_is_renamed()
    {
        var run = await world.ARunWithBadge();
        var old = (await world.Complete(run, "First Name", 87.5m))!;
        var before = await world.Stored(db => db.Credentials.AsNoTracking().SingleAsync(c => c.Id == old.Id));
        await world.GiveBadge(run, given: true, ("Title", "Quite another title"));
        var renamed = (await world.Complete(run, "Second Name", 87.5m))!;

        Assert.Equal("Open things", old.Title);
        Assert.Equal("Quite another title", renamed.Title);
        Assert.NotEqual(old.AchievementId, renamed.AchievementId);
        var after = await world.Stored(db => db.Credentials.AsNoTracking().SingleAsync(c => c.Id == old.Id));
        Assert.Equal((before.Json, before.Jwt), (after.Json, after.Jwt));
        Assert.Equal("87.5", JsonNode.Parse(after.Json)!["credentialSubject"]!["result"]![0]!["value"]!.GetValue<string>());
        using var said = await world.Fetch(CredentialLinks.Achievement(old.AchievementId), "application/json");
        Assert.Equal("Open things", JsonNode.Parse(await said.Content.ReadAsStringAsync())!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_same_course_says_the_same_to_everyone()
    {
        var run = await world.ARunWithBadge();
        Assert.Equal((await world.Complete(run, "Alike One"))!.AchievementId, (await world.Complete(run, "Alike Two"))!.AchievementId);
    }

    [Fact]
    public async Task Only_the_team_sees_and_revokes_and_a_reason_is_needed()
    {
        var run = await world.ARunWithBadge();
        var badge = (await world.Complete(run, "Rita Revoked"))!;
        var list = CredentialLinks.Issued(run.Term.CourseSlug, run.Term.RunSlug);
        await world.As("Rita Revoked").Open(list, HttpStatusCode.NotFound);
        await world.As("Rita Revoked").Open($"{list}/{badge.Id:N}", HttpStatusCode.NotFound);

        var teacher = world.As(Graduates.Teacher);
        Assert.Contains("Rita Revoked", (await teacher.Open(list)).QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        var page = await teacher.Open($"{list}/{badge.Id:N}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await teacher.Submit(page, "main form", ("Reason", " "))).Status);
        await teacher.Submit(page, "main form", ("Reason", "Issued by mistake"));
        await teacher.Submit(page, "main form", ("Reason", "Another reason")); // a double click

        var kept = await world.Stored(db => db.Credentials.SingleAsync(c => c.Id == badge.Id));
        Assert.Equal("Issued by mistake", kept.Reason);
        Assert.Contains("Issued by mistake", (await world.As("Rita Revoked").Open(CredentialLinks.Credential(badge.Id))).QuerySelector("[data-outcome=Revoked]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_owner_hears_of_a_badge_by_mail_once_and_why_it_was_revoked()
    {
        var run = await world.ARunWithBadge();
        var badge = (await world.Complete(run, "Mia Mailed"))!;
        await world.Complete(run, "Mia Mailed");
        await world.Send(new RevokeCredential(badge.Id, run.RunId, run.TeacherId, "Given to the wrong Mia"));
        await world.Settle();
        var mails = await world.MailsTo("mia.mailed@example.org");
        Assert.Equal(2, mails.Count);
        Assert.Contains(CredentialLinks.Credential(badge.Id), mails[0], StringComparison.Ordinal);
        Assert.Contains("Given to the wrong Mia", mails[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_revocations_at_once_are_both_in_the_list()
    {
        var run = await world.ARunWithBadge();
        var badges = new[] { (await world.Complete(run, "Revoked A"))!, (await world.Complete(run, "Revoked B"))! };
        var before = await world.Stored(db => db.Set<Domain.StatusList>().AsNoTracking().OrderBy(l => l.Number).FirstAsync());
        await Task.WhenAll(badges.Select(b => world.Send(new RevokeCredential(b.Id, run.RunId, run.TeacherId, "No longer"))));
        var after = await world.Stored(db => db.Set<Domain.StatusList>().AsNoTracking().SingleAsync(l => l.Number == before.Number));
        var indexes = await world.Stored(db => db.Credentials.Where(c => c.ListNumber == before.Number && c.RevokedAt != null).Select(c => c.ListIndex).ToListAsync());
        Assert.Equal(before.Version + 2, after.Version);
        Assert.Equal(StatusLists.Encode(indexes), JsonNode.Parse(after.Json)!["credentialSubject"]!["encodedList"]!.GetValue<string>());
    }

    private async Task<IEnumerable<Task>> Prepared(GivenRun run, int count)
    {
        var people = new List<Guid>();
        for (var i = 0; i < count; i++)
        {
            people.Add(await world.Person($"Many {i}"));
            await world.Send(new JoinRun(run.RunId, people[^1]));
        }

        return people.Select(p => world.Tell(new CourseCompleted(run.RunId, run.Term.CourseId, p, world.Clock.Now, null)));
    }
}
