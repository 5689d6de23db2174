using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Posting;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Discussions.Tests;

/// <summary>Who has a pseudonym in a course is nowhere called by the name of their account, but for its team.</summary>
public sealed class PseudonymTests(World world) : IClassFixture<World>
{
    private const string Account = "Zzaccount";

    [Fact]
    public async Task The_name_of_an_account_reaches_no_peer_where_its_owner_has_a_pseudonym()
    {
        var run = await world.ARun();
        var (teacher, veiled, helper) = (await world.Room(run, "Ioana Marin"), await world.Room(run, $"{Account} Person"), await world.Room(run, "Helper"));
        var thread = await world.Send(new StartThread(veiled, Kernel.Keys.NewKey(world.Clock), ThreadKind.Question, run.Item("first").Id, "An owlish question", "Owlish."));
        var theirs = await world.Start(helper, "A thread of somebody else");
        var peer = await world.Learner(run, "Looker");
        await peer.Submit(await peer.Open(run.Thread(thread)), "form[action$='handler=Follow']");
        await peer.Submit(await peer.Open(run.Thread(theirs)), "form[action$='handler=Follow']");
        var reply = await world.Say(veiled, theirs, "An owlish reply.");
        var comment = await world.Say(veiled, theirs, "An owlish comment.", reply);
        var gone = await world.Say(veiled, theirs, "To be taken away.");
        var answer = await world.Say(helper, thread, "An answer to the owlish.");
        await world.Send(new ChangeWriting(veiled, theirs, reply, Act.Edit, Markdown: "A changed owlish reply."));
        await world.Send(new ChangeWriting(veiled, theirs, gone, Act.Delete));
        await world.Settle();
        string[] pages =
        [
            "talk", "talk?show=unread", "talk?show=unanswered", "talk?show=followed", "talk?sort=newest", "talk?sort=votes", "talk/search?q=owlish", "talk/new", "talk/similar?title=owlish+question",
            $"talk/{thread:N}", $"talk/{thread:N}/changes?after=0", $"talk/{thread:N}/{thread:N}/history", $"talk/{thread:N}/{thread:N}/report", $"talk/{thread:N}/{answer:N}",
            $"talk/{theirs:N}", $"talk/{theirs:N}/changes?after=0", $"talk/{theirs:N}/{reply:N}/history", $"talk/{theirs:N}/{reply:N}", $"talk/{theirs:N}/{comment:N}/report",
            "talk/feed.atom", $"talk/{thread:N}/feed.atom", $"talk/{theirs:N}/feed.atom", "first", "second", "progress", "announcements", "quiz/check",
        ];

        // Without a pseudonym it is there: the canary sings, and what is kept in memory holds it.
        foreach (var page in (string[])["talk", "talk/search?q=owlish", $"talk/{thread:N}", $"talk/{theirs:N}/changes?after=0", "talk/feed.atom", "first"])
            Assert.Contains(Account, await Text(peer, run.At(page)), StringComparison.Ordinal);
        Assert.Contains(Account, await Text(peer, "/notifications"), StringComparison.Ordinal);

        await Call(run, "Night Owl");
        foreach (var page in pages)
            Assert.False((await Text(peer, run.At(page))).Contains(Account, StringComparison.OrdinalIgnoreCase), page);
        foreach (var page in (string[])["talk", "talk/search?q=owlish", $"talk/{thread:N}", $"talk/{theirs:N}/changes?after=0", $"talk/{theirs:N}/feed.atom", "first"])
            Assert.Contains("Night Owl", await Text(peer, run.At(page)), StringComparison.Ordinal);
        Assert.DoesNotContain(Account, await Text(world.As(null), run.At("first")), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Account, await Text(peer, "/notifications"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Night Owl", await Text(peer, "/notifications"), StringComparison.Ordinal);
        var looker = await world.Person("Looker");
        foreach (var writing in (Guid[])[thread, reply, comment])
            Assert.Equal("Night Owl", (await world.Send(new WritingQuery(writing, looker)))!.AuthorName);
        Assert.Empty((await peer.Open(run.At($"talk/search?q={Account}"))).QuerySelectorAll("main h3"));

        // Another pseudonym is there at once; the team knows both names, and sees them wherever it looks.
        await Call(run, "Early Bird");
        var ioana = world.As("Ioana Marin");
        foreach (var page in (string[])["talk", "talk/search?q=owlish", $"talk/{thread:N}", $"talk/{theirs:N}/changes?after=0", "talk/feed.atom", "first"])
        {
            Assert.Contains("Early Bird", await Text(peer, run.At(page)), StringComparison.Ordinal);
            Assert.DoesNotContain("Night Owl", await Text(peer, run.At(page)), StringComparison.Ordinal);
            Assert.Contains($"Early Bird ({Account} Person)", await Text(ioana, run.At(page)), StringComparison.Ordinal);
        }

        Assert.Equal($"Early Bird ({Account} Person)", (await world.Send(new WritingQuery(reply, teacher.PersonId)))!.AuthorName);
        await Call(run, "");
        Assert.Contains(Account, await Text(peer, run.Thread(thread)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pseudonym_is_what_calls_its_owner_and_the_name_of_the_account_is_not_even_for_the_team()
    {
        var run = await world.ARun();
        var (teacher, veiled, helper) = (await world.Room(run, "Ioana Marin"), await world.Room(run, $"{Account} Person"), await world.Room(run, "Caller"));
        await Call(run, "Little Egret");
        var thread = await world.Start(veiled, "Who calls me?");
        var theirs = await world.Start(helper, "And here?");
        await world.Say(veiled, theirs, "I was here.");
        foreach (var room in (Room[])[helper, teacher])
        {
            Assert.Equal(HearsAs.Mentioned, await Heard(await world.Say(room, theirs, "What does @little egret think?")));
            Assert.Equal(HearsAs.Follower, await Heard(await world.Say(room, theirs, $"What does @{Account} Person think?")));
        }

        foreach (var caller in (string[])["Caller", "Ioana Marin"])
        {
            var list = (await world.As(caller).Open(run.Thread(thread))).QuerySelector("#people")!;
            Assert.Contains(list.QuerySelectorAll("option"), o => o.GetAttribute("value") == "Little Egret");
            Assert.DoesNotContain(Account, list.InnerHtml, StringComparison.OrdinalIgnoreCase);
        }

        async Task<HearsAs> Heard(Guid writing) => (await world.Send(new HearersQuery(writing, null))).Single(h => h.PersonId == veiled.PersonId).As;
    }

    private async Task Call(GivenRun run, string pseudonym)
    {
        var browser = world.As($"{Account} Person");
        await browser.Submit(await browser.Open(run.At("me")), "form[action*='handler=Name']", ("Pseudonym", pseudonym));
    }

    private static async Task<string> Text(Browser browser, string path) => (await browser.Open(path)).Source.Text;
}
