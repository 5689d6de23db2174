using System.Net;
using AngleSharp.Dom;
using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.Quizzes.Tests.Taking;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Quizzes.Tests.Exchange;

/// <summary>The questions of a course, found by their tags.</summary>
public sealed class BankTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task The_team_finds_questions_by_tag_with_versions_and_where_they_are_asked()
    {
        var quiz = await QuizCourse.Make(world, questions: Tagged("Is it?"));
        await quiz.Import(await world.Person("Owner"), questions: Tagged("Is it so?"));
        var owner = world.As("Owner");
        var page = await owner.Open(QuizLinks.Bank(quiz.Run.CourseSlug));
        Assert.Equal(2, page.QuerySelectorAll("tbody tr").Length);
        var row = page.QuerySelectorAll("tbody tr").Single(r => r.TextContent.Contains("#one", StringComparison.Ordinal));
        Assert.Contains("The quiz", row.TextContent, StringComparison.Ordinal);
        Assert.Equal("2", row.QuerySelector("td.num")!.TextContent);

        page = await owner.Open(QuizLinks.Bank(quiz.Run.CourseSlug) + "?tag=two words");
        Assert.Contains("#two", Assert.Single(page.QuerySelectorAll("tbody tr")).TextContent, StringComparison.Ordinal);
        Assert.Empty((await owner.Open(QuizLinks.Bank(quiz.Run.CourseSlug) + "?tag=words")).QuerySelectorAll("tbody tr"));
    }

    [Fact]
    public async Task Many_questions_come_page_by_page_and_none_twice()
    {
        var quiz = await QuizCourse.Make(world, questions: string.Join('\n', Enumerable.Range(1, 120).Select(i => $"## Q{i} {{#q{i} truefalse}}\nSo?\n\n= true\n")));
        var owner = world.As("Owner");
        var (path, seen) = (QuizLinks.Bank(quiz.Run.CourseSlug), new List<string>());
        while (path.Length > 0)
        {
            var page = await owner.Open(path);
            seen.AddRange(page.QuerySelectorAll("tbody th code").Select(c => c.TextContent));
            path = page.QuerySelector("a[rel=next]")?.GetAttribute("href") is { } next ? QuizLinks.Bank(quiz.Run.CourseSlug) + next : "";
        }

        Assert.Equal(120, seen.Count);
        Assert.Equal(120, seen.Distinct().Count());
    }

    [Fact]
    public async Task A_question_is_copied_into_another_quiz_and_each_is_changed_by_itself()
    {
        const string Other = "## Two {#two truefalse}\nAnd?\n\n= true\n\n## Lots {#lots draw tag=water}\n";
        var quiz = await QuizCourse.Make(world, questions: Tagged("Is it?"), store: Other);
        var (owner, course) = (world.As("Owner"), quiz.Run.CourseSlug);
        var row = (await owner.Open(QuizLinks.Bank(course))).QuerySelectorAll("tbody th a").First(a => a.ParentElement!.TextContent.Contains("#two", StringComparison.Ordinal) && a.Closest("tr")!.TextContent.Contains("The quiz", StringComparison.Ordinal));
        var page = await owner.Open(row.GetAttribute("href")!);
        Assert.Contains("And?", page.QuerySelector("#q1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("The store may draw it", page.QuerySelector("[aria-labelledby=used]").Text(), StringComparison.Ordinal);

        page = await owner.Open($"{row.GetAttribute("href")}?into=the-store");
        Assert.Contains("A copy of “Two” from “The quiz” stands at the end.", page.Words(), StringComparison.Ordinal);
        Assert.Equal(3, page.QuerySelectorAll("ol.stack > li").Length);
        var (status, editor, _) = await owner.Submit(page, "button[formaction$=Publish]");
        Assert.Equal(HttpStatusCode.OK, status);
        var written = ((AngleSharp.Html.Dom.IHtmlTextAreaElement)editor.QuerySelector("textarea[name=Markdown]")!).Value;
        Assert.Contains("## Two {#two-2 truefalse origin=the-quiz/two tags=\"water, two words\"}", written, StringComparison.Ordinal);

        await world.Settle();
        page = await owner.Open(row.GetAttribute("href")!);
        Assert.Contains("The store has a copy", page.QuerySelector("[aria-labelledby=used]").Text(), StringComparison.Ordinal);
        await (await quiz.Learner("Sorina")).Open(row.GetAttribute("href")!, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Only_who_writes_the_course_sees_its_questions()
    {
        var quiz = await QuizCourse.Make(world);
        await (await quiz.Learner("Sorin")).Open(QuizLinks.Bank(quiz.Run.CourseSlug), HttpStatusCode.NotFound);
    }

    private static string Tagged(string first) => $$"""
        ## One {#one truefalse tags=water}
        {{first}}

        = true

        ## Two {#two truefalse tags="water, two words"}
        And?

        = false
        """;
}
