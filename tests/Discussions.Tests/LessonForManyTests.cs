using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Moderating;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Discussions.Tests;

/// <summary>
/// Lessons made once for many learners, kept for an hour here so that the second reader certainly meets a kept one. They stand here because
/// a lesson shows what all modules give it.
/// </summary>
public sealed partial class LessonForManyTests(World world) : IClassFixture<World>
{
    private const string Lesson = "first";

    [Theory]
    [InlineData("en")]
    [InlineData("ro")]
    public async Task Each_learner_gets_the_page_that_would_have_been_made_for_them_alone(string language)
    {
        var run = await world.ARun();
        await world.Start(await world.Room(run, "Ioana Marin"), "What is it for?");
        string[] names = [$"Șt \"Quote\" & <b>O'Hara {language}", $"Zzother Person {language}"];
        await using var site = Site();
        foreach (var name in names)
        {
            await world.Learner(run, name);
            Assert.Equal(Plain(await Text(world, run, name, language)), Plain(await Text(site, run, name, language)));
        }
    }

    [Fact]
    public async Task The_second_reader_meets_the_page_made_for_the_first_and_nothing_of_the_first()
    {
        var run = await world.ARun();
        await using var site = Site();
        await world.Learner(run, "Zzfirst Reader");
        await world.Learner(run, "Zzsecond Reader");
        var first = await Text(site, run, "Zzfirst Reader");
        world.Clock.Now += TimeSpan.FromDays(8); // a page made now would open the second section
        var second = await Text(site, run, "Zzsecond Reader");

        Assert.DoesNotContain(run.At("later"), second, StringComparison.Ordinal);
        Assert.Contains(run.At("later"), await Text(world, run, "Zzsecond Reader"), StringComparison.Ordinal);
        Assert.Contains("Zzsecond Reader", second, StringComparison.Ordinal);
        Assert.DoesNotContain("Zzfirst", second, StringComparison.Ordinal);
        Assert.DoesNotContain((await world.Person("Zzfirst Reader")).ToString("N"), second, StringComparison.Ordinal);
        Assert.Empty(Secrets(first).Intersect(Secrets(second)));
    }

    [Fact]
    public async Task Whoever_has_done_more_is_shown_what_they_did()
    {
        var run = await world.ARun();
        await using var site = Site();
        var (ahead, behind) = (await world.Learner(run, "Ahead"), await world.Learner(run, "Behind"));
        await Text(site, run, "Behind");
        await ahead.Submit(await ahead.Open(run.At(Lesson)), "form.lesson-end");
        Assert.NotNull((await (await As(site, "Ahead")).Open(run.At(Lesson))).QuerySelector("#outline-list [data-state=done]"));
        Assert.Null((await (await As(site, "Behind")).Open(run.At(Lesson))).QuerySelector("#outline-list [data-state=done]"));
    }

    [Fact]
    public async Task The_forms_are_each_readers_own()
    {
        var run = await world.ARun();
        await using var site = Site();
        foreach (var name in new[] { "Forms One", "Forms Two" })
        {
            await world.Learner(run, name);
            var browser = await As(site, name);
            var (status, diary, _) = await browser.Submit(await browser.Open(run.At(Lesson)), "#diary-write form", ("Markdown", $"A thought of {name}"));
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Contains($"A thought of {name}", diary.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        }

        var stranger = await As(site, "Forms One");
        (var refused, _, _) = await stranger.Submit(await (await As(site, "Forms Two")).Open(run.At(Lesson)), "form.lesson-end");
        Assert.Equal(HttpStatusCode.BadRequest, refused);
    }

    [Fact]
    public async Task What_is_new_in_the_talk_is_there_at_once_and_who_is_banned_is_told_no_more_than_before()
    {
        var run = await world.ARun();
        await using var site = Site();
        await world.Learner(run, "Peer");
        await world.Learner(run, "Loud");
        await Text(site, run, "Peer");
        var teacher = await world.Room(run, "Ioana Marin");
        // The same process says it and shows it.
        var browser = await As(site, "Peer");
        var (_, page, _) = await browser.Submit(await browser.Open(run.At("talk/new?kind=question&item=" + Lesson)), "main form", ("Title", "Zznew in the talk"), ("Markdown", "Text."));
        Assert.Contains("Zznew in the talk", page.Title, StringComparison.Ordinal);
        Assert.Contains("Zznew in the talk", await Text(site, run, "Loud"), StringComparison.Ordinal);

        await world.Send(new Restrain(teacher, await world.Person("Loud"), TeamAct.Ban, "Enough."));
        Assert.DoesNotContain("Zznew in the talk", await Text(site, run, "Loud"), StringComparison.Ordinal);
        Assert.Contains("Zznew in the talk", await Text(site, run, "Peer"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_teaches_elsewhere_finds_the_way_there()
    {
        var (run, other) = (await world.ARun(), await world.ARun());
        await using var site = Site();
        await world.Learner(run, "Peer too");
        await world.Learner(run, "Helper");
        var teacher = world.As("Ioana Marin");
        await teacher.Submit(await teacher.Open($"/teach/{other.Term.CourseSlug}"), "form[action$=AddMember]", ("Mail", "helper@example.org"), ("role", "Assistant"));
        Assert.Null((await (await As(site, "Peer too")).Open(run.At(Lesson))).QuerySelector(".site-nav a[href='/teach']"));
        Assert.NotNull((await (await As(site, "Helper")).Open(run.At(Lesson))).QuerySelector(".site-nav a[href='/teach']"));
    }

    private WebApplicationFactory<Program> Site() => world.WithWebHostBuilder(b => b.UseSetting("Pages:KeptFor", "3600"));

    private async Task<Browser> As(WebApplicationFactory<Program> site, string name)
    {
        var client = site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = true });
        client.DefaultRequestHeaders.Add("X-Test-Person", $"{await world.Person(name)};;{Uri.EscapeDataString(name)}");
        return new(client);
    }

    private async Task<string> Text(WebApplicationFactory<Program> site, GivenRun run, string name, string language = "en")
    {
        var client = (await As(site, name)).Client;
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        return await client.GetStringAsync(new Uri(run.At(Lesson), UriKind.Relative), TestContext.Current.CancellationToken);
    }

    private static string Plain(string page) => Secret().Replace(page, "${before}${after}");

    private static List<string> Secrets(string page) => [.. Secret().Matches(page).Select(m => m.Groups["value"].Value).Distinct()];

    [GeneratedRegex("""(?<before>name="(?:__RequestVerificationToken|Key)"[^>]*value=")(?<value>[^"]+)(?<after>")""")]
    private static partial Regex Secret();
}
