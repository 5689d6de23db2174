using AngleSharp;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Host.Notifications;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Markup.Tests;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Host.Tests.Notifications;

/// <summary>The app with a mail server that is a sink.</summary>
public sealed class WithSmtp : World
{
    public SmtpSink Sink { get; } = new();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Mail:Smtp:Host", "127.0.0.1");
        builder.UseSetting("Mail:Smtp:Port", Sink.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        builder.UseSetting("Mail:Smtp:StartTls", "false");
        builder.ConfigureTestServices(MailWaits);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Sink.DisposeAsync();
    }
}

public sealed class SmtpTests(WithSmtp world) : IClassFixture<WithSmtp>
{
    [Fact]
    public async Task A_mail_reaches_the_server_as_text_and_as_HTML_and_only_then_counts_as_sent()
    {
        var mail = await Queue("reader@example.org", "Învață împreună", "Bună,\n\nopen http://localhost/x?a=1&b=2\n\n<script>alert(1)</script>");
        await Deliver();

        var taken = Assert.Single(world.Sink.Taken, m => m.Contains(mail.Id.ToString("N"), StringComparison.Ordinal));
        Assert.Contains("reader@example.org", world.Sink.Receivers);
        Assert.Contains("multipart/alternative", taken, StringComparison.Ordinal);
        Assert.Contains("text/plain", taken, StringComparison.Ordinal);
        Assert.Contains("text/html", taken, StringComparison.Ordinal);
        Assert.Equal(MailState.Sent, (await Read(mail.Id)).State);
    }

    [Fact]
    public async Task A_refused_mail_is_tried_again_and_given_up_after_eight_tries_with_the_reason()
    {
        world.Sink.Refuses = true;
        try
        {
            var mail = await Queue("refused@example.org", "Never", "Never");
            for (var i = 0; i < MailSender.MostAttempts; i++)
            {
                Assert.Equal(MailState.Queued, (await Read(mail.Id)).State);
                await Deliver();
                world.Clock.Now = world.Clock.Now.AddHours(2);
            }

            var given = await Read(mail.Id);
            Assert.Equal((MailState.Failed, MailSender.MostAttempts), (given.State, given.Attempts));
            Assert.Contains("not now", given.Reason, StringComparison.Ordinal);
            Assert.Null(given.SentAt);
        }
        finally
        {
            world.Sink.Refuses = false;
        }
    }

    [Fact]
    public async Task A_line_break_in_a_subject_makes_no_header()
    {
        var mail = await Queue("victim@example.org", "Hello\r\nBcc: other@example.org", "Text");
        await Deliver();
        var taken = Assert.Single(world.Sink.Taken, m => m.Contains(mail.Id.ToString("N"), StringComparison.Ordinal));
        Assert.DoesNotContain("\nBcc:", taken, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("other@example.org", world.Sink.Receivers);
    }

    [Fact]
    public async Task What_the_process_did_not_come_to_before_its_end_is_due_at_once_and_not_after_the_loan()
    {
        var mails = new List<Guid>();
        for (var n = 0; n < 5; n++)
            mails.Add((await Queue($"left{n}@example.org", "Left", "Text")).Id);
        using var end = new CancellationTokenSource();
        world.Sink.Takes = end.Cancel;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.Services.GetRequiredService<MailSender>().Deliver(end.Token));
        world.Sink.Takes = null;
        Assert.Contains(await States(), s => s == MailState.Queued);

        await Deliver();
        Assert.All(await States(), s => Assert.Equal(MailState.Sent, s));

        Task<List<MailState>> States() => world.Db<HostDb, List<MailState>>(db => db.Mails.Where(m => mails.Contains(m.Id)).Select(m => m.State).ToListAsync());
    }

    private async Task Deliver()
    {
        while (await world.Services.GetRequiredService<MailSender>().Deliver(TestContext.Current.CancellationToken))
        {
        }
    }

    private Task<Mail> Queue(string to, string subject, string body) => world.Db<HostDb, Mail>(async db =>
    {
        var mail = Mail.New(to, subject, body, world.Clock);
        db.Add(mail);
        await db.SaveChangesAsync();
        return mail;
    });

    private Task<Mail> Read(Guid id) => world.Db<HostDb, Mail>(db => db.Mails.AsNoTracking().SingleAsync(m => m.Id == id));
}

public sealed class MailFolderTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Whatever_people_write_is_only_text_and_links_in_the_HTML_of_a_mail()
    {
        foreach (var attack in Attacks.All)
        {
            var page = await BrowsingContext.New().OpenAsync(r => r.Content($"<body>{MailCarrier.Paragraphs(attack)}</body>"), TestContext.Current.CancellationToken);
            foreach (var element in page.Body!.QuerySelectorAll("*"))
            {
                Assert.Contains(element.LocalName, (string[])["p", "br", "a"]);
                Assert.All(element.Attributes, a => Assert.Matches("^https?://", a.Name == "href" ? a.Value : a.Name));
            }
        }
    }

    [Fact]
    public async Task Without_a_server_every_mail_becomes_one_file()
    {
        var mail = Mail.New("reader@example.org", "Hello", "Text", world.Clock);
        await world.Db<HostDb, int>(db =>
        {
            db.Add(mail);
            return db.SaveChangesAsync();
        });
        while (await world.Services.GetRequiredService<MailSender>().Deliver(TestContext.Current.CancellationToken))
        {
        }

        var file = Path.Combine(world.Folder, "mail", $"{mail.Id:N}.eml");
        Assert.Contains("reader@example.org", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(Path.GetDirectoryName(file)!, $"*{mail.Id:N}*"));
    }

    [Fact]
    public async Task A_mail_to_one_person_does_not_wait_for_those_to_many()
    {
        var earlier = new FakeClock(world.Clock.Now.AddHours(-1));
        var mine = Mail.New("waiting@example.org", "Your link", "Text", world.Clock);
        await world.Db<HostDb, int>(db =>
        {
            for (var n = 0; n < 200; n++)
                db.Add(Mail.New($"many{n}@example.org", "To all", "Text", earlier, toMany: true));
            db.Add(mine);
            return db.SaveChangesAsync();
        });
        await world.Services.GetRequiredService<MailSender>().Deliver(TestContext.Current.CancellationToken);
        Assert.Equal(MailState.Sent, await world.Db<HostDb, MailState>(db => db.Mails.Where(m => m.Id == mine.Id).Select(m => m.State).SingleAsync()));
    }

    [Fact]
    public async Task The_page_that_shows_mails_to_developers_is_not_there_elsewhere() =>
        await world.As(null).Open($"/dev/mail/{Guid.CreateVersion7()}", System.Net.HttpStatusCode.NotFound);
}
