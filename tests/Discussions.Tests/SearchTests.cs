using System.Xml.Linq;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Posting;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Discussions.Tests;

public sealed class SearchTests(World world) : IClassFixture<World>
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    [Fact]
    public async Task What_fits_best_comes_first_with_its_words_marked()
    {
        var run = await world.ARun();
        var room = await world.Room(run, "Searcher");
        var passing = await world.Start(room, "Something else", "In passing: a licență is named here, far down.");
        var about = await world.Start(room, "Which licence fits?", "I must choose.");
        await world.Say(room, passing, "No word of it.");
        var browser = world.As("Searcher");
        var page = await browser.Open(run.At("talk/search?q=LICENCE"));
        Assert.Equal("licence", page.QuerySelector(".threads mark")!.TextContent);
        page = await browser.Open(run.At("talk/search?q=licen"));
        Assert.Equal(2, page.QuerySelectorAll(".threads li").Length);
        Assert.EndsWith(about.ToString("N"), page.QuerySelector(".threads a")!.GetAttribute("href")!, StringComparison.Ordinal);
        Assert.Contains("licență", page.QuerySelectorAll(".threads mark").Select(m => m.TextContent)); // found without its accents

        await world.Send(new ChangeWriting(room, about, about, Act.Edit, Markdown: "I must decide between copyleft and others."));
        Assert.Single((await browser.Open(run.At("talk/search?q=copyleft"))).QuerySelectorAll(".threads li"));
        Assert.Empty((await browser.Open(run.At("talk/search?q=choose"))).QuerySelectorAll(".threads li"));
        await world.Send(new ChangeWriting(room, about, about, Act.Delete));
        Assert.Empty((await browser.Open(run.At("talk/search?q=copyleft"))).QuerySelectorAll(".threads li"));
        Assert.Contains("Something else", (await browser.Open(run.At("talk/similar?title=Something+like+that"))).Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("a* OR title:b")]
    [InlineData("' OR 1=1 --")]
    [InlineData("NEAR(a b)")]
    [InlineData("a & | ! : *")]
    [InlineData("<script>alert(1)</script>")]
    public async Task Whatever_is_typed_is_only_words(string typed)
    {
        var run = await world.ARun();
        await world.Start(await world.Room(run, "Typist"), "A thread");
        var page = await world.As("Typist").Submit(await world.As("Typist").Open(run.At("talk/search")), "form[role=search]", ("q", typed));
        Assert.True((int)page.Status is 200 or 422, page.Status.ToString());
        Assert.Null(page.Page.QuerySelector("main script"));
    }

    [Fact]
    public async Task An_address_of_a_text_opens_its_page_of_a_long_thread()
    {
        var run = await world.ARun();
        var room = await world.Room(run, "Ioana Marin");
        var thread = await world.Start(room, "Long");
        var ids = new List<Guid>();
        for (var i = 0; i < 500; i++)
            ids.Add(await world.Say(room, thread, $"Reply {i}"));
        var comment = await world.Say(room, thread, "A comment", ids[125]);
        var browser = await world.Learner(run, "Linked");
        foreach (var id in new[] { ids[3], ids[125], ids[250], ids[499], comment })
        {
            var page = await browser.Open($"{run.Thread(thread)}/{id:N}");
            Assert.NotNull(page.GetElementById($"p-{id:N}"));
        }

        var far = await browser.Open($"{run.Thread(thread)}/{ids[125]:N}");
        Assert.Null(far.GetElementById($"p-{ids[3]:N}"));
        Assert.NotNull(far.GetElementById($"p-{ids[115]:N}")); // with what was said just before
    }

    [Fact]
    public async Task Every_comment_of_a_long_thread_is_on_a_page_and_its_address_leads_there()
    {
        var run = await world.ARun();
        var room = await world.Room(run, "Ioana Marin");
        var thread = await world.Start(room, "Much commented");
        var number = 1L;
        var (replies, comments) = (new List<Post>(), new List<Post>());
        for (var i = 0; i < 30; i++)
            replies.Add(Said(null));
        for (var i = 0; i < 30 * 60; i++)
            comments.Add(Said(replies[i % 30].Id));
        await world.Db(async (DiscussionsDb db) =>
        {
            db.AddRange(replies.Concat(comments));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            return await db.InTurn(ct => db.Threads.Where(t => t.Id == thread).ExecuteUpdateAsync(s => s.SetProperty(t => t.LastNumber, number).SetProperty(t => t.Sequence, number), ct), TestContext.Current.CancellationToken);
        });

        var browser = await world.Learner(run, "Long Reader");
        var (seen, next) = (new List<string>(), (string?)run.Thread(thread));
        while (next is not null)
        {
            var page = await browser.Open(next);
            seen.AddRange(page.QuerySelectorAll("#replies article").Select(a => a.Id!));
            next = page.QuerySelector("nav.pages a")?.GetAttribute("href");
        }

        Assert.Equal(replies.Concat(comments).Select(p => $"p-{p.Id:N}").Order(), seen.Order());
        foreach (var post in new[] { replies[0], replies[^1], comments[0], comments[^1], comments[900] })
            Assert.NotNull((await browser.Open($"{run.Thread(thread)}/{post.Id:N}")).GetElementById($"p-{post.Id:N}"));

        Post Said(Guid? parent)
        {
            number++;
            var post = new Post { Id = Keys.NewKey(world.Clock), RunId = run.RunId, ThreadId = thread, ParentId = parent, AuthorId = room.PersonId, At = world.Clock.Now, Number = number, Sequence = number };
            post.Write($"Text {number}");
            return post;
        }
    }

    [Fact]
    public async Task A_feed_is_read_without_a_session_and_shows_what_its_reader_may_read()
    {
        var run = await world.ARun();
        var room = await world.Room(run, "Feeder");
        var thread = await world.Start(room, "In & out", "With *stress* and <b>.");
        await world.Say(room, thread, "A reply.");
        var browser = world.As("Feeder");
        Assert.Equal(run.Thread(thread) + "/feed.atom", (await browser.Open(run.Thread(thread))).QuerySelector("link[rel=alternate][type='application/atom+xml']")!.GetAttribute("href"));
        var board = (await browser.Client.GetAsync(new Uri(run.At("talk/feed.atom"), UriKind.Relative), TestContext.Current.CancellationToken)).Headers.Location!;
        var one = (await browser.Client.GetAsync(new Uri(run.Thread(thread) + "/feed.atom", UriKind.Relative), TestContext.Current.CancellationToken)).Headers.Location!;
        var anyone = world.As(null).Client;
        var feed = XDocument.Parse(await anyone.GetStringAsync(board, TestContext.Current.CancellationToken));
        Assert.Equal("In & out", feed.Root!.Element(Atom + "entry")!.Element(Atom + "title")!.Value);
        Assert.Contains("<em>stress</em>", feed.Root.Element(Atom + "entry")!.Element(Atom + "content")!.Value, StringComparison.Ordinal);
        Assert.Equal(2, XDocument.Parse(await anyone.GetStringAsync(one, TestContext.Current.CancellationToken)).Root!.Elements(Atom + "entry").Count());
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await anyone.GetAsync(new Uri("/talk/feeds/AAAA.atom", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task The_team_sees_what_has_no_answer_and_how_fast_it_answers()
    {
        var run = await world.ARun();
        var (asker, teacher) = (await world.Room(run, "Team Asker"), await world.Room(run, "Ioana Marin"));
        var answered = await world.Start(asker, "Answered in two hours");
        await world.Start(asker, "Still open");
        world.Clock.Now += TimeSpan.FromHours(2) - TimeSpan.FromSeconds(22);
        var reply = await world.Say(teacher, answered, "Here.");
        await world.Send(new ChangeWriting(teacher, answered, reply, Act.Endorse));
        var page = await world.As("Ioana Marin").Open(run.At("talk/team"));
        Assert.Contains("within 2 h", page.QuerySelector(".lede")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Still open"], page.QuerySelectorAll(".threads h3").Select(h => h.TextContent));
        Assert.Equal(["Ioana Marin", "1", "1"], page.QuerySelector("tbody tr")!.Children.Select(c => c.TextContent));
    }

    [Fact]
    [Trait("Database", "SQLite")]
    public async Task The_lists_read_by_index_and_never_sort_a_board()
    {
        Assert.SkipWhen(World.OnPostgres, "The plan of PostgreSQL depends on how much there is.");
        var run = await world.ARun();
        await world.Start(await world.Room(run, "Planner"), "A thread");
        await using var connection = world.Services.GetRequiredService<Database>().OpenSqlite();
        foreach (var (where, order, index) in new[]
        {
            ("1", "\"LastNumber\"", "ix_discussions_threads_board"), ("1", "\"Number\"", "ix_discussions_threads_number"), ("1", "\"Votes\" DESC, \"LastNumber\"", "ix_discussions_threads_votes"),
            ("\"Unanswered\"", "\"Number\"", "ix_discussions_threads_unanswered"), ("\"StaffAnswered\"", "\"LastNumber\"", "ix_discussions_threads_staff"), ("\"Pinned\"", "\"LastNumber\"", "ix_discussions_threads_pinned"),
        })
        {
            var sql = $"EXPLAIN QUERY PLAN SELECT * FROM discussions_threads WHERE \"RunId\" = 'X' AND {where} ORDER BY {order} DESC LIMIT 26";
            var plan = string.Join('\n', await Plan(connection, sql));
            Assert.Contains(index, plan, StringComparison.Ordinal);
            Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
        }
    }

    private static async Task<List<string>> Plan(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        var steps = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            steps.Add(reader.GetString(3));
        return steps;
    }
}
