using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Host.Notifications;
using MoocPlatform.Host.Persistence;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Host.Tests.Notifications;

/// <summary>RFC 8058: a mail is ended by one click in the mail program, without signing in.</summary>
public sealed partial class UnsubscribeTests(Talked world) : IClassFixture<Talked>
{
    [Fact]
    public async Task The_button_of_a_mail_program_ends_a_kind_without_signing_in_and_without_a_redirect()
    {
        var (path, reader) = await Mailed("Rob Click");
        using var answer = await world.Plain().PostAsync(path, Variations.Form(("List-Unsubscribe", "One-Click")));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(MailPace.Off, await Pace(reader, NoticeKind.Reply));
        using var again = await world.Plain().PostAsync(path, Variations.Form(("List-Unsubscribe", "One-Click")));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task Opening_the_link_changes_nothing_and_its_button_does()
    {
        var (path, reader) = await Mailed("Rob Look");
        var visitor = world.As(null);
        var page = await visitor.Open(path);
        Assert.Contains("Replies in threads that I began or follow", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(MailPace.Now, await Pace(reader, NoticeKind.Reply));
        var done = await visitor.Submit(page, "main form");
        Assert.Equal(HttpStatusCode.OK, done.Status);
        Assert.Equal(MailPace.Off, await Pace(reader, NoticeKind.Reply));
        Assert.Null(await Pace(reader, NoticeKind.Moderation)); // other kinds stay as they are
    }

    [Fact]
    public async Task A_link_in_a_mail_of_the_morning_ends_everything_that_comes_daily()
    {
        world.Clock.Now = new(2026, 11, 2, 10, 0, 0, TimeSpan.Zero);
        var (ana, reader) = (await world.Person("Ana Daily"), await world.Person("Rob Daily"));
        await world.Posted(world.Write(ana, "T", "x", Guid.CreateVersion7(), new Hearer(reader, HearsAs.Owner)));
        await world.Morning(world.Clock.Now.AddDays(1));
        using var answer = await world.Plain().PostAsync(Path("rob.daily@example.org"), Variations.Form(("List-Unsubscribe", "One-Click")));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((MailPace.Off, MailPace.Off, MailPace.Off), (await Pace(reader, NoticeKind.Mention), await Pace(reader, NoticeKind.Reply), await Pace(reader, NoticeKind.Mark)));
        Assert.Null(await Pace(reader, NoticeKind.Thread));
        Assert.Null(await Pace(reader, NoticeKind.Announcement));
    }

    [Fact]
    public async Task A_word_that_is_not_ours_does_nothing()
    {
        var (path, reader) = await Mailed("Rob Forged");
        var forged = path[..^4] + (path.EndsWith("AAAA", StringComparison.Ordinal) ? "BBBB" : "AAAA");
        foreach (var bad in (string[])[forged, "/notifications/unsubscribe", "/notifications/unsubscribe?token=x", $"/notifications/unsubscribe?token={new string('a', 2000)}", $"/notifications/unsubscribe?token={reader:N}"])
        {
            using var answer = await world.Plain().PostAsync(bad, Variations.Form(("List-Unsubscribe", "One-Click")));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            await world.As(null).Open(bad, HttpStatusCode.NotFound);
        }

        Assert.Equal(MailPace.Now, await Pace(reader, NoticeKind.Reply));
    }

    [Fact]
    public async Task A_mail_about_the_account_has_no_such_button()
    {
        var mail = Mail.New("account@example.org", "Your link", "x", world.Clock);
        await world.Db<HostDb, int>(db =>
        {
            db.Add(mail);
            return db.SaveChangesAsync();
        });
        await world.Deliver();
        Assert.DoesNotContain("List-Unsubscribe", world.Sink.Taken.Single(m => m.Contains(mail.Id.ToString("N"), StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    // A mail at once; the path of the address in its header, and its reader.
    private async Task<(string Path, Guid Reader)> Mailed(string name)
    {
        var (ana, reader) = (await world.Person("Ana Mailer"), await world.Person(name));
        await world.Choose(reader, NoticeKind.Reply, MailPace.Now);
        await world.Posted(world.Write(ana, "T", "x", Guid.CreateVersion7(), new Hearer(reader, HearsAs.Owner)));
        await world.Deliver();
        return (Path($"{name.ToLowerInvariant().Replace(' ', '.')}@example.org"), reader);
    }

    private string Path(string address)
    {
        var mail = world.Sink.Taken.Last(m => m.Contains($"To: {address}", StringComparison.OrdinalIgnoreCase));
        var headers = Folded().Replace(mail[..mail.ReplaceLineEndings("\r\n").IndexOf("\r\n\r\n", StringComparison.Ordinal)], "");
        Assert.Contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click", headers, StringComparison.Ordinal);
        return new Uri(Header().Match(headers).Groups["address"].Value).PathAndQuery;
    }

    private Task<MailPace?> Pace(Guid person, NoticeKind kind) =>
        world.Db<HostDb, MailPace?>(db => db.MailChoices.Where(c => c.PersonId == person && c.Kind == kind).Select(c => (MailPace?)c.Pace).SingleOrDefaultAsync());

    [GeneratedRegex(@"\r?\n[ \t]+", RegexOptions.NonBacktracking)]
    private static partial Regex Folded();

    [GeneratedRegex(@"List-Unsubscribe: <(?<address>[^>]+)>", RegexOptions.NonBacktracking)]
    private static partial Regex Header();
}
