using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Courses.Tests.Authoring;

/// <summary>A quiz is written in the same editor; its settings stand on top of its text.</summary>
public sealed class QuizTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_new_quiz_begins_with_a_question_that_can_be_published_as_it_is()
    {
        var (teacher, editor) = await New("fresh-quiz", "Say “yes”: a \"test\"");
        Assert.Empty(editor.QuerySelectorAll("[data-problems]"));
        Assert.Null(editor.GetElementById("Title")); // it stands in the text
        var saved = await teacher.Submit(editor, "button[formaction$=Publish]");
        Assert.Equal(HttpStatusCode.OK, saved.Status);
        Assert.Equal("Published", saved.Page.QuerySelector("h1 ~ p .tag")!.TextContent);
    }

    [Fact]
    public async Task A_quiz_with_a_mistake_is_kept_as_a_draft_and_not_published_and_its_line_is_named()
    {
        var (teacher, editor) = await New("wrong-quiz", "Wrong");
        var wrong = Text(editor).Replace("- (x)", "- ( )", StringComparison.Ordinal);
        var refused = await teacher.Submit(editor, "button[formaction$=Publish]", ("Markdown", wrong));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.StartsWith("Line 8: ", refused.Page.GetElementById("Markdown-error")!.TextContent.Trim(), StringComparison.Ordinal);
        Assert.Equal(wrong, Text(refused.Page));
        Assert.NotEmpty(refused.Page.QuerySelectorAll("[data-problems] li"));

        var why = refused.Page.GetElementById("Markdown-error")!.TextContent.Trim()["Line 8: ".Length..];
        teacher.Client.DefaultRequestHeaders.Add("Accept-Language", "ro");
        var inRomanian = (await teacher.Submit(refused.Page, "button[formaction$=Publish]")).Page.GetElementById("Markdown-error")!.TextContent.Trim();
        Assert.StartsWith("Rândul 8: ", inRomanian, StringComparison.Ordinal);
        Assert.DoesNotContain(why, inRomanian, StringComparison.Ordinal);
        teacher.Client.DefaultRequestHeaders.Remove("Accept-Language");

        var kept = await teacher.Submit(refused.Page, "button[formaction$=Draft]");
        Assert.Equal((HttpStatusCode.OK, "Draft"), (kept.Status, kept.Page.QuerySelector("h1 ~ p .tag")!.TextContent));
        Assert.Equal(wrong, Text(kept.Page));
    }

    [Fact]
    public async Task A_published_quiz_can_be_met_by_learners_under_the_title_of_its_text()
    {
        var (teacher, editor) = await New("met-quiz", "First title");
        await teacher.Submit(editor, "button[formaction$=Publish]", ("Markdown", Text(editor).Replace("First title", "Second title", StringComparison.Ordinal)));
        await world.Settle();
        var page = await teacher.Open(CourseLinks.Item("met-quiz", "now", "first-title"));
        Assert.Contains("Second title", page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no settings at all")]
    [InlineData("---\ntitle: x\nkind: lesson\n---\nText")]
    [InlineData("---\ntitle: [[[[[[[[[[[[[[[[[[[[[[[[\nkind: quiz\n---\n## Q {#q}\n")]
    public async Task A_text_that_is_no_quiz_is_said_to_be_none_and_stays_as_it_was_typed(string text)
    {
        var (teacher, editor) = await New("no-quiz" + text.Length, "None");
        var refused = await teacher.Submit(editor, "button[formaction$=Publish]", ("Markdown", text));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(text.TrimEnd('\n'), Text(refused.Page).TrimEnd('\n'));
    }

    private async Task<(Browser Teacher, IHtmlDocument Editor)> New(string slug, string title)
    {
        var course = await world.Course(slug);
        await world.Run(course, startsInHours: -1);
        var teacher = world.As("Ioana");
        return (teacher, (await teacher.Submit(await teacher.Open($"/teach/{slug}"), "button[value=Quiz]", ("itemTitle", title))).Page);
    }

    private static string Text(IHtmlDocument editor) => editor.QuerySelector<IHtmlTextAreaElement>("#Markdown")!.Value;
}
