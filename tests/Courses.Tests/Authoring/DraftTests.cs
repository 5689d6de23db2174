using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Courses.Tests.Authoring;

/// <summary>What an author types is held by the server before it is saved, for that author alone, and goes when it is saved or thrown away.</summary>
public sealed class DraftTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task What_was_typed_and_not_saved_is_offered_when_one_comes_back_and_can_be_gone_on_with()
    {
        var (teacher, address) = await Lesson("coming-back");
        var editor = await teacher.Open(address);
        Assert.Empty(editor.QuerySelectorAll("[data-held-draft]"));
        Assert.Equal("10:00", await Hold(teacher, editor, 1, "Half a sen"));
        Assert.Equal("10:00", await Hold(teacher, editor, 2, "Half a sentence", ("Title", "New title")));

        var back = await teacher.Open(address);
        Assert.Contains("You have a draft of Mon 2 Nov, 10:00 that is not saved.", back.QuerySelector("[data-held-draft]")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Half", Text(back), StringComparison.Ordinal);
        Assert.Equal("Half a sentence", back.QuerySelector("[data-held-draft] .diff [data-fate=added] td:last-child")!.TextContent.Replace("Added: ", "", StringComparison.Ordinal));
        Assert.Contains("You have text here that is not saved.", (await teacher.Open("/teach/coming-back")).QuerySelector(".tree")!.TextContent, StringComparison.Ordinal);

        var resumed = await teacher.Open(back.QuerySelector("[data-held-draft] a.button")!.GetAttribute("href")!);
        Assert.Equal(("Half a sentence", "New title"), (Text(resumed).Trim(), resumed.QuerySelector<IHtmlInputElement>("#Title")!.Value));
        Assert.Empty(resumed.QuerySelectorAll("[data-held-draft]"));
        await Hold(teacher, resumed, 1, "Half a sentence, and the rest.");
        Assert.Single(await Drafts("coming-back")); // the one it was begun with has gone on in it

        Assert.Equal(HttpStatusCode.OK, (await teacher.Submit(resumed, "button[formaction$=Draft]", ("Markdown", "Half a sentence, and the rest."))).Status);
        Assert.Empty(await Drafts("coming-back"));
        Assert.Empty((await teacher.Open(address)).QuerySelectorAll("[data-held-draft]"));
    }

    [Fact]
    public async Task A_draft_is_thrown_away_and_the_saved_text_stays()
    {
        var (teacher, address) = await Lesson("thrown-away");
        await Hold(teacher, await teacher.Open(address), 1, "Not this");
        var after = await teacher.Submit(await teacher.Open(address), "[data-held-draft] button");
        Assert.Equal((HttpStatusCode.OK, address), (after.Status, after.Path));
        Assert.Empty(after.Page.QuerySelectorAll("[data-held-draft]"));
        Assert.Equal("Where they live. [Worksheet](assets/tables/worksheet.csv)", Text(after.Page).Trim());
    }

    [Fact]
    public async Task What_comes_late_or_twice_or_after_the_save_changes_nothing()
    {
        var (teacher, address) = await Lesson("late");
        var editor = await teacher.Open(address);
        await Hold(teacher, editor, 3, "Third");
        await Hold(teacher, editor, 2, "Second");
        await Hold(teacher, editor, 3, "Third");
        Assert.Equal("Third", Assert.Single(await Drafts("late")).Markdown);

        await teacher.Submit(editor, "button[formaction$=Publish]", ("Markdown", "Fourth"));
        await Hold(teacher, editor, 4, "Fourth, half");
        Assert.Empty(await Drafts("late"));
    }

    [Fact]
    public async Task What_says_only_what_is_saved_is_no_draft()
    {
        var (teacher, address) = await Lesson("undone");
        var editor = await teacher.Open(address);
        await Hold(teacher, editor, 1, "Typed");
        await Hold(teacher, editor, 2, Text(editor)); // and taken back
        Assert.Empty(await Drafts("undone"));
    }

    [Fact]
    public async Task Two_windows_of_one_author_hold_a_draft_each()
    {
        var (teacher, address) = await Lesson("two-windows");
        var (one, two) = (await teacher.Open(address), await teacher.Open(address));
        await Hold(teacher, one, 1, "In the first window");
        await Hold(teacher, two, 1, "In the second window");
        await Hold(teacher, one, 2, "In the first window, more");
        Assert.Equal(["In the first window, more", "In the second window"], (await Drafts("two-windows")).Select(d => d.Markdown).Order(StringComparer.Ordinal));

        // One is saved; the other stays, and saving it is a conflict with oneself.
        await teacher.Submit(one, "button[formaction$=Draft]", ("Markdown", "In the first window, more"));
        Assert.Equal("In the second window", Assert.Single(await Drafts("two-windows")).Markdown);
        var conflict = await teacher.Submit(two, "button[formaction$=Draft]", ("Markdown", "In the second window"));
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Contains("in another window", conflict.Page.QuerySelector("section:has(#theirs)")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_else_sees_or_changes_ones_draft()
    {
        var (ioana, address) = await Lesson("private");
        var editor = await ioana.Open(address);
        await Hold(ioana, editor, 1, "Mine alone");
        await world.Person("Root", "admin");
        var root = world.As("Root");
        var his = await root.Open(address);
        Assert.Empty(his.QuerySelectorAll("[data-held-draft]"));
        Assert.DoesNotContain("not saved", (await root.Open("/teach/private")).QuerySelector(".tree")!.TextContent, StringComparison.Ordinal);
        var id = editor.QuerySelector<IHtmlInputElement>("input[name=DraftId]")!.Value;
        Assert.DoesNotContain("Mine alone", Text(await root.Open($"{address}?draft={id}")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await WritingTests.Post(root, his, $"{address}?handler=Hold", ("DraftId", id), ("Sequence", "9"), ("Markdown", "His"))).StatusCode);
        await WritingTests.Post(root, his, $"{address}?handler=Discard", ("discard", id));
        Assert.Equal("Mine alone", Assert.Single(await Drafts("private")).Markdown);

        await world.Person("Sorin");
        var sorin = world.As("Sorin");
        Assert.Equal(HttpStatusCode.NotFound, (await WritingTests.Post(sorin, await sorin.Open("/"), $"{address}?handler=Hold", ("DraftId", id), ("Sequence", "9"), ("Markdown", "x"))).StatusCode);
    }

    [Fact]
    public async Task A_text_that_cannot_be_saved_is_held_also_when_it_is_refused_or_only_shown()
    {
        var (teacher, address) = await Lesson("refused-draft");
        var refused = await teacher.Submit(await teacher.Open(address), "button[formaction$=Publish]", ("Markdown", "With a title that is missing"), ("Title", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal("With a title that is missing", Assert.Single(await Drafts("refused-draft")).Markdown);
        await teacher.Submit(refused.Page, "button[formaction$=Preview]", ("Markdown", "And shown"));
        Assert.Equal("And shown", Assert.Single(await Drafts("refused-draft")).Markdown);
    }

    [Fact]
    public async Task A_text_too_long_to_be_saved_is_told_so_and_a_deleted_item_takes_its_drafts_along()
    {
        var (teacher, address) = await Lesson("too-much");
        var editor = await teacher.Open(address);
        await Hold(teacher, editor, 1, "Short");
        var tooLong = await WritingTests.Post(teacher, editor, $"{address}?handler=Hold", ("DraftId", Guid.CreateVersion7(world.Clock.Now).ToString()), ("Sequence", "1"), ("Markdown", new string('x', 200_001)));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "At most 200000 characters are allowed here."), (tooLong.StatusCode, await tooLong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));

        await teacher.Submit(await teacher.Open($"{address}/delete"), "main form");
        Assert.Empty(await Drafts("too-much"));
    }

    private async Task<(Browser Teacher, string Address)> Lesson(string slug)
    {
        await world.Course(slug);
        return (world.As("Ioana"), $"/teach/{slug}/items/the-hive");
    }

    /// <summary>What the editor's script sends. Answers since when it is held.</summary>
    private static async Task<string> Hold(Browser teacher, IHtmlDocument editor, int sequence, string text, params (string Name, string Value)[] more)
    {
        string Value(string name) => editor.QuerySelector<IHtmlInputElement>($"form[data-text] input[name={name}]")?.Value ?? "";
        var fields = new List<(string Name, string Value)> { ("DraftId", Value("DraftId")), ("Sequence", $"{sequence}"), ("Revision", Value("Revision")), ("Title", Value("Title")), ("Minutes", Value("Minutes")), ("Rule", "Marked"), ("Markdown", text) };
        if (Value("From") is { Length: > 0 } from)
            fields.Add(("From", from));
        fields.RemoveAll(f => more.Any(m => m.Name == f.Name));
        var answer = await WritingTests.Post(teacher, editor, editor.QuerySelector("form[data-text]")!.GetAttribute("data-hold")!, [.. fields, .. more]);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("at").GetString()!;
    }

    private static string Text(IHtmlDocument editor) => editor.QuerySelector<IHtmlTextAreaElement>("#Markdown")!.Value;

    private Task<List<ItemDraft>> Drafts(string course) => world.Db<CoursesDb, List<ItemDraft>>(db =>
        db.Drafts.AsNoTracking().Where(d => db.Courses.Any(c => c.Id == d.CourseId && c.Slug == course)).ToListAsync());
}
