using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Enrollment.Tests;

public sealed class DiaryTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task An_entry_written_beside_a_lesson_is_kept_once_and_leads_back()
    {
        var (run, browser, learner) = await Learner("Anton");
        var lesson = await browser.Open(run.At("first"));
        var (status, page, path) = await browser.Submit(lesson, "#diary-write form", ("Markdown", "It was **clear**."));
        await browser.Submit(lesson, "#diary-write form", ("Markdown", "It was **clear**."));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.StartsWith("/my/diary/", path, StringComparison.Ordinal);
        Assert.Equal("clear", page.QuerySelector(".prose strong")!.TextContent);
        Assert.NotNull(page.QuerySelector($"a[href='{run.At("first")}']"));
        Assert.StartsWith($"{learner:N}:diary:", page.QuerySelector("[data-posted]")!.GetAttribute("data-posted"), StringComparison.Ordinal);
        Assert.Equal(1, await Count(learner));
    }

    [Fact]
    public async Task What_the_author_asks_stands_in_the_lesson_and_in_the_form()
    {
        var (run, browser, _) = await Learner("Bianca");
        var teacher = world.As("Ioana Marin");
        var editor = await teacher.Open(CourseLinks.TeachItem(run.Term.CourseSlug, "first"));
        var saved = await teacher.Submit(editor, "button[formaction*=Publish]", ("Markdown", "Read.\n\n> [!DIARY]\n> What did you *expect*?\n\nGo on.\n"));
        Assert.Equal(HttpStatusCode.OK, saved.Status);

        var lesson = await browser.Open(run.At("first"));
        Assert.Equal("For your diary", lesson.QuerySelector("aside.callout strong")!.TextContent);
        Assert.Equal("What did you expect?", ((IHtmlSelectElement)lesson.QuerySelector("#diary-prompt")!).Options[0].Value);
        var (_, page, _) = await browser.Submit(lesson, "#diary-write form", ("Markdown", "Nothing."));
        Assert.Equal("What did you expect?", page.QuerySelector("blockquote")!.TextContent.Trim());
    }

    [Fact]
    public async Task A_refused_entry_stays_in_the_form()
    {
        var (run, browser, _) = await Learner("Carol");
        var (status, page, _) = await browser.Submit(await browser.Open(run.At("first")), "#diary-write form", ("Markdown", new string('x', DiaryEntry.LongestText + 1)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal(DiaryEntry.LongestText + 1, page.QuerySelector("textarea")!.TextContent.Length);
    }

    [Fact]
    public async Task Nobody_else_reads_an_entry_until_it_is_shared_and_again_after_it_was_taken_back()
    {
        var (id, browser) = await Entry("Dorin", "My secret thoughts");
        await world.Person("Elena");
        var (elena, visitor) = (world.As("Elena"), world.As(null));
        await elena.Open(DiaryLinks.Entry(id), HttpStatusCode.NotFound);
        await visitor.Open(DiaryLinks.Shared(id), HttpStatusCode.NotFound);
        await elena.Open(DiaryLinks.Shared(id), HttpStatusCode.NotFound);

        await browser.Submit(await browser.Open(DiaryLinks.Entry(id)), "form[action*=Share]", ("Licence", "CC-BY-SA-4.0"));
        var shared = await visitor.Open(DiaryLinks.Shared(id));
        Assert.Contains("My secret thoughts", shared.QuerySelector(".prose")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("CC BY-SA 4.0", shared.QuerySelector("a[rel=license]")!.TextContent);
        Assert.Contains("Dorin", shared.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);

        await browser.Submit(await browser.Open(DiaryLinks.Entry(id)), "form[action*=TakeBack]");
        await visitor.Open(DiaryLinks.Shared(id), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Two_windows_cannot_lose_each_others_words()
    {
        var (id, browser) = await Entry("Felix", "First");
        var (one, other) = (await browser.Open(DiaryLinks.Entry(id)), await browser.Open(DiaryLinks.Entry(id)));
        await browser.Submit(one, "form[action*=Change]", ("Markdown", "From one"));
        var (status, page, _) = await browser.Submit(other, "form[action*=Change]", ("Markdown", "From the other"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal("From the other", page.QuerySelector("details[open] textarea")!.TextContent);
        Assert.Contains("From one", (await browser.Open(DiaryLinks.Entry(id))).QuerySelector(".prose")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_finds_words_without_their_accents()
    {
        var (_, browser) = await Entry("Gelu", "Despre licențe și **Întrebări**");
        await Write("Gelu", "Something else");
        var found = await browser.Open("/my/diary?q=intrebari+licente");
        Assert.Contains("Întrebări", found.QuerySelector("ul.list")!.TextContent, StringComparison.Ordinal);
        Assert.Single(found.QuerySelectorAll("ul.list > li"));
        Assert.Empty((await browser.Open("/my/diary?q=intrebari+nimic")).QuerySelectorAll("ul.list > li"));
    }

    [Fact]
    public async Task A_long_diary_has_pages_and_is_one_file_of_Markdown()
    {
        await world.Person("Hanna");
        for (var i = 0; i < 21; i++)
            await world.Send(new Features.Diary.WriteEntry(Guid.CreateVersion7(world.Clock.Now.AddMinutes(i)), await world.Person("Hanna"), null, null, null, $"Note {i:00}"));
        var browser = world.As("Hanna");
        var first = await browser.Open(DiaryLinks.Diary);
        var second = await browser.Open("/my/diary" + first.QuerySelector("main a.button[href*=before]")!.GetAttribute("href"));
        Assert.Equal((20, 1), (first.QuerySelectorAll("ul.list > li").Length, second.QuerySelectorAll("ul.list > li").Length));

        var file = await browser.Client.GetStringAsync(new Uri(DiaryLinks.File, UriKind.Relative));
        Assert.StartsWith("# Diary\n\n## 2026-11-02 10:00 UTC\n\nNote 00\n", file, StringComparison.Ordinal);
        Assert.EndsWith("Note 20\n", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_entry_is_gone()
    {
        var (id, browser) = await Entry("Iulia", "Gone soon");
        await browser.Submit(await browser.Open(DiaryLinks.Entry(id)), "form[action*=Delete]");
        Assert.False(await world.Db((EnrollmentDb db) => db.Set<DiaryEntry>().AnyAsync(e => e.Id == id)));
    }

    [Fact]
    public async Task Who_has_not_joined_cannot_write_into_a_run_and_nobody_into_anothers_key()
    {
        var run = await world.ARun();
        var stranger = await world.Person("Jeno");
        await Assert.ThrowsAsync<Kernel.Refused>(() => world.Send(new Features.Diary.WriteEntry(Guid.CreateVersion7(), stranger, run.RunId, "first", null, "x")));
        var (id, _) = await Entry("Katia", "Mine");
        await Assert.ThrowsAsync<Kernel.NotFound>(() => world.Send(new Features.Diary.WriteEntry(id, stranger, null, null, null, "x")));
    }

    private Task<int> Count(Guid learner) => world.Db((EnrollmentDb db) => db.Set<DiaryEntry>().CountAsync(e => e.LearnerId == learner));

    private async Task<Guid> Write(string name, string text)
    {
        var id = Kernel.Keys.NewKey(world.Clock);
        return await world.Send(new Features.Diary.WriteEntry(id, await world.Person(name), null, null, null, text));
    }

    private async Task<(Guid Id, Browser Browser)> Entry(string name, string text)
    {
        await world.Person(name);
        return (await Write(name, text), world.As(name));
    }

    private async Task<(GivenRun Run, Browser Browser, Guid Learner)> Learner(string name)
    {
        var run = await world.ARun();
        var learner = await world.Person(name);
        await world.Send(new JoinRun(run.RunId, learner));
        return (run, world.As(name), learner);
    }
}
