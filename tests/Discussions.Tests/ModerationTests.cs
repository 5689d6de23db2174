using System.Net;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Moderating;
using MoocPlatform.Discussions.Features.Posting;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Discussions.Tests;

public sealed class ModerationTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_report_reaches_the_team_which_hides_with_a_reason_that_the_author_answers()
    {
        var run = await world.ARun();
        var thread = await world.Start(await world.Room(run, "Ioana Marin"), "Reported");
        var said = await world.Say(await world.Room(run, "Rude"), thread, "Something rude.");
        var reporter = await world.Learner(run, "Reporter");
        var form = await reporter.Open($"{run.Thread(thread)}/{said:N}/report");
        await reporter.Submit(form, "main form", ("Reason", "It is rude."));
        await reporter.Submit(form, "main form", ("Reason", "It is rude."));

        var ioana = world.As("Ioana Marin");
        var queue = await ioana.Open(run.At("talk/queue"));
        Assert.Contains("1 report", queue.QuerySelector("main article")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Reporter: It is rude.", queue.QuerySelector("main article")!.TextContent, StringComparison.Ordinal);
        var (status, page, _) = await ioana.Submit(await ioana.Open($"{run.Thread(thread)}/{said:N}/moderate"), "button[value=Hide]");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status); // not without a reason
        await ioana.Submit(page, "button[value=Hide]", ("Reason", "Please stay kind."));
        Assert.Empty((await ioana.Open(run.At("talk/queue"))).QuerySelectorAll("main article"));

        var seen = await reporter.Open(run.Thread(thread));
        Assert.Equal("The team has hidden this text.", seen.QuerySelector("#replies article")!.TextContent.Trim());
        Assert.DoesNotContain("Please stay kind", seen.Source.Text, StringComparison.Ordinal);
        var rude = world.As("Rude");
        Assert.Contains("Please stay kind.", (await rude.Open(run.Thread(thread))).QuerySelector("#replies article")!.TextContent, StringComparison.Ordinal);
        world.Clock.Now += TimeSpan.FromSeconds(11);
        await rude.Submit(await rude.Open($"{run.Thread(thread)}/{said:N}/answer"), "main form", ("Reason", "I am sorry."));
        Assert.Contains("I am sorry.", (await ioana.Open(run.At("talk/queue"))).QuerySelector("main article")!.TextContent, StringComparison.Ordinal);

        world.Clock.Now += TimeSpan.FromSeconds(11);
        await ioana.Submit(await ioana.Open($"{run.Thread(thread)}/{said:N}/moderate"), "button[value=Restore]");
        Assert.Contains("Something rude.", (await reporter.Open(run.Thread(thread))).QuerySelector("#replies article")!.TextContent, StringComparison.Ordinal);
        var log = await ioana.Open(run.At("talk/log"));
        Assert.Equal(["showed a text again", "answered the team", "hid a text"], log.QuerySelectorAll("tbody tr td:nth-child(3)").Select(d => d.TextContent.Trim()));
    }

    [Fact]
    public async Task What_the_team_deletes_is_gone_with_its_history_and_the_author_learns_why()
    {
        var run = await world.ARun();
        var (teacher, author) = (await world.Room(run, "Ioana Marin"), await world.Room(run, "Deleted"));
        var thread = await world.Start(author, "Stays", "zzfirst words");
        await world.Send(new ChangeWriting(author, thread, thread, Act.Edit, Markdown: "zzsecond words"));
        var browser = world.As("Deleted");
        Assert.Contains("zzfirst words", (await browser.Open($"{run.Thread(thread)}/{thread:N}/history")).Source.Text, StringComparison.Ordinal);
        await world.Send(new Moderate(teacher, thread, thread, TeamAct.Delete, "Copied from a book."));

        var page = await browser.Open(run.Thread(thread));
        Assert.Contains("Why: Copied from a book.", page.QuerySelector("article")!.TextContent, StringComparison.Ordinal);
        await browser.Open($"{run.Thread(thread)}/{thread:N}/history", HttpStatusCode.NotFound);
        Assert.Equal(0, await world.Db((DiscussionsDb db) => db.Revisions.CountAsync(r => r.WritingId == thread)));
        Assert.Equal(0, await world.Send(new UnansweredCountQuery(run.RunId)));
        Assert.Equal(0, await world.Db((DiscussionsDb db) => db.Boards.Where(b => b.RunId == run.RunId).Select(b => b.Threads).SingleAsync()));
    }

    [Fact]
    public async Task First_texts_wait_where_the_team_wants_it_and_are_new_when_released()
    {
        var run = await world.ARun();
        var teacher = await world.Room(run, "Ioana Marin");
        var ioana = world.As("Ioana Marin");
        await ioana.Submit(await ioana.Open(run.At("talk/settings")), "main form", ("HoldsFirst", "true"));
        var thread = await world.Start(teacher, "Waiting room");
        var newcomer = await world.Room(run, "First Poster");
        var first = await world.Say(newcomer, thread, "My first words.");
        Assert.Contains("Waits until the team has seen it", (await world.As("First Poster").Open(run.Thread(thread))).QuerySelector("#replies article")!.TextContent, StringComparison.Ordinal);
        var later = await world.Say(teacher, thread, "Said meanwhile.");
        Assert.Equal(1, await Replies(thread));

        await ioana.Submit(await ioana.Open($"{run.Thread(thread)}/{first:N}/moderate"), "button[value=Release]");
        Assert.Equal(2, await Replies(thread));
        Assert.Contains(await world.Send(new HearersQuery(first, null)), h => h.PersonId == run.TeacherId);
        var order = (await ioana.Open(run.Thread(thread))).QuerySelectorAll("#replies article").Select(a => a.Id);
        Assert.Equal([$"p-{later:N}", $"p-{first:N}"], order);
        await world.Say(newcomer, thread, "My second words.");
        Assert.Equal(3, await Replies(thread)); // from then on nothing waits
    }

    [Fact]
    public async Task Who_is_muted_reads_and_does_not_write_and_who_is_banned_does_neither()
    {
        var run = await world.ARun();
        var (teacher, loud) = (await world.Room(run, "Ioana Marin"), await world.Learner(run, "Loud"));
        var person = await world.Person("Loud");
        var thread = await loud.Ask(run, "Before", "Before.");
        var form = await loud.Open(thread);
        await world.Send(new Restrain(teacher, person, TeamAct.Mute, "Cool down."));
        var (status, page, _) = await loud.Submit(form, "#compose form", ("Markdown", "One more"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("Cool down.", page.QuerySelector("#refused")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await loud.Open(thread)).QuerySelector("#compose textarea"));

        await world.Send(new Restrain(teacher, person, TeamAct.Ban, "Enough."));
        await loud.Open(thread, HttpStatusCode.NotFound);
        Assert.Contains("Enough.", (await loud.Open(run.At("talk"))).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        await world.Send(new Restrain(teacher, person, TeamAct.Lift, null));
        await loud.Submit(await loud.Open(thread), "#compose form", ("Markdown", "Thank you."));
        await Assert.ThrowsAsync<Refused>(() => world.Send(new Restrain(teacher, run.TeacherId, TeamAct.Ban, "No.")));
    }

    [Fact]
    public async Task Threads_are_pinned_closed_moved_and_merged()
    {
        var run = await world.ARun();
        var (teacher, author) = (await world.Room(run, "Ioana Marin"), await world.Room(run, "Merger"));
        var old = await world.Start(author, "The older thread");
        var one = await world.Start(author, "The same again", "zzmerged beginning");
        var reply = await world.Say(author, one, "zzmerged reply");
        await world.Say(author, one, "A comment on it.", reply);
        var ioana = world.As("Ioana Marin");
        await ioana.Submit(await ioana.Open($"{run.Thread(old)}/{old:N}/moderate"), "button[value=Pin]");
        await ioana.Submit(await ioana.Open($"{run.Thread(old)}/{old:N}/moderate"), "form[action$='handler=Move']", ("Target", "first"));
        Assert.Equal("The older thread", (await ioana.Open(run.At("talk"))).QuerySelector("#board .threads h3")!.TextContent);
        Assert.Contains("The older thread", (await ioana.Open(run.At("first"))).QuerySelector("#talk-beside")!.TextContent, StringComparison.Ordinal);

        await ioana.Submit(await ioana.Open($"{run.Thread(one)}/{one:N}/moderate"), "form[action$='handler=Merge']", ("Target", "http://localhost" + run.Thread(old)));
        var browser = world.As("Merger");
        var page = await browser.Open(run.Thread(one)); // its address leads on
        Assert.Equal("The older thread", page.QuerySelector("h1")!.TextContent);
        Assert.Equal([$"p-{one:N}", $"p-{reply:N}"], page.QuerySelectorAll("#replies > article").Select(a => a.Id));
        Assert.Equal(3, await Replies(old));
        Assert.Equal(1, await world.Db((DiscussionsDb db) => db.Boards.Where(b => b.RunId == run.RunId).Select(b => b.Threads).SingleAsync()));
        Assert.Equal(2, (await browser.Open(run.At("talk/search?q=zzmerged"))).QuerySelectorAll(".threads li").Length);

        await ioana.Submit(await ioana.Open($"{run.Thread(old)}/{old:N}/moderate"), "button[value=Close]");
        Assert.Null((await browser.Open(run.Thread(old))).QuerySelector("#compose form"));
        await Assert.ThrowsAsync<Refused>(() => world.Say(author, old, "Too late."));
        await world.Say(teacher, old, "The team still writes.");
    }

    [Fact]
    public async Task What_waits_in_a_thread_that_is_merged_waits_where_it_goes()
    {
        var run = await world.ARun();
        var author = await world.Room(run, "Merged Author");
        var (old, one) = (await world.Start(author, "Where it goes"), await world.Start(author, "Reported and merged", "Said before."));
        await world.Send(new ChangeWriting(author, one, one, Act.Edit, Markdown: "Said since."));
        await world.Send(new ReportWriting(await world.Room(run, "Merged Reporter"), one, one, "Look at this."));
        var ioana = world.As("Ioana Marin");
        await ioana.Submit(await ioana.Open($"{run.Thread(one)}/{one:N}/moderate"), "form[action$='handler=Merge']", ("Target", run.Thread(old)));
        Assert.Contains("Look at this.", (await ioana.Open(run.At("talk/queue"))).QuerySelector("main article")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1, await world.Send(new TalkQueueCountQuery(run.RunId)));
        Assert.NotNull((await ioana.Open(run.Thread(old))).QuerySelector($"#p-{one:N} header a[href$=history]"));
        Assert.Contains("Said before.", (await ioana.Open($"{run.Thread(old)}/{one:N}/history")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_author_of_a_deleted_text_answers_the_reason_and_replies_are_counted_without_it()
    {
        var run = await world.ARun();
        var (teacher, author) = (await world.Room(run, "Ioana Marin"), await world.Room(run, "Answers Back"));
        var thread = await world.Start(teacher, "Count me");
        var (said, own) = (await world.Say(author, thread, "Deleted by the team."), await world.Say(author, thread, "Taken away by me."));
        Assert.Equal(2, await Replies(thread));
        await world.Send(new Moderate(teacher, thread, said, TeamAct.Delete, "Not here."));
        await world.Send(new ChangeWriting(author, thread, own, Act.Delete));
        Assert.Equal(0, await Replies(thread));
        var browser = world.As("Answers Back");
        await browser.Submit(await browser.Open($"{run.Thread(thread)}/{said:N}/answer"), "main form", ("Reason", "Where then?"));
        Assert.Contains("Where then?", (await world.As("Ioana Marin").Open(run.At("talk/queue"))).QuerySelector("main article")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_new_gets_no_more_links_into_a_text_by_changing_it()
    {
        var run = await world.ARun();
        var newcomer = await world.Room(run, "Edits Later");
        var thread = await world.Start(newcomer, "Harmless", "Nothing to see.");
        await Assert.ThrowsAsync<Refused>(() => world.Send(new ChangeWriting(newcomer, thread, thread, Act.Edit, Markdown: "https://a.example https://b.example https://c.example")));
        await world.Send(new ChangeWriting(newcomer, thread, thread, Act.Edit, Markdown: "https://a.example https://b.example"));
        Assert.Contains("b.example", (await world.As("Edits Later").Open(run.Thread(thread))).QuerySelector("article")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_new_may_not_flood()
    {
        var run = await world.ARun();
        var (thread, newcomer) = (await world.Start(await world.Room(run, "Ioana Marin"), "Flood"), await world.Room(run, "Flooder"));
        await Assert.ThrowsAsync<Refused>(() => world.Say(newcomer, thread, "https://a.example https://b.example [c](https://c.example)"));
        for (var i = 0; i < 10; i++)
            await world.Say(newcomer, thread, $"Text {i}");
        await Assert.ThrowsAsync<Refused>(() => world.Say(newcomer, thread, "One too many."));
        Assert.Equal(10, await Replies(thread));
        var before = world.Clock.Now;
        world.Clock.Now += TimeSpan.FromDays(1);
        await world.Say(newcomer, thread, "https://a.example https://b.example https://c.example");
        world.Clock.Now = before;
    }

    [Fact]
    public async Task Learners_moderate_nothing()
    {
        var run = await world.ARun();
        var (thread, peer) = (await world.Start(await world.Room(run, "Ioana Marin"), "Not yours"), await world.Room(run, "Would Be"));
        foreach (var act in Enum.GetValues<TeamAct>())
            await Assert.ThrowsAsync<NotFound>(() => world.Send(new Moderate(peer, thread, thread, act, "Because.")));
        await Assert.ThrowsAsync<NotFound>(() => world.Send(new MergeThreads(peer, thread, thread.ToString())));
        await Assert.ThrowsAsync<NotFound>(() => world.Send(new Restrain(peer, run.TeacherId, TeamAct.Ban, "Because.")));
        await Assert.ThrowsAsync<NotFound>(() => world.Send(new ChangeSettings(peer, new(true, true))));
    }

    private Task<int> Replies(Guid thread) => world.Db((DiscussionsDb db) => db.Threads.Where(t => t.Id == thread).Select(t => t.Replies).SingleAsync());
}
