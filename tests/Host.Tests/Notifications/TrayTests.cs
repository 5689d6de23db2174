using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Host.Admin;
using MoocPlatform.Host.Notifications;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Host.Tests.Notifications;

/// <summary>What a person finds behind the bell.</summary>
public sealed class TrayTests(Talked world) : IClassFixture<Talked>
{
    [Fact]
    public async Task Who_is_named_answered_or_following_finds_it_once_in_the_tray_with_the_number_on_the_bell()
    {
        var (ana, bob, cleo) = (await world.Person("Ana Tray"), await world.Person("Bob Tray"), await world.Person("Cleo Tray"));
        var thread = world.Write(bob, "Which licence?", "I wonder.");
        var reply = world.Write(ana, "Which licence?", "Take <b>CC BY</b> @Cleo", thread.ThreadId, new(bob, HearsAs.Owner), new(cleo, HearsAs.Mentioned));
        await world.Posted(reply);
        await world.Posted(reply); // a fact may come twice

        Assert.Equal((1, 1), (await world.Unseen(bob), await world.Unseen(cleo)));
        var page = await world.As("Bob Tray").Open("/notifications");
        var line = Assert.Single(page.QuerySelectorAll("#tray li"));
        Assert.True(line.HasAttribute("data-unread"));
        Assert.Contains("Ana Tray replied to you in “Which licence?”", line.TextContent, StringComparison.Ordinal);
        Assert.Contains("Take <b>CC BY</b>", line.TextContent, StringComparison.Ordinal); // as text, not as markup
        Assert.Equal(reply.Link, line.QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("Ana Tray mentioned you", (await world.As("Cleo Tray").Open("/notifications")).QuerySelector("#tray")!.TextContent, StringComparison.Ordinal);

        var count = await Count("Bob Tray");
        Assert.Equal((1, "Notifications: 1 new"), (count.GetProperty("unseen").GetInt32(), count.GetProperty("label").GetString()));
        Assert.Equal(0, (await Count("Ana Tray")).GetProperty("unseen").GetInt32());
    }

    [Fact]
    public async Task Receipts_told_together_reach_each_once_and_the_bell_counts_every_attempt()
    {
        var run = await world.ARun();
        var (one, two) = (await world.Person("Hands One"), await world.Person("Hands Two"));
        AttemptGraded Graded(Guid learner, int number) => new(world.Clock.NewKey(), run.RunId, run.Item("check").Id, learner, number, 4, 5, true, world.Clock.Now) { Receipt = $"R{number}" };
        AttemptGraded[] graded = [Graded(one, 1), Graded(two, 1), Graded(one, 2)];
        for (var told = 0; told < 2; told++)
        {
            await using var scope = world.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<WhenAttemptGraded>().Handle(graded, TestContext.Current.CancellationToken);
        }

        Assert.Equal((2, 1), (await world.Unseen(one), await world.Unseen(two)));
        Assert.Equal(["Receipt R1: Quiz: open or not", "Receipt R2: Quiz: open or not"], (await world.Queued("hands.one@example.org")).Select(m => m.Subject).Order(StringComparer.Ordinal));
        Assert.Equal(graded[1].AttemptId, Assert.Single(await world.Queued("hands.two@example.org")).Id);
    }

    [Fact]
    public async Task A_page_shows_the_bell_without_a_count_and_a_visitor_has_none()
    {
        await world.Person("Dan Tray");
        var bell = (await world.As("Dan Tray").Open("/about")).QuerySelector("a.bell")!;
        Assert.Equal("/notifications", bell.GetAttribute("href"));
        Assert.True(bell.QuerySelector("[data-count]")!.HasAttribute("hidden"));
        Assert.Null((await world.As(null).Open("/about")).QuerySelector(".bell"));
    }

    [Fact]
    public async Task All_is_marked_as_seen_by_a_plain_form_and_one_thread_by_following_it()
    {
        var (reader, other) = (await world.Person("Eva Tray"), await world.Person("Fay Tray"));
        var (one, two) = (world.Write(other, "One", "1"), world.Write(other, "Two", "2"));
        for (var n = 0; n < 3; n++)
        {
            await world.Posted(world.Write(other, "One", $"{n}", one.ThreadId, new Hearer(reader, HearsAs.Follower)));
            await world.Posted(world.Write(other, "Two", $"{n}", two.ThreadId, new Hearer(reader, HearsAs.Follower)));
        }

        Assert.Equal(6, await world.Unseen(reader));
        var browser = world.As("Eva Tray");
        var page = await browser.Open("/notifications");
        Assert.Equal(2, page.QuerySelectorAll("#tray li").Length); // a thread is told once, with how many more
        Assert.Contains("and 2 more", page.QuerySelector("#tray li")!.TextContent, StringComparison.Ordinal);

        var first = page.QuerySelector("[data-seen]")!.GetAttribute("data-seen")!;
        var token = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.NoContent, (await browser.Client.PostAsync("/notifications?handler=Seen", Variations.Form(("id", first), ("__RequestVerificationToken", token)))).StatusCode);
        Assert.Equal(3, await world.Unseen(reader));

        var marked = await browser.Submit(page, "#tray form");
        Assert.Equal("/notifications", marked.Path);
        Assert.Null(marked.Page.QuerySelector("[data-unread]"));
        Assert.Equal(0, await world.Unseen(reader));
    }

    [Fact]
    public async Task Reading_a_thread_is_seeing_what_was_told_of_it()
    {
        var (reader, other) = (await world.Person("Una Tray"), await world.Person("Vic Tray"));
        var (read, unread) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        foreach (var thread in (Guid[])[read, read, unread])
            await world.Posted(world.Write(other, "T", "x", thread, new Hearer(reader, HearsAs.Owner)));
        var browser = world.As("Una Tray");
        var token = (await browser.Open("/about")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.NoContent, (await browser.Client.PostAsync("/notifications?handler=Seen", Variations.Form(("thread", $"{read:N}"), ("__RequestVerificationToken", token)))).StatusCode);
        Assert.Equal(unread, Assert.Single(await world.Told(reader), n => n.SeenAt is null).BundleId);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Client.PostAsync("/notifications?handler=Seen", Variations.Form(("__RequestVerificationToken", token)))).StatusCode);
    }

    [Fact]
    public async Task Nobody_marks_what_is_told_to_somebody_else()
    {
        var (reader, other) = (await world.Person("Gil Tray"), await world.Person("Hal Tray"));
        await world.Posted(world.Write(other, "Mine", "x", Guid.CreateVersion7(), new Hearer(reader, HearsAs.Owner)));
        var theirs = Assert.Single(await world.Told(reader));
        var browser = world.As("Hal Tray");
        var page = await browser.Open("/notifications");
        var token = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Client.PostAsync("/notifications?handler=Seen", Variations.Form(("id", $"{theirs.Id}"), ("__RequestVerificationToken", token)))).StatusCode);
        await browser.Open($"/notifications?before={theirs.Id:N}", HttpStatusCode.NotFound);
        Assert.Equal(1, await world.Unseen(reader));
    }

    [Fact]
    public async Task Older_ones_are_reached_page_by_page_and_each_is_shown_once()
    {
        var (reader, other) = (await world.Person("Ida Tray"), await world.Person("Jon Tray"));
        for (var n = 0; n < 70; n++)
            await world.Posted(world.Write(other, $"Thread number {n}.", "x", Guid.CreateVersion7(), new Hearer(reader, HearsAs.Follower)));
        var (browser, path, seen) = (world.As("Ida Tray"), "/notifications", new List<string>());
        while (path is not null)
        {
            var page = await browser.Open(path);
            seen.AddRange(page.QuerySelectorAll("#tray h2").Select(h => h.TextContent));
            path = page.QuerySelector(".pages a")?.GetAttribute("href");
        }

        Assert.Equal(70, seen.Count);
        Assert.Equal(70, seen.Distinct().Count());
    }

    [Fact]
    public async Task What_is_hidden_leaves_every_tray_and_its_author_hears_why()
    {
        var (author, reader) = (await world.Person("Kim Tray"), await world.Person("Lea Tray"));
        var reply = world.Write(author, "A thread", "a canary sings", Guid.CreateVersion7(), new Hearer(reader, HearsAs.Follower));
        await world.Posted(reply);
        world.Hidden[(reply.WritingId, reader)] = true;
        Assert.DoesNotContain("canary", (await world.As("Lea Tray").Open("/notifications")).Body!.TextContent, StringComparison.Ordinal); // before the fact is heard
        var fact = new WritingModerated(reply.WritingId, reply.ThreadId, reply.RunId, author, ModerationAct.Hidden, "Please be kind.", world.Clock.Now);
        await world.Hear<WhenWritingModerated, WritingModerated>(fact);
        await world.Hear<WhenWritingModerated, WritingModerated>(fact);

        Assert.Empty(await world.Told(reader));
        Assert.Equal(0, await world.Unseen(reader));
        var told = (await world.As("Kim Tray").Open("/notifications")).QuerySelector("#tray li")!.TextContent;
        Assert.Contains("The team has hidden what you wrote in “A thread”", told, StringComparison.Ordinal);
        Assert.Contains("Please be kind.", told, StringComparison.Ordinal);
        Assert.Single(await world.Queued("kim.tray@example.org"));
    }

    [Fact]
    public async Task An_author_hears_of_each_mark_once()
    {
        var author = await world.Person("Mia Tray");
        var reply = world.Write(author, "Asked", "answered", Guid.CreateVersion7());
        foreach (var mark in (AnswerMark[])[AnswerMark.Accepted, AnswerMark.Endorsed, AnswerMark.Accepted])
            await world.Hear<WhenAnswerMarked, AnswerMarked>(new(reply.WritingId, reply.ThreadId, reply.RunId, author, mark, world.Clock.Now));
        Assert.Equal([0, 1], (await world.Told(author)).Select(n => n.Detail).Order());
    }

    [Fact]
    public async Task More_than_five_hundred_hearers_are_all_told_by_the_schedule_and_nobody_twice()
    {
        var people = await world.Db<HostDb, List<Guid>>(async db =>
        {
            for (var n = 0; n < 620; n++)
                db.Users.Add(new() { Id = world.Clock.NewKey(), Name = $"Hearer {n}", UserName = $"h{n}", Email = $"h{n}@many.example.org", EmailConfirmed = n % 31 != 0, JoinedAt = world.Clock.Now });
            await db.SaveChangesAsync();
            return await db.Users.Where(u => u.Email!.EndsWith("@many.example.org") && u.EmailConfirmed).Select(u => u.Id).ToListAsync();
        });
        var gone = Guid.CreateVersion7(); // an account deleted meanwhile
        var reply = world.Write(people[0], "Busy", "x", Guid.CreateVersion7(), [.. people.Append(gone).Select(p => new Hearer(p, HearsAs.Follower))]);
        await world.Posted(reply);
        await world.At(world.Clock.Now);
        await world.Posted(reply);
        await world.At(world.Clock.Now);

        var told = await world.Db<HostDb, List<Guid>>(db => db.Notifications.Where(n => n.SubjectId == reply.WritingId).Select(n => n.PersonId).ToListAsync());
        Assert.Equal(people.Order(), told.Order());
        Assert.All(await world.Db<HostDb, List<int>>(db => db.Trays.Where(t => people.Contains(t.PersonId)).Select(t => t.Unseen).ToListAsync()), n => Assert.Equal(1, n));
    }

    [Fact]
    public async Task What_is_old_is_forgotten_and_the_bell_keeps_to_what_is_left()
    {
        var (reader, other) = (await world.Person("Ned Tray"), await world.Person("Olga Tray"));
        var start = world.Clock.Now;
        await world.Posted(world.Write(other, "Old", "x", Guid.CreateVersion7(), new Hearer(reader, HearsAs.Owner)));
        world.Clock.Now = start.AddDays(100);
        await world.Posted(world.Write(other, "Young", "x", Guid.CreateVersion7(), new Hearer(reader, HearsAs.Owner)));
        world.Clock.Now = start.AddDays(130);
        await world.Send(new Tidy());
        Assert.Single(await world.Told(reader));
        Assert.Equal(1, await world.Unseen(reader));
        world.Clock.Now = start;
    }

    private async Task<JsonElement> Count(string person)
    {
        var response = await world.As(person).Client.GetAsync("/notifications?handler=Count");
        Assert.True(response.Headers.CacheControl!.NoStore);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }
}
