using AngleSharp.Html.Dom;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Moderating;
using MoocPlatform.Discussions.Features.Posting;
using MoocPlatform.Discussions.Features.Reading;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Discussions.Tests;

public sealed class FollowTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Who_writes_in_a_thread_hears_of_it_until_they_say_no()
    {
        var run = await world.ARun();
        var (asker, helper) = (await world.Room(run, "Follow Asker"), await world.Room(run, "Follow Helper"));
        var thread = await world.Start(asker, "Who hears?");
        var first = await world.Say(helper, thread, "I do.");
        Assert.Equal([new Hearer(asker.PersonId, HearsAs.Owner)], await Hearers(first));

        var answer = await world.Say(asker, thread, "So do I.", first);
        Assert.Equal([new Hearer(helper.PersonId, HearsAs.Owner)], await Hearers(answer));
        var more = await world.Say(asker, thread, "And now?");
        Assert.Equal([new Hearer(helper.PersonId, HearsAs.Follower)], await Hearers(more));

        var browser = world.As("Follow Helper");
        await browser.Submit(await browser.Open(run.Thread(thread)), "form[action$='handler=Follow']");
        Assert.Empty(await Hearers(more));
        await world.Say(helper, thread, "Taking part does not change a no.");
        Assert.Empty(await Hearers(more));
    }

    [Fact]
    public async Task A_name_with_an_at_sign_is_heard_by_that_person_alone_and_once()
    {
        var run = await world.ARun();
        var (asker, ann) = (await world.Room(run, "Mention Asker"), await world.Room(run, "Ann"));
        var anna = await world.Room(run, "Ann Lee");
        var thread = await world.Start(asker, "To whom?");
        await world.Say(ann, thread, "Here.");
        await world.Say(anna, thread, "Here too.");
        var said = await world.Say(asker, thread, "What do you say, @ann lee? And @Ioana Marin, @Nobody and mail@Ann?");
        Assert.Equal(
            [(ann.PersonId, HearsAs.Follower), (anna.PersonId, HearsAs.Mentioned), (run.TeacherId, HearsAs.Mentioned)],
            (await Hearers(said)).OrderBy(h => h.As == HearsAs.Follower ? 0 : h.PersonId == run.TeacherId ? 2 : 1).Select(h => (h.PersonId, h.As)));
    }

    [Fact]
    public async Task Who_is_banned_or_not_of_a_private_thread_hears_nothing()
    {
        var run = await world.ARun();
        var (asker, helper, teacher) = (await world.Room(run, "Ban Asker"), await world.Room(run, "Banned"), await world.Room(run, "Ioana Marin"));
        var thread = await world.Start(asker, "Open");
        await world.Say(helper, thread, "Hello.");
        var said = await world.Say(teacher, thread, "News.");
        Assert.Contains(await Hearers(said), h => h.PersonId == helper.PersonId);
        await world.Send(new Restrain(teacher, helper.PersonId, TeamAct.Ban, "Enough."));
        Assert.DoesNotContain(await Hearers(said), h => h.PersonId == helper.PersonId);
        Assert.Null(await world.Send(new WritingQuery(said, helper.PersonId)));
    }

    [Fact]
    public async Task A_private_question_is_heard_by_the_whole_team_and_by_nobody_else()
    {
        var run = await world.ARun();
        var (asker, teacher) = (await world.Room(run, "Private Asker"), await world.Room(run, "Ioana Marin"));
        await world.Room(run, "Private Peer");
        var thread = await world.Start(asker, "May I hand it in later?", isPrivate: true);
        var team = (await world.Send(new CourseTeamQuery(run.Term.CourseId))).Keys.Order().ToList();
        Assert.Contains(run.TeacherId, team);
        Assert.Equal(team, (await Hearers(thread)).Select(h => h.PersonId).Order());
        Assert.Equal([new Hearer(asker.PersonId, HearsAs.Owner)], await Hearers(await world.Say(teacher, thread, "Yes.")));
        Assert.Equal(team, (await Hearers(await world.Say(asker, thread, "Thank you."))).Select(h => h.PersonId).Order());
    }

    [Fact]
    public async Task Many_followers_are_heard_of_in_pages()
    {
        var run = await world.ARun();
        var thread = await world.Start(await world.Room(run, "Ioana Marin"), "Everybody");
        await world.Db((Persistence.DiscussionsDb db) =>
        {
            db.AddRange(Enumerable.Range(0, 1203).Select(_ => new Place { PersonId = Kernel.Keys.NewKey(world.Clock), ThreadId = thread, RunId = run.RunId, Follows = Follows.Yes }));
            return db.SaveChangesAsync(TestContext.Current.CancellationToken);
        });
        var said = await world.Say(await world.Room(run, "Speaker"), thread, "Hear, hear.");
        var (heard, after, pages) = (new List<Guid>(), (Guid?)null, 0);
        while (await world.Send(new HearersQuery(said, after)) is { Count: > 0 } page)
        {
            Assert.InRange(page.Count, 1, 500);
            heard.AddRange(page.Select(h => h.PersonId));
            (after, pages) = (page[^1].PersonId, pages + 1);
        }

        Assert.Equal(1204, heard.Count); // and the teacher, who owns it
        Assert.Equal(heard.Distinct().Count(), heard.Count);
        Assert.Equal(3, pages);
    }

    [Fact]
    public async Task Who_joins_late_finds_new_what_came_after_and_who_comes_back_goes_on()
    {
        var run = await world.ARun();
        var asker = await world.Room(run, "Early");
        await world.Start(asker, "Long ago");
        world.Clock.Now += TimeSpan.FromHours(1);
        var late = await world.Room(run, "Latecomer");
        await world.Settle();
        Assert.Equal(0, await world.Send(new UnreadTalkQuery(run.RunId, late.PersonId)));
        await world.Start(asker, "Since then");
        Assert.Equal(1, await world.Send(new UnreadTalkQuery(run.RunId, late.PersonId)));

        var browser = world.As("Latecomer");
        await browser.Submit(await browser.Open(run.At("leave")), "main form");
        world.Clock.Now += TimeSpan.FromHours(1);
        await world.Send(new JoinRun(run.RunId, late.PersonId));
        await world.Settle();
        Assert.Equal(1, await world.Send(new UnreadTalkQuery(run.RunId, late.PersonId)));
    }

    [Fact]
    public async Task What_is_new_is_marked_until_it_is_read()
    {
        var run = await world.ARun();
        var (asker, teacher) = (await world.Room(run, "Unread Asker"), await world.Room(run, "Ioana Marin"));
        var reader = await world.Learner(run, "Reader");
        var thread = await world.Start(asker, "Read me");
        await world.Start(asker, "And me");
        var person = await world.Person("Reader");
        Assert.Equal(2, await world.Send(new UnreadTalkQuery(run.RunId, person)));
        Assert.Equal(0, await world.Send(new UnreadTalkQuery(run.RunId, asker.PersonId)));
        Assert.StartsWith("2", (await reader.Open(run.At("talk"))).QuerySelector(".tabs [data-unread-threads]")!.TextContent, StringComparison.Ordinal);

        await reader.Submit(await reader.Open(run.Thread(thread)), "form[action$='handler=Read']");
        Assert.StartsWith("1", (await reader.Open(run.At("talk"))).QuerySelector(".tabs [data-unread-threads]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1, await world.Send(new UnreadTalkQuery(run.RunId, person)));
        var answer = await world.Say(teacher, thread, "Something new.");
        Assert.Equal(2, await world.Send(new UnreadTalkQuery(run.RunId, person)));
        var page = await reader.Open(run.Thread(thread));
        Assert.Equal($"p-{answer:N}", page.QuerySelector("article[data-unread]")!.Id);
        Assert.EndsWith($"/{answer:N}", ((IHtmlAnchorElement)page.QuerySelector("a[href*='/talk/'].button-sm[href$='" + answer.ToString("N") + "']")!).Href, StringComparison.Ordinal);
        Assert.Equal(2, (await reader.Open(run.At("talk?show=unread"))).QuerySelectorAll("#board li[data-unread]").Length);

        await reader.Submit(await reader.Open(run.At("talk")), "form[action$='handler=Read']");
        Assert.Equal(0, await world.Send(new UnreadTalkQuery(run.RunId, person)));
        Assert.Empty((await reader.Open(run.At("talk?show=unread"))).QuerySelectorAll("#board li"));
        await world.Send(new ReadUpTo((await world.Room(run, "Reader")), thread, 1)); // an old page that was left open takes nothing back
        Assert.Equal(0, await world.Send(new UnreadTalkQuery(run.RunId, person)));
    }

    [Fact]
    public async Task Filters_and_orders_show_what_they_say()
    {
        var run = await world.ARun();
        var (asker, teacher) = (await world.Room(run, "Filter Asker"), await world.Room(run, "Ioana Marin"));
        var mine = await world.Start(asker, "Mine and answered");
        var theirs = await world.Start(teacher, "Of the team");
        var answer = await world.Say(teacher, mine, "An answer.");
        await world.Send(new ChangeWriting(asker, mine, answer, Act.Accept));
        await world.Send(new ChangeWriting(asker, theirs, theirs, Act.Vote));
        var browser = world.As("Filter Asker");
        Assert.Equal(["Mine and answered", "Of the team"], await Titles("talk"));
        Assert.Equal(["Of the team", "Mine and answered"], await Titles("talk?sort=newest"));
        Assert.Equal(["Of the team", "Mine and answered"], await Titles("talk?sort=votes"));
        Assert.Equal(["Of the team"], await Titles("talk?show=unanswered"));
        Assert.Equal(["Mine and answered"], await Titles("talk?show=mine"));
        Assert.Equal(["Mine and answered"], await Titles("talk?show=followed"));
        Assert.Equal(["Mine and answered"], await Titles("talk?show=staff"));

        async Task<IEnumerable<string>> Titles(string page) => (await browser.Open(run.At(page))).QuerySelectorAll("#board .threads h3").Select(h => h.TextContent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sort=newest&")]
    [InlineData("sort=votes&")]
    [InlineData("show=mine&")]
    [InlineData("show=unanswered&")]
    public async Task A_long_board_is_read_page_by_page_without_a_gap(string how)
    {
        var run = await world.ARun();
        var asker = await world.Room(run, "Ioana Marin");
        for (var i = 0; i < 60; i++)
            await world.Start(asker with { PersonId = asker.PersonId }, $"Thread {i}");
        await world.Learner(run, "Pager");
        var browser = world.As(how.Contains("mine", StringComparison.Ordinal) ? "Ioana Marin" : "Pager");
        var (seen, next) = (new List<string>(), run.At("talk?" + how.TrimEnd('&')));
        while (next is not null)
        {
            var page = await browser.Open(next);
            seen.AddRange(page.QuerySelectorAll("#board .threads h3").Select(h => h.TextContent));
            next = (page.QuerySelector("nav.pages a") as IHtmlAnchorElement)?.Href;
        }

        Assert.Equal(60, seen.Count);
        Assert.Equal(60, seen.Distinct().Count());
    }

    private Task<IReadOnlyList<Hearer>> Hearers(Guid writing) => world.Send(new HearersQuery(writing, null));
}
