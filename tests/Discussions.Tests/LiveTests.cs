using MoocPlatform.Discussions.Contracts;
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

    private async Task<LiveEar> Ear(string name) => await LiveEar.Of(world, $"{await world.Person(name)};;{Uri.EscapeDataString(name)}");
}
