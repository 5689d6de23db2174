using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Host.Notifications;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Markup.Tests;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Host.Tests.Notifications;

/// <summary>What comes by mail: when, once, and only what may still be told.</summary>
public sealed class MorningMailsTests(Talked world) : IClassFixture<Talked>
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 2, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task An_author_is_called_in_mails_and_the_tray_as_the_talk_calls_them_for_this_reader()
    {
        world.Clock.Now = Monday;
        var (veiled, reader) = (await world.Person("Zzaccount Author"), await world.Person("Veil Reader"));
        var news = world.Write(veiled, "A title", "Words.", Guid.CreateVersion7(), new Hearer(reader, HearsAs.Owner));
        world.Writings[news.WritingId] = news with { AuthorName = "Night Owl", AuthorHue = "sand" };
        await world.Posted(news);
        await world.Morning(new(2026, 11, 3, 9, 0, 0, TimeSpan.Zero));
        var mail = Assert.Single(await world.Queued("veil.reader@example.org"));
        var tray = (await world.As("Veil Reader").Open("/notifications")).Source.Text;
        foreach (var told in (string[])[mail.Subject + mail.Body, tray])
        {
            Assert.Contains("Night Owl", told, StringComparison.Ordinal);
            Assert.DoesNotContain("Zzaccount", told, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Replies_come_together_in_the_morning_of_the_reader_by_thread_in_their_language_and_zone()
    {
        world.Clock.Now = Monday;
        var (ana, bob) = (await world.Person("Ana Morning"), await world.Person("Bob Morning"));
        await world.Choose(bob, NoticeKind.Mention, MailPace.Daily, "ro", "Europe/Bucharest");
        var thread = Guid.CreateVersion7();
        await world.Posted(world.Write(ana, "Ce licență?", "prima", thread, new Hearer(bob, HearsAs.Owner)));
        await world.Posted(world.Write(ana, "Alt fir", "aparte", Guid.CreateVersion7(), new Hearer(bob, HearsAs.Follower)));
        world.Clock.Now = Monday.AddMinutes(30);
        await world.Posted(world.Write(ana, "Ce licență?", "a doua\n\nhttp://evil.example/x", thread, new Hearer(bob, HearsAs.Mentioned)));
        Assert.Empty(await world.Queued("bob.morning@example.org"));

        await world.Morning(new(2026, 11, 3, 5, 59, 0, TimeSpan.Zero)); // 07:59 in Bucharest
        Assert.Empty(await world.Queued("bob.morning@example.org"));
        await world.Morning(new(2026, 11, 3, 6, 0, 0, TimeSpan.Zero));
        var mail = Assert.Single(await world.Queued("bob.morning@example.org"));
        Assert.Equal((MailState.Sent, "3 noutăți în cursurile tale"), (mail.State, mail.Subject));
        var parts = mail.Body.Split("\n\n");
        Assert.Equal("Bună, Bob Morning,", parts[0]);
        var bundle = Assert.Single(parts, p => p.Contains("prima", StringComparison.Ordinal));
        Assert.Contains("Ana Morning ți-a răspuns în „Ce licență?”: prima (lun. 2 nov., 12:00)", bundle, StringComparison.Ordinal);
        Assert.Contains("a doua http://evil.example/x", bundle, StringComparison.Ordinal); // two lines of a writing are one line of the mail
        Assert.DoesNotContain("aparte", bundle, StringComparison.Ordinal);
        Assert.Contains("http://localhost/learn/open/now/talk/", bundle, StringComparison.Ordinal);

        await world.Morning(new(2026, 11, 4, 6, 0, 0, TimeSpan.Zero)); // nothing new
        Assert.Single(await world.Queued("bob.morning@example.org"));
    }

    [Theory]
    [InlineData("2026-11-02T07:59:00Z", null, false, "2026-11-02T08:00:00Z")]
    [InlineData("2026-11-02T08:00:00Z", null, false, "2026-11-03T08:00:00Z")]
    [InlineData("2026-11-02T10:00:00Z", "Asia/Kathmandu", false, "2026-11-03T02:15:00Z")]
    [InlineData("2026-10-24T12:00:00Z", "Europe/Rome", false, "2026-10-25T07:00:00Z")] // summer time has ended in between
    [InlineData("2026-11-02T07:00:00Z", "UTC", true, "2026-11-02T08:00:00Z")]
    [InlineData("2026-11-02T09:00:00Z", "No/Where", true, "2026-11-09T08:00:00Z")]
    public void A_morning_is_eight_o_clock_where_the_reader_is(string after, string? zone, bool ofMonday, string expected) => Assert.Equal(
        DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), NoticeKinds.Morning(DateTimeOffset.Parse(after, CultureInfo.InvariantCulture), zone, ofMonday));

    [Fact]
    public async Task New_threads_come_once_a_week_and_what_was_seen_meanwhile_is_skipped_with_the_reason()
    {
        world.Clock.Now = Monday;
        var (ana, reader) = (await world.Person("Ana Week"), await world.Person("Rea Week"));
        await world.Began(world.Write(ana, "A new question", "?", null, new Hearer(reader, HearsAs.Follower)));
        await world.Morning(Monday.AddDays(1));
        Assert.Empty(await world.Queued("rea.week@example.org"));
        await world.Send(new MarkSeen(reader, null));
        await world.Morning(Monday.AddDays(7));
        var mail = Assert.Single(await world.Queued("rea.week@example.org"));
        Assert.Equal((MailState.Skipped, SkipReasons.Nothing), (mail.State, mail.Reason));
        Assert.DoesNotContain("rea.week@example.org", world.Sink.Receivers);
    }

    [Fact]
    public async Task A_text_that_was_hidden_meanwhile_is_not_in_the_mail_even_when_the_mail_waited_for_the_server()
    {
        world.Clock.Now = Monday;
        var (ana, reader) = (await world.Person("Ana Canary"), await world.Person("Rob Canary"));
        var (kept, gone, later) = (world.Write(ana, "Kept", "stays", Guid.CreateVersion7(), new Hearer(reader, HearsAs.Owner)),
            world.Write(ana, "Gone", "canary-one", Guid.CreateVersion7(), new Hearer(reader, HearsAs.Owner)),
            world.Write(ana, "Later", "canary-two", Guid.CreateVersion7(), new Hearer(reader, HearsAs.Owner)));
        foreach (var writing in (WritingNews[])[kept, gone, later])
            await world.Posted(writing);
        world.Hidden[(gone.WritingId, reader)] = true;

        world.Sink.Refuses = true;
        try
        {
            await world.Morning(Monday.AddDays(1));
        }
        finally
        {
            world.Sink.Refuses = false;
        }

        var waits = Assert.Single(await world.Queued("rob.canary@example.org"));
        Assert.Equal((MailState.Queued, 1), (waits.State, waits.Attempts));
        world.Hidden[(later.WritingId, reader)] = true;
        world.Clock.Now = world.Clock.Now.AddHours(1);
        await world.Deliver();
        var sent = Assert.Single(await world.Queued("rob.canary@example.org"));
        Assert.Equal(MailState.Sent, sent.State);
        Assert.Contains("stays", sent.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", sent.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_nothing_may_be_told_any_more_or_the_person_is_gone_the_mail_is_skipped()
    {
        world.Clock.Now = Monday;
        var (ana, reader, leaver) = (await world.Person("Ana Gone"), await world.Person("Rob Gone"), await world.Person("Lia Gone"));
        var writing = world.Write(ana, "Gone", "x", Guid.CreateVersion7(), new(reader, HearsAs.Owner), new(leaver, HearsAs.Owner));
        await world.Choose(leaver, NoticeKind.Reply, MailPace.Now);
        await world.Posted(writing);
        world.Hidden[(writing.WritingId, reader)] = true;
        await world.Db<HostDb, int>(db => db.InTurn(ct => db.Users.Where(u => u.Id == leaver).ExecuteDeleteAsync(ct), default));
        await world.Morning(Monday.AddDays(1));
        Assert.Equal(SkipReasons.Hidden, Assert.Single(await world.Queued("rob.gone@example.org")).Reason);
        Assert.Equal(SkipReasons.Gone, Assert.Single(await world.Queued("lia.gone@example.org")).Reason);
        Assert.All(await world.Queued("rob.gone@example.org"), m => Assert.Equal(MailState.Skipped, m.State));
    }

    [Fact]
    public async Task At_once_means_a_mail_a_reply_until_ten_an_hour_and_the_rest_in_the_morning()
    {
        world.Clock.Now = Monday;
        var (ana, reader) = (await world.Person("Ana Once"), await world.Person("Rob Once"));
        await world.Choose(reader, NoticeKind.Reply, MailPace.Now);
        for (var n = 0; n < 13; n++)
            await world.Posted(world.Write(ana, "Busy", $"reply {n}.", Guid.CreateVersion7(), new Hearer(reader, HearsAs.Owner)));
        await world.Deliver();
        var mails = await world.Queued("rob.once@example.org");
        Assert.Equal(Notices.MostMailsAnHour, mails.Count);
        Assert.All(mails, m => Assert.Equal((MailState.Sent, "Ana Once replied to you in “Busy”"), (m.State, m.Subject)));

        await world.Morning(Monday.AddDays(1));
        var morning = Assert.Single(await world.Queued("rob.once@example.org"), m => m.Kind is null);
        Assert.All(Enumerable.Range(10, 3), n => Assert.Contains($"reply {n}.", morning.Body, StringComparison.Ordinal));
        Assert.DoesNotContain("reply 9.", morning.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_tells_twenty_and_counts_the_others()
    {
        world.Clock.Now = Monday;
        var (ana, reader) = (await world.Person("Ana Many"), await world.Person("Rob Many"));
        for (var n = 0; n < 75; n++)
            await world.Posted(world.Write(ana, $"T{n}", "x", Guid.CreateVersion7(), new Hearer(reader, HearsAs.Follower)));
        await world.Morning(Monday.AddDays(1));
        var mail = Assert.Single(await world.Queued("rob.many@example.org"));
        Assert.Equal("75 things are new in your courses", mail.Subject);
        Assert.Equal(NoticeMails.MostLines, mail.Body.Split('\n').Count(l => l.StartsWith("• ", StringComparison.Ordinal)));
        Assert.Contains("And 55 more: http://localhost/notifications", mail.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kind_turned_off_stays_in_the_tray_alone()
    {
        world.Clock.Now = Monday;
        var (ana, reader) = (await world.Person("Ana Off"), await world.Person("Rob Off"));
        await world.Choose(reader, NoticeKind.Reply, MailPace.Off);
        await world.Posted(world.Write(ana, "T", "x", Guid.CreateVersion7(), new Hearer(reader, HearsAs.Owner)));
        await world.Morning(Monday.AddDays(8));
        Assert.Empty(await world.Queued("rob.off@example.org"));
        Assert.Equal(1, await world.Unseen(reader));
    }

    [Fact]
    public async Task Two_nodes_and_a_stop_between_writing_and_sending_make_one_mail()
    {
        world.Clock.Now = Monday;
        var (ana, reader) = (await world.Person("Ana Nodes"), await world.Person("Rob Nodes"));
        var writing = world.Write(ana, "Once", "only", Guid.CreateVersion7(), new Hearer(reader, HearsAs.Owner));
        await using var other = world.With();
        _ = other.Services;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.Posted(writing)));
        Assert.Equal(1, await world.Unseen(reader));

        world.Clock.Now = Monday.AddDays(1);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.Send(new QueueMorningMails())));
        var queued = Assert.Single(await world.Queued("rob.nodes@example.org"));
        Assert.Equal(MailState.Queued, queued.State); // here the process stops; the mail is written and its date is gone
        await Task.WhenAll(other.Services.GetRequiredService<MailSender>().Deliver(default), world.Services.GetRequiredService<MailSender>().Deliver(default));
        await world.Morning(Monday.AddDays(1).AddMinutes(15));
        Assert.Single(world.Sink.Taken, m => m.Contains(queued.Id.ToString("N"), StringComparison.Ordinal));
        Assert.Equal((MailState.Sent, 1), (Assert.Single(await world.Queued("rob.nodes@example.org")).State, 1));
    }

    [Fact]
    public async Task The_page_keeps_what_was_chosen_and_the_admin_sees_why_a_mail_was_not_sent()
    {
        world.Clock.Now = Monday;
        await world.Person("Pia Page");
        await world.Person("Ada Page", MoocPlatform.Kernel.Policies.Admin);
        var browser = world.As("Pia Page");
        var saved = await browser.Submit(await browser.Open("/account/notifications"), "main form",
            ("pace[Mention]", "Now"), ("pace[Announcement]", "Off"), ("pace[Nonsense]", "Now"), ("pace[Quiz]", "77"), ("language", "it"), ("zone", "Europe/Rome"));
        string Chosen(string id) => saved.Page.QuerySelector($"#{id} option[selected]")!.GetAttribute("value")!;
        Assert.Equal(("Now", "Off", "Daily", "Now", "it", "Europe/Rome"),
            (Chosen("pace-Mention"), Chosen("pace-Announcement"), Chosen("pace-Reply"), Chosen("pace-Quiz"), Chosen("language"), Chosen("zone")));
        foreach (var attack in Attacks.All.Append("../../etc/passwd").Append("\u202Eit"))
            await browser.Submit(saved.Page, "main form", ("pace[Mention]", attack), ($"pace[{attack}]", "Off"), ("language", attack), ("zone", attack));
        saved = await browser.Submit(await browser.Open("/account/notifications"), "main form");
        Assert.Equal(("Now", "Off", "it", "Europe/Rome"), (Chosen("pace-Mention"), Chosen("pace-Announcement"), Chosen("language"), Chosen("zone")));

        var ana = await world.Person("Ana Page");
        var pia = await world.Db<HostDb, Guid>(db => db.Users.Where(u => u.Email == "pia.page@example.org").Select(u => u.Id).SingleAsync());
        var writing = world.Write(ana, "T", "x", Guid.CreateVersion7(), new Hearer(pia, HearsAs.Mentioned));
        await world.Posted(writing);
        await world.Send(new MarkSeen(pia, null));
        await world.Deliver();
        var page = await world.As("Ada Page").Open("/admin/mail?state=skipped");
        Assert.Contains(page.QuerySelectorAll("tbody tr"), r => r.TextContent.Contains("pia.page@example.org", StringComparison.Ordinal) && r.TextContent.Contains(SkipReasons.Seen, StringComparison.Ordinal));
    }
}
