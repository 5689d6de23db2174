using System.Net;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Posting;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Discussions.Tests;

/// <summary>People who talk in a run.</summary>
internal static class Talkers
{
    /// <summary>A browser of somebody who has joined.</summary>
    public static async Task<Browser> Learner(this World world, GivenRun run, string name)
    {
        await world.Send(new JoinRun(run.RunId, await world.Person(name)));
        return world.As(name);
    }

    /// <summary>The room as this person finds it, joined.</summary>
    public static async Task<Room> Room(this World world, GivenRun run, string name)
    {
        var person = await world.Person(name);
        if (person == run.TeacherId)
            return new(run.Term, person, false, false, true);
        await world.Send(new JoinRun(run.RunId, person));
        return new(run.Term, person, true, true, false);
    }

    public static async Task<Guid> Start(this World world, Room room, string title, string text = "A text.", bool isPrivate = false, bool consents = false, bool anonymous = false) =>
        await world.Send(new StartThread(room, world.NewKey(), ThreadKind.Question, null, title, text, isPrivate, consents, anonymous));

    public static async Task<Guid> Say(this World world, Room room, Guid thread, string text, Guid? parent = null, bool anonymous = false) =>
        await world.Send(new Reply(room, thread, parent, world.NewKey(), text, anonymous));

    public static string Thread(this GivenRun run, Guid thread) => run.At($"talk/{thread:N}");

    /// <summary>Asks by the form of the page; gives the address of the thread.</summary>
    public static async Task<string> Ask(this Browser browser, GivenRun run, string title, string text, params (string, string)[] more)
    {
        var (status, page, path) = await browser.Submit(await browser.Open(run.At("talk/new?kind=question")), "main form", [("Title", title), ("Markdown", text), .. more]);
        Assert.True(status == HttpStatusCode.OK, page.QuerySelector("#refused")?.TextContent ?? page.Title);
        return path.Split('#')[0];
    }

    // The time goes on from one text to the next: nobody here posts too fast.
    private static Guid NewKey(this World world)
    {
        world.Clock.Now += TimeSpan.FromSeconds(11);
        return Kernel.Keys.NewKey(world.Clock);
    }
}
