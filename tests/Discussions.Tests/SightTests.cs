using System.Net;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Moderating;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Discussions.Tests;

/// <summary>What somebody may not read is nowhere: no page, list, search, feed, fragment, count or answer holds it.</summary>
public sealed class SightTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Nothing_private_held_hidden_or_of_another_course_reaches_who_may_not_read_it()
    {
        var (run, other) = (await world.ARun(), await world.ARun());
        var teacher = await world.Room(run, "Ioana Marin");
        var asker = await world.Room(run, "Asker");
        var open = await world.Start(asker, "An open thread", "Seen by all.");
        var hidden = await world.Say(asker, open, "zzcanary hidden");
        var privately = await world.Start(asker, "zzcanary private title", "zzcanary private", isPrivate: true);
        await world.Say(teacher, privately, "zzcanary private reply");
        var gone = await world.Start(asker, "zzcanary hidden thread", "zzcanary below");
        await world.Say(teacher, gone, "zzcanary reply below a hidden thread");
        await world.Start(await world.Room(other, "Elsewhere"), "zzcanary elsewhere", "zzcanary");
        await world.Send(new ChangeSettings(teacher, new(HoldsFirst: true, AllowsAnonymous: true)));
        var newcomer = await world.Room(run, "Newcomer");
        var held = await world.Say(newcomer, open, "zzcanary held");
        var heldThread = await world.Start(newcomer, "zzcanary held thread", "zzcanary");
        await world.Send(new Moderate(teacher, open, hidden, TeamAct.Hide, "off topic"));
        await world.Send(new Moderate(teacher, gone, gone, TeamAct.Hide, "off topic"));

        var peer = await world.Learner(run, "Peer");
        var person = await world.Person("Peer");
        Guid[] writings = [privately, gone, heldThread, held, hidden];
        string[] pages =
        [
            "talk", "talk?show=unread", "talk?show=unanswered", "talk?show=staff", "talk?show=followed", "talk?show=mine", "talk?sort=newest", "talk?sort=votes",
            "talk/search?q=zzcanary", "talk/similar?title=zzcanary+hidden", $"talk/{open:N}", $"talk/{open:N}/changes?after=0", "first", "talk/feed.atom", $"talk/{open:N}/feed.atom", "talk/new",
        ];
        foreach (var page in pages)
            Assert.DoesNotContain("zzcanary", Typed(await Text(peer, run.At(page)), page), StringComparison.OrdinalIgnoreCase);
        foreach (var thread in new[] { privately, gone, heldThread })
            foreach (var rest in new[] { "", "/changes?after=0", $"/{thread:N}", $"/{thread:N}/history", $"/{thread:N}/report", "/feed.atom" })
                await peer.Open(run.Thread(thread) + rest, HttpStatusCode.NotFound);
        foreach (var writing in writings)
        {
            Assert.Null(await world.Send(new WritingQuery(writing, person)));
            Assert.DoesNotContain(await world.Send(new HearersQuery(writing, null)), h => h.PersonId == person);
        }

        await peer.Open($"{run.Thread(open)}/{held:N}", HttpStatusCode.NotFound);
        await peer.Open($"{run.Thread(open)}/{hidden:N}/history", HttpStatusCode.NotFound);
        foreach (var page in new[] { "talk/queue", "talk/log", "talk/settings", "talk/team", $"talk/{open:N}/{hidden:N}/moderate" })
            await peer.Open(run.At(page), HttpStatusCode.NotFound);
        Assert.Equal(1, await world.Send(new UnansweredCountQuery(run.RunId)));
        Assert.Contains("All 1", await Text(peer, run.At("talk")), StringComparison.Ordinal);

        // Who may read it finds it: the canaries sing.
        var ioana = world.As("Ioana Marin");
        foreach (var page in new[] { "talk", "talk/search?q=zzcanary", $"talk/{open:N}", $"talk/{open:N}/changes?after=0", "talk/queue", $"talk/{privately:N}", "talk/feed.atom" })
            Assert.Contains("zzcanary", Typed(await Text(ioana, run.At(page)), page), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("zzcanary private reply", await Text(world.As("Asker"), run.Thread(privately)), StringComparison.Ordinal);
        Assert.NotNull(await world.Send(new WritingQuery(privately, run.TeacherId)));
    }

    [Fact]
    public async Task A_private_question_becomes_public_only_with_the_consent_of_who_asked()
    {
        var run = await world.ARun();
        var teacher = await world.Room(run, "Ioana Marin");
        var thread = await world.Start(await world.Room(run, "Shy"), "A private matter", isPrivate: true);
        await Assert.ThrowsAsync<Kernel.Refused>(() => world.Send(new Moderate(teacher, thread, thread, TeamAct.MakePublic, null)));

        var ioana = world.As("Ioana Marin");
        await ioana.Submit(await ioana.Open($"{run.Thread(thread)}/{thread:N}/moderate"), "button[value=AskConsent]");
        var shy = world.As("Shy");
        var peer = await world.Learner(run, "Patient");
        await shy.Submit(await shy.Open(run.Thread(thread)), "form[action$='handler=Consent'] button[value=false]");
        await Assert.ThrowsAsync<Kernel.Refused>(() => world.Send(new Moderate(teacher, thread, thread, TeamAct.MakePublic, null)));
        await ioana.Submit(await ioana.Open($"{run.Thread(thread)}/{thread:N}/moderate"), "button[value=AskConsent]");
        await shy.Submit(await shy.Open(run.Thread(thread)), "form[action$='handler=Consent'] button[value=true]");
        await peer.Open(run.Thread(thread), HttpStatusCode.NotFound);

        await ioana.Submit(await ioana.Open($"{run.Thread(thread)}/{thread:N}/moderate"), "button[value=MakePublic]");
        Assert.Contains("A private matter", (await peer.Open(run.At("talk"))).QuerySelector("#board")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1, await world.Send(new UnansweredCountQuery(run.RunId)));
    }

    [Fact]
    public async Task Who_writes_without_a_name_is_known_to_the_team_alone()
    {
        var run = await world.ARun();
        var teacher = await world.Room(run, "Ioana Marin");
        var hider = await world.Room(run, "Zzhider");
        Assert.Contains("Zzhider", await Text(await world.Learner(run, "Looker"), run.Thread(await world.Start(hider, "Not allowed yet", anonymous: true))), StringComparison.Ordinal);
        var quiet = await world.ARun();
        teacher = teacher with { Run = quiet.Term };
        await world.Send(new ChangeSettings(teacher, new(false, AllowsAnonymous: true)));
        hider = await world.Room(quiet, "Zzhider");
        var thread = await world.Start(hider, "Nameless", anonymous: true);
        var reply = await world.Say(hider, thread, "And a reply.", anonymous: true);

        var peer = await world.Learner(quiet, "Looker");
        foreach (var page in new[] { "talk", $"talk/{thread:N}", $"talk/{thread:N}/changes?after=0", "talk/search?q=nameless", "talk/feed.atom", $"talk/{thread:N}/feed.atom", "first" })
            Assert.DoesNotContain("Zzhider", await Text(peer, quiet.At(page)), StringComparison.Ordinal);
        Assert.Null((await world.Send(new WritingQuery(reply, await world.Person("Looker"))))!.AuthorId);
        Assert.Contains("Zzhider", await Text(world.As("Ioana Marin"), quiet.Thread(thread)), StringComparison.Ordinal);
        Assert.Equal(hider.PersonId, (await world.Send(new WritingQuery(reply, quiet.TeacherId)))!.AuthorId);
    }

    [Fact]
    public async Task What_the_team_has_set_holds_in_the_next_run_as_well()
    {
        var run = await world.ARun();
        await world.Send(new ChangeSettings(await world.Room(run, "Ioana Marin"), new(HoldsFirst: true, AllowsAnonymous: true)));
        var today = world.Clock.GetUtcNow().Date;
        var id = await world.Send(new PlanRun(run.Term.CourseId, run.TeacherId, "next", today, today.AddDays(28), "Europe/Bucharest"));
        var next = run with { Term = (await world.Send(new RunTermQuery(id)))! };
        Assert.Equal(new(HoldsFirst: true, AllowsAnonymous: true), await world.Send(new ReadSettings(await world.Room(next, "Ioana Marin"))));
        await world.Send(new ChangeSettings(await world.Room(next, "Ioana Marin"), new(false, false)));
        Assert.Equal(new(false, false), await world.Send(new ReadSettings(await world.Room(run, "Ioana Marin"))));
    }

    [Fact]
    public async Task Two_of_the_team_may_set_it_for_the_first_time_at_the_same_moment()
    {
        var run = await world.ARun();
        var room = await world.Room(run, "Ioana Marin");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => world.Send(new ChangeSettings(room, new(HoldsFirst: true, AllowsAnonymous: i % 2 == 0)))));
        Assert.True((await world.Send(new ReadSettings(room))).HoldsFirst);
        Assert.Equal(8, await world.Db((DiscussionsDb db) => db.Acts.CountAsync(a => a.RunId == run.RunId && a.Act == TeamAct.Settings)));
    }

    // What was typed into the field of the search stands there again, and in the address: that is no leak.
    private static string Typed(string html, string page) => page.Contains("q=zzcanary", StringComparison.Ordinal)
        ? html.Replace("value=\"zzcanary\"", "", StringComparison.Ordinal).Replace("q=zzcanary", "", StringComparison.Ordinal).Replace("q%3Dzzcanary", "", StringComparison.Ordinal)
        : html;

    private static async Task<string> Text(Browser browser, string path) => (await browser.Open(path)).Source.Text;
}
