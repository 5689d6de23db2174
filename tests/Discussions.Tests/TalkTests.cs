using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Discussions.Tests;

public sealed class TalkTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_learner_asks_under_a_lesson_a_teacher_answers_and_the_asker_accepts()
    {
        var run = await world.ARun();
        var ana = await Learner(run, "Ana");
        var asked = await Ask(ana, run, "Is this open?", "May I **copy** it?", "first");
        Assert.Equal(1, await world.Send(new UnansweredCountQuery(run.RunId)));
        Assert.Contains("Is this open?", (await ana.Open(run.At("first"))).QuerySelector("#talk-beside")!.TextContent, StringComparison.Ordinal);

        var ioana = world.As("Ioana Marin");
        await ioana.Submit(await ioana.Open(asked), "#compose form", ("Markdown", "Yes, *you may*."));
        var page = await ana.Open(asked);
        Assert.Contains("Instructor", page.QuerySelector("#replies")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("you may", page.QuerySelector("#replies em")!.TextContent);

        await ana.Submit(page, "form[action$='handler=Accept']");
        await ioana.Submit(await ioana.Open(asked), "form[action$='handler=Endorse']");
        Assert.Equal("Accepted by Ana, endorsed by the team", (await ana.Open(asked)).QuerySelector(".verdict")!.TextContent.Trim());
        Assert.Equal(0, await world.Send(new UnansweredCountQuery(run.RunId)));
    }

    [Fact]
    public async Task Clicking_post_twice_posts_once()
    {
        var run = await world.ARun();
        var ana = await Learner(run, "Bea");
        var form = await ana.Open(run.At("talk/new"));
        var first = await ana.Submit(form, "main form", ("Title", "Once"), ("Markdown", "Only once."));
        var second = await ana.Submit(form, "main form", ("Title", "Once"), ("Markdown", "Only once."));
        Assert.Equal(first.Path, second.Path);

        var page = await ana.Open(first.Path);
        await ana.Submit(page, "#compose form", ("Markdown", "A reply."));
        await ana.Submit(page, "#compose form", ("Markdown", "A reply."));
        Assert.Single((await ana.Open(first.Path)).QuerySelectorAll("#replies > article"));
    }

    [Fact]
    public async Task Who_has_told_no_zone_reads_every_time_in_that_of_the_run()
    {
        var run = await world.ARun();
        var ana = await Learner(run, "Zoe");
        var thread = await Ask(ana, run, "When", "Now?");
        var said = (await ana.Open(thread)).QuerySelector("article time")!.TextContent;
        Assert.Equal(said, (await ana.Open(run.At("talk"))).QuerySelector(".threads time")!.TextContent);
        Assert.Equal(said, (await ana.Open(run.At("talk/search?q=now"))).QuerySelector(".threads time")!.TextContent);
    }

    [Fact]
    public async Task A_vote_counts_once_and_is_taken_back()
    {
        var run = await world.ARun();
        var ana = await Learner(run, "Cora");
        var thread = await Ask(ana, run, "Vote", "Please.");
        var dan = await Learner(run, "Dan");
        var page = await dan.Open(thread);
        await dan.Submit(page, "form[action$='handler=Vote']");
        await dan.Submit(page, "form[action$='handler=Vote']");
        Assert.Equal(1, await Votes(thread));
        await dan.Submit(await dan.Open(thread), "form[action$='handler=Vote']");
        Assert.Equal(0, await Votes(thread));
        Assert.Null((await ana.Open(thread)).QuerySelector("form[action$='handler=Vote']")); // not on one's own
    }

    [Theory]
    [InlineData("", "Write something first.")]
    [InlineData("   \n ", "Write something first.")]
    public async Task An_empty_post_is_refused_beside_the_form(string text, string reason)
    {
        var run = await world.ARun();
        var ana = await Learner(run, "Ema");
        var (status, page, _) = await ana.Submit(await ana.Open(run.At("talk/new")), "main form", ("Title", "Kept title"), ("Markdown", text));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains(reason, page.QuerySelector("#refused")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Kept title", ((IHtmlInputElement)page.QuerySelector("#Title")!).Value);
    }

    [Fact]
    public async Task A_text_too_long_is_refused_and_kept()
    {
        var run = await world.ARun();
        var ana = await Learner(run, "Fay");
        var text = new string('x', 20_001);
        var (status, page, _) = await ana.Submit(await ana.Open(run.At("talk/new")), "main form", ("Title", "Long"), ("Markdown", text));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("20001 characters", page.QuerySelector("#refused")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(text, ((IHtmlTextAreaElement)page.QuerySelector("#Markdown")!).Value);
    }

    [Fact]
    public async Task A_form_kept_open_past_the_end_of_the_run_is_refused_and_its_text_kept()
    {
        var run = await world.ARun(end: new DateTime(2026, 11, 20));
        var ana = await Learner(run, "Gil");
        var thread = await Ask(ana, run, "Before the end", "In time.");
        var form = await ana.Open(thread);
        var before = world.Clock.Now;
        try
        {
            await world.At(run.Term.End.AddMinutes(1));
            var (status, page, _) = await ana.Submit(form, "#compose form", ("Markdown", "Too late, alas."));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
            Assert.Contains("read-only since", page.QuerySelector("#refused")!.TextContent, StringComparison.Ordinal);
            Assert.Equal("Too late, alas.", ((IHtmlTextAreaElement)page.QuerySelector("#kept")!).Value);
            Assert.Empty(page.QuerySelectorAll("#replies > article"));
        }
        finally
        {
            world.Clock.Now = before;
        }
    }

    [Fact]
    public async Task Who_posts_too_fast_is_asked_to_wait()
    {
        var run = await world.ARun();
        var ana = await Learner(run, "Hal");
        HttpStatusCode last = default;
        for (var i = 0; i < 7; i++)
            (last, _, _) = await ana.Submit(await ana.Open(run.At("talk/new")), "main form", ("Title", $"Thread {i}"), ("Markdown", "Quick."));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, last);
        Assert.Equal(6, await world.Db((DiscussionsDb db) => db.Boards.Where(b => b.RunId == run.RunId).Select(b => b.Threads).SingleAsync()));
    }

    [Fact]
    public async Task Strangers_find_no_talk_and_other_runs_threads_do_not_exist()
    {
        var (run, other) = (await world.ARun(), await world.ARun());
        var ana = await Learner(run, "Ida");
        var thread = await Ask(ana, run, "CANARY-TITLE", "CANARY-TEXT");
        await world.Person("Stranger");
        var stranger = world.As("Stranger");
        await stranger.Open(thread, HttpStatusCode.NotFound);
        await stranger.Open(thread + "/changes?after=0", HttpStatusCode.NotFound);
        var board = await stranger.Open(run.At("talk"));
        Assert.DoesNotContain("CANARY", board.Source.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("CANARY", (await stranger.Open(run.At("first"))).Source.Text, StringComparison.Ordinal);

        var jo = await Learner(other, "Jo");
        await jo.Open(thread.Replace(run.Term.CourseSlug, other.Term.CourseSlug, StringComparison.Ordinal), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Only_who_wrote_a_text_changes_it_and_a_stone_stays()
    {
        var run = await world.ARun();
        var ana = await Learner(run, "Kim");
        var thread = await Ask(ana, run, "Mine", "First words.");
        var id = thread[(thread.LastIndexOf('/') + 1)..];
        var leo = await Learner(run, "Leo");
        await leo.Open($"{thread}/edit/{id}", HttpStatusCode.NotFound);
        await leo.Submit(await leo.Open(thread), "#compose form", ("Markdown", "A reply that stays."));

        await ana.Submit(await ana.Open($"{thread}/edit/{id}"), "main form", ("Markdown", "Better words."));
        var edited = await ana.Open(thread);
        Assert.Contains("Better words.", edited.QuerySelector("article")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("edited", edited.QuerySelector("article header")!.TextContent, StringComparison.Ordinal);

        await ana.Submit(await ana.Open($"{thread}/edit/{id}"), "form[action$='handler=Delete']");
        var gone = await leo.Open(thread);
        Assert.Contains("has taken this text away", gone.QuerySelector("article")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("A reply that stays.", gone.QuerySelector("#replies")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Better words", gone.Source.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_title_is_mended_with_what_it_said_before_kept_and_found_by_its_new_words()
    {
        var run = await world.ARun();
        var ana = await Learner(run, "Nel");
        var thread = await Ask(ana, run, "Is a lisense needed?", "I wonder.");
        var id = thread[(thread.LastIndexOf('/') + 1)..];
        var (status, page, _) = await ana.Submit(await ana.Open($"{thread}/edit/{id}"), "main form", ("Title", " "), ("Markdown", "I wonder."));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "true"), (status, page.QuerySelector("#Title")!.GetAttribute("aria-invalid")));
        await ana.Submit(await ana.Open($"{thread}/edit/{id}"), "main form", ("Title", "Is a licence needed?"), ("Markdown", "I wonder."));
        Assert.Equal("Is a licence needed?", (await ana.Open(thread)).QuerySelector("h1")!.TextContent);
        Assert.Equal("Is a licence needed?", (await ana.Open(thread + "/changes?after=0")).QuerySelector("#thread-title")!.TextContent);
        Assert.Contains("Is a lisense needed?", (await ana.Open($"{thread}/{id}/history")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Single((await ana.Open(run.At("talk/search?q=licence"))).QuerySelectorAll(".threads li"));
        Assert.Empty((await ana.Open(run.At("talk/search?q=lisense"))).QuerySelectorAll(".threads li"));

        await ana.Submit(await ana.Open(thread), "#compose form", ("Markdown", "A reply has none."));
        var reply = (await ana.Open(thread)).QuerySelector("#replies article")!.Id![2..];
        Assert.Null((await ana.Open($"{thread}/edit/{reply}")).QuerySelector("#Title"));
    }

    [Fact]
    public async Task The_threads_of_a_quiz_stand_beside_it()
    {
        var run = await world.ARun();
        var ana = await Learner(run, "Ola");
        await Ask(ana, run, "How many tries are there?", "In this quiz.", "check");
        var beside = (await ana.Open(run.At("quiz/check"))).QuerySelector("#talk-beside")!;
        Assert.Contains("How many tries are there?", beside.TextContent, StringComparison.Ordinal);
        Assert.NotNull(beside.ParentElement!.QuerySelector("a[href$='talk/new?kind=question&item=check']"));
        await world.Person("Passer-by");
        Assert.DoesNotContain("How many tries", (await world.As("Passer-by").Open(run.At("quiz/check"))).Source.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_posted_a_device_forgets_the_drafts_of_the_title_and_the_text_of_this_run_alone()
    {
        var (run, other) = (await world.ARun(), await world.ARun());
        var ana = await Learner(run, "Pia");
        await Learner(other, "Pia");
        var form = await ana.Open(run.At("talk/new"));
        var drafts = form.QuerySelectorAll("[data-draft]").Select(f => f.GetAttribute("data-draft")!).Order().ToList();
        Assert.Equal(2, drafts.Distinct().Count());
        Assert.Empty(drafts.Intersect((await ana.Open(other.At("talk/new"))).QuerySelectorAll("[data-draft]").Select(f => f.GetAttribute("data-draft")!)));
        var (_, page, _) = await ana.Submit(form, "main form", ("Title", "Gone from the device"), ("Markdown", "Arrived."));
        Assert.Equal(drafts, page.QuerySelector("meta[name=posted]")!.GetAttribute("content")!.Split(' ').Order());
        Assert.Contains("Ioana Marin", form.QuerySelectorAll("#people option").Select(o => o.GetAttribute("value")!)); // may be named at once
    }

    [Fact]
    public async Task Tricks_in_a_post_are_shown_as_text()
    {
        var run = await world.ARun();
        var ana = await Learner(run, "Mia");
        var thread = await Ask(ana, run, "<script>alert(1)</script>", "<img src=x onerror=alert(1)> [x](javascript:alert(1)) {onclick=alert(1)} ![y](https://evil.example/y.png)");
        var page = await ana.Open(thread);
        Assert.Empty(page.QuerySelectorAll("article img, article script, article [onerror], article [onclick], article a[href^=javascript]"));
        Assert.Equal("<script>alert(1)</script>", page.QuerySelector("h1")!.TextContent);
    }

    private async Task<int> Votes(string thread)
    {
        var id = Guid.Parse(thread[(thread.LastIndexOf('/') + 1)..]);
        return await world.Db((DiscussionsDb db) => db.Threads.Where(t => t.Id == id).Select(t => t.Votes).SingleAsync());
    }

    private async Task<Browser> Learner(GivenRun run, string name)
    {
        await world.Send(new JoinRun(run.RunId, await world.Person(name)));
        return world.As(name);
    }

    private static async Task<string> Ask(Browser browser, GivenRun run, string title, string text, string? item = null)
    {
        var form = await browser.Open(run.At($"talk/new?kind=question{(item is null ? "" : "&item=" + item)}"));
        var (status, page, path) = await browser.Submit(form, "main form", ("Title", title), ("Markdown", text));
        Assert.True(status == HttpStatusCode.OK, page.QuerySelector("#refused")?.TextContent ?? page.Title);
        return path.Split('#')[0];
    }
}
