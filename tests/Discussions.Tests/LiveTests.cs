using System.IO.Compression;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Moderating;
using MoocPlatform.Discussions.Features.Posting;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Discussions.Tests;

/// <summary>What goes over the hub: that something is new, how many are here, who writes. Never a text.</summary>
public sealed class LiveTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task No_live_message_carries_a_text_or_tells_of_a_private_thread()
    {
        var run = await world.ARun();
        var (asker, teacher) = (await world.Room(run, "Zzcanary Person"), await world.Room(run, "Ioana Marin"));
        var thread = await world.Start(asker, "zzcanary title");
        var secret = await world.Start(asker, "zzcanary secret", isPrivate: true);
        await world.Learner(run, "Listener");
        await using var peer = await Ear("Listener");
        Assert.Equal(TalkLinks.Channel(run.RunId), await peer.Listen(TalkLinks.Channel(run.RunId)));
        Assert.Equal(TalkLinks.ThreadChannel(thread), await peer.Listen(TalkLinks.ThreadChannel(thread)));
        Assert.Null(await peer.Listen(TalkLinks.ThreadChannel(secret)));
        await using var owner = await Ear("Zzcanary Person");
        Assert.NotNull(await owner.Listen(TalkLinks.ThreadChannel(secret)));

        var said = await world.Say(teacher, thread, "zzcanary reply");
        await peer.Until("\"reply\"");
        await world.Send(new ChangeWriting(asker, thread, said, Act.Accept));
        await world.Say(teacher, secret, "zzcanary secret reply");
        await owner.Until("\"reply\"");
        await world.Start(asker, "zzcanary another");
        await peer.Until("\"thread\"");
        Assert.DoesNotContain("zzcanary", peer.Heard, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(secret.ToString("N"), peer.Heard, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("zzcanary", owner.Heard, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Those_who_are_here_are_counted_once_each_and_see_who_writes()
    {
        var run = await world.ARun();
        var thread = await world.Start(await world.Room(run, "Ioana Marin"), "Who is here?");
        await world.Learner(run, "One");
        await world.Learner(run, "Two");
        var channel = TalkLinks.ThreadChannel(thread);
        await using var first = await Ear("One");
        await first.Listen(channel);
        await using var secondTab = await Ear("One");
        await secondTab.Listen(channel);
        await using (var other = await Ear("Two"))
        {
            await other.Listen(channel);
            await first.Until($"\"{channel}\",\"here\",null,2");
            await other.Say($$"""{"type":1,"target":"Writing","arguments":["{{channel}}"]}""");
            await first.Until($"\"{channel}\",\"writing\",null,\"Two\"");
        }

        await first.Until($"\"{channel}\",\"here\",null,1");
    }

    [Fact]
    [Trait("Database", "PostgreSQL")]
    public async Task Those_who_are_here_are_counted_over_all_nodes_once_each()
    {
        Assert.SkipUnless(World.OnPostgres, "On SQLite there is one node.");
        var run = await world.ARun();
        var thread = await world.Start(await world.Room(run, "Ioana Marin"), "Who is here, and there?");
        foreach (var name in new[] { "One", "Two", "Three" })
            await world.Learner(run, name);
        var channel = TalkLinks.ThreadChannel(thread);
        await using var second = world.WithWebHostBuilder(b => b.UseSetting("Site:Name", "The second node"));
        await using var one = await Ear("One");
        await one.Listen(channel);
        await using var oneThere = await Ear("One", second);
        await oneThere.Listen(channel);
        await using var two = await Ear("Two", second);
        await two.Listen(channel);
        await one.Until($"\"{channel}\",\"here\",null,2");
        await using (var three = await Ear("Three"))
        {
            await three.Listen(channel);
            await two.Until($"\"{channel}\",\"here\",null,3");
        }

        await two.Until($"\"{channel}\",\"here\",null,2");
    }

    [Fact]
    public async Task Who_is_writing_is_told_by_the_pseudonym_they_have_in_the_course()
    {
        var run = await world.ARun();
        var thread = await world.Start(await world.Room(run, "Ioana Marin"), "Who writes?");
        await world.Learner(run, "Zzaccount Writer");
        await world.Learner(run, "Onlooker");
        var browser = world.As("Zzaccount Writer");
        await browser.Submit(await browser.Open(run.At("me")), "form[action*='handler=Name']", ("Pseudonym", "Reed Bunting"));
        var channel = TalkLinks.ThreadChannel(thread);
        await using var peer = await Ear("Onlooker");
        await peer.Listen(channel);
        await using var other = await Ear("Zzaccount Writer");
        await other.Listen(channel);
        await other.Say($$"""{"type":1,"target":"Writing","arguments":["{{channel}}"]}""");
        await peer.Until($"\"{channel}\",\"writing\",null,\"Reed Bunting\"");
        Assert.DoesNotContain("Zzaccount", peer.Heard, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_burst_of_posts_is_told_in_few_messages_and_the_last_number_always()
    {
        const int posts = 30;
        var run = await world.ARun();
        var teacher = await world.Room(run, "Ioana Marin");
        var thread = await world.Start(teacher, "A burst");
        await world.Learner(run, "Patient ear");
        await using var ear = await Ear("Patient ear");
        await ear.Listen(TalkLinks.ThreadChannel(thread));
        for (var i = 0; i < posts; i++)
            await world.Say(teacher, thread, $"Post {i}");
        await ear.Until($"\"reply\",{posts + 1},");
        Assert.InRange(ear.Heard.Split("\"reply\"").Length - 1, 1, posts - 1);
    }

    [Fact]
    public async Task What_is_new_is_the_same_for_all_who_only_read_and_holds_nothing_of_anybody()
    {
        var run = await world.ARun();
        var (asker, teacher) = (await world.Room(run, "Fragment Asker"), await world.Room(run, "Ioana Marin"));
        var thread = await world.Start(asker, "One fragment for all");
        var reply = await world.Say(teacher, thread, "A reply that all see.");
        var (first, second) = (await world.Learner(run, "First Reader"), await world.Learner(run, "Second Reader"));
        var changes = run.Thread(thread) + "/changes?after=0";
        var seen = await Text(first, changes);
        Assert.Equal(seen, await Text(second, changes));
        Assert.Contains("A reply that all see.", seen, StringComparison.Ordinal);
        Assert.Contains("handler=Vote", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("RequestVerificationToken", seen, StringComparison.Ordinal);
        foreach (var name in new[] { "First Reader", "Second Reader", "Fragment Asker" })
            Assert.DoesNotContain((await world.Person(name)).ToString("N"), seen, StringComparison.Ordinal);
        Assert.Equal(seen, await Unpacked(first, changes));

        // Whose own marks are in it gets their own.
        Assert.Contains("handler=Accept", await Text(world.As("Fragment Asker"), changes), StringComparison.Ordinal);
        Assert.Contains("handler=Endorse", await Text(world.As("Ioana Marin"), changes), StringComparison.Ordinal);
        await world.Send(new ChangeWriting(await world.Room(run, "First Reader"), thread, reply, Act.Vote));
        Assert.Contains("aria-pressed=\"true\"", await Text(first, changes), StringComparison.Ordinal);
        Assert.DoesNotContain("aria-pressed=\"true\"", await Text(second, changes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_banned_is_cut_off_and_hears_the_talk_no_more()
    {
        var run = await world.ARun();
        var teacher = await world.Room(run, "Ioana Marin");
        var thread = await world.Start(teacher, "Before the ban");
        await world.Learner(run, "Banned Ear");
        var channel = TalkLinks.ThreadChannel(thread);
        await using (var ear = await Ear("Banned Ear"))
        {
            Assert.NotNull(await ear.Listen(channel));
            await world.Send(new Restrain(teacher, await world.Person("Banned Ear"), TeamAct.Ban, "Enough."));
            await ear.Closed();
        }

        await using var again = await Ear("Banned Ear");
        Assert.Null(await again.Listen(channel));
    }

    private static async Task<string> Text(Browser browser, string path) => await browser.Client.GetStringAsync(new Uri(path, UriKind.Relative));

    private static async Task<string> Unpacked(Browser browser, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative)) { Headers = { { "Accept-Encoding", "br" } } };
        using var response = await browser.Client.SendAsync(request);
        Assert.Equal(["br"], response.Content.Headers.ContentEncoding);
        await using var text = new BrotliStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new StreamReader(text);
        return await reader.ReadToEndAsync();
    }

    private async Task<LiveEar> Ear(string name, WebApplicationFactory<Program>? node = null) => await LiveEar.Of(node ?? world, $"{await world.Person(name)};;{Uri.EscapeDataString(name)}");
}
