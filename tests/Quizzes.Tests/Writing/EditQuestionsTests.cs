using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Quizzes.Tests.Taking;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Quizzes.Tests.Writing;

/// <summary>Questions by form, without script: the same text as in the editor.</summary>
public sealed class EditQuestionsTests(World world) : IClassFixture<World>
{
    private const string Keep = "button[value=keep]";

    [Theory]
    [InlineData("single", "= x", "- (x) one", "form.Rows[0].Text=one", "form.Rows[0].Right=true", "form.Rows[1].Text=two", "form.Rows[1].Worth=50", "form.Rows[1].Feedback=Nearly.")]
    [InlineData("multiple", "= x", "- [x] one", "form.Rows[0].Text=one", "form.Rows[0].Right=true", "form.Rows[1].Text=two")]
    [InlineData("truefalse", "- (", "= false", "form.Truth=false", "form.Rows[0].Feedback=No.")]
    [InlineData("numeric", "- (", "= 3 +- 1%", "form.Rows[0].Text=3 +- 1%", "form.Unit=MB", "form.Units=GB = 1000", "form.UnitPenalty=10")]
    [InlineData("short", "- (", "= 50% domain", "form.Rows[0].Text=public domain", "form.Rows[1].Text=domain", "form.Rows[1].Worth=50", "form.Case=true")]
    [InlineData("matching", "- (", "= France -> Paris", "form.Rows[0].Text=France", "form.Rows[0].Other=Paris", "form.Rows[1].Text=Italy", "form.Rows[1].Other=Rome")]
    [InlineData("ordering", "- (", "2. two", "form.Rows[0].Text=one", "form.Rows[1].Text=two", "form.Grading=next")]
    [InlineData("cloze", "- (", "{{a}}: short", "form.Prompt=An {{a}} one", "form.Lines={{a}}: short\n= open")]
    [InlineData("formula", "- (", "{{a}}: 1..5", "form.Prompt=Twice {{a}}?", "form.Lines={{a}}: 1..5", "form.Rows[0].Text=2 * a")]
    public async Task A_question_of_every_type_is_added_by_form_and_saved_as_a_revision(string kind, string never, string line, params string[] fields)
    {
        var (course, page, owner) = await Opened();
        (_, page, _) = await owner.Submit(page, "button[value=add]", ("kind", kind));
        var given = fields.Select(f => f.Split('=', 2)).Select(f => (f[0], f[1])).Prepend(("form.Name", "By form")).ToList();
        if (given.All(g => g.Item1 != "form.Prompt"))
            given.Add(("form.Prompt", "What is it?"));
        var (status, list, _) = await owner.Submit(page, Keep, [.. given]);
        Assert.True(status == HttpStatusCode.OK, list.QuerySelector(".notice")?.TextContent);
        Assert.Contains("5. By form", list.QuerySelector("ol.stack")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("not saved yet", list.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);

        var markdown = await Saved(course, owner, list);
        var added = markdown[markdown.IndexOf("## By form", StringComparison.Ordinal)..];
        Assert.Contains(line, added, StringComparison.Ordinal);
        Assert.DoesNotContain(never, added, StringComparison.Ordinal);
        Assert.Contains("pass: 55", markdown, StringComparison.Ordinal);

        // Opened again and kept as it is, it is the same text.
        page = await owner.Open(course.Questions);
        (_, page, _) = await owner.Submit(page, "button[value=edit-4]");
        (_, page, _) = await owner.Submit(page, Keep);
        Assert.Equal(markdown, ((IHtmlTextAreaElement)page.QuerySelector("textarea[name=markdown]")!).Value.ReplaceLineEndings("\n"));
        Assert.Null(page.QuerySelector("[role=status].notice"));
    }

    [Fact]
    public async Task Questions_are_put_aside_to_be_drawn_and_a_draw_is_added_by_form()
    {
        var (course, page, owner) = await Opened();
        foreach (var place in new[] { "edit-0", "edit-1" })
        {
            (_, page, _) = await owner.Submit(page, $"button[value={place}]");
            (_, page, _) = await owner.Submit(page, Keep, ("form.Tags", "water"), ("form.Pool", "true"));
        }

        (_, page, _) = await owner.Submit(page, "button[value=add]", ("kind", "draw"));
        Assert.Null(page.QuerySelector("[name='form.Prompt']"));
        (_, page, _) = await owner.Submit(page, Keep, ("form.Name", "Lots"), ("form.Tag", "water"), ("form.Count", "2"), ("form.Points", "2"));
        Assert.Contains("2 with the tag “water”", page.QuerySelector("ol.stack > li:last-child")!.TextContent, StringComparison.Ordinal);
        var markdown = await Saved(course, owner, page);
        Assert.Contains("## Lots {draw points=2 tag=water count=2}", markdown, StringComparison.Ordinal);
        Assert.Contains("pool=true tags=water", markdown, StringComparison.Ordinal);
        page = await owner.Open(course.Questions);
        (_, page, _) = await owner.Submit(page, "button[value=edit-4]");
        (_, page, _) = await owner.Submit(page, Keep);
        Assert.Equal(markdown, ((IHtmlTextAreaElement)page.QuerySelector("textarea[name=markdown]")!).Value.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Questions_are_moved_and_deleted_and_the_others_stay_as_they_were()
    {
        var (course, page, owner) = await Opened();
        (_, page, _) = await owner.Submit(page, "button[value=up-1]");
        (_, page, _) = await owner.Submit(page, "button[value=delete-2]");
        Assert.Equal(["1. Video", "2. Free", "3. Rights"], page.QuerySelectorAll("ol.stack strong").Select(s => s.TextContent));
        var markdown = await Saved(course, owner, page);
        Assert.Contains("- [ ] Music", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("## Traffic", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_told_beside_the_form_and_what_was_typed_stays()
    {
        var (_, page, owner) = await Opened();
        (_, page, _) = await owner.Submit(page, "button[value=add]", ("kind", "numeric"));
        var (status, again, _) = await owner.Submit(page, Keep, ("form.Name", "N"), ("form.Prompt", "How many?"), ("form.Rows[0].Text", "three"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("“three” is not a number.", again.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("three", ((IHtmlInputElement)again.QuerySelector("[name='form.Rows[0].Text']")!).Value);
    }

    [Fact]
    public async Task The_page_and_the_trial_exist_for_the_team_only()
    {
        var (course, _, _) = await Opened();
        var learner = await course.Course.Learner("Nosy");
        await learner.Open(course.Questions, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_answer_given_in_the_preview_is_graded_for_the_team()
    {
        var (course, _, owner) = await Opened();
        var editor = await owner.Open(course.Editor);
        var (status, tried, _) = await owner.Submit(editor, "button[name=try][value='0']", ("q1", "1"));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("This answer is worth 100 % of the points.", tried.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains($"{QuizCourse.Canary} right.", tried.Body.TextContent, StringComparison.Ordinal);
        (_, tried, _) = await owner.Submit(editor, "button[name=try][value='2']", ("q3", "7"));
        Assert.Contains("This answer is worth 0 % of the points.", tried.Body!.TextContent, StringComparison.Ordinal);
    }

    private async Task<(Place Course, IHtmlDocument Page, Browser Owner)> Opened()
    {
        var course = await QuizCourse.Make(world, "pass: 55\n");
        var place = new Place(course, course.Path.Split('/')[2]);
        await world.Person("Owner");
        var owner = world.As("Owner");
        return (place, await owner.Open(place.Questions), owner);
    }

    private async Task<string> Saved(Place course, Browser owner, IHtmlDocument page)
    {
        var (status, editor, _) = await owner.Submit(page, "button[formaction$='handler=Publish']");
        Assert.True(status == HttpStatusCode.OK, editor.QuerySelector(".error, .notice")?.TextContent);
        var owners = await world.Person("Owner");
        var source = await world.Send(new QuizSourceQuery(course.Slug, "the-quiz", owners, false));
        Assert.True(source!.Revision > 1);
        return source.Markdown;
    }

    private sealed record Place(QuizCourse Course, string Slug)
    {
        public string Editor => CourseLinks.TeachItem(Slug, "the-quiz");

        public string Questions => Editor + "/questions";
    }
}
