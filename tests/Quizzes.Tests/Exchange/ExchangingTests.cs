using System.Net;
using AngleSharp.Html.Dom;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.Quizzes.Persistence;
using MoocPlatform.Quizzes.Tests.Taking;
using MoocPlatform.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace MoocPlatform.Quizzes.Tests.Exchange;

/// <summary>Import and export as an author meets them.</summary>
public sealed class ExchangingTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Questions_come_by_a_plan_and_the_editor_all_or_nothing()
    {
        var quiz = await QuizCourse.Make(world);
        var owner = world.As("Owner");
        var page = await owner.Open(Path(quiz));
        var (status, plan, _) = await owner.Submit(page, "#Pasted", ("Pasted", "::Free::Is it free?{T}\n\nAn essay{}\n\n::River::Which river?{~Olt =Danube}"));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("2 questions can come.", plan.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("An essay is not graded by itself.", plan.QuerySelector("#import-plan table")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(4, await Asked(quiz)); // nothing yet

        var (_, editor, _) = await owner.Submit(plan, "#add");
        var text = ((IHtmlTextAreaElement)editor.QuerySelector("textarea[name=Markdown]")!).Value;
        Assert.Contains("## Free {#free-2 truefalse}", text, StringComparison.Ordinal); // the quiz has a question of this identity
        Assert.Contains("## Video {#video multiple points=2}", text, StringComparison.Ordinal);
        Assert.Equal(4, await Asked(quiz)); // still nothing
        await owner.Submit(editor, "button[formaction$=Publish]");
        await world.Settle();
        Assert.Equal(6, await Asked(quiz));

        (_, plan, _) = await owner.Submit(await owner.Open(Path(quiz)), "#Pasted", ("Pasted", "Only this?{T}"));
        (_, editor, _) = await owner.Submit(plan, "#instead");
        await owner.Submit(editor, "button[formaction$=Publish]");
        await world.Settle();
        Assert.Equal(1, await Asked(quiz));
    }

    [Fact]
    public async Task A_file_is_sent_and_a_bad_one_refused()
    {
        var quiz = await QuizCourse.Make(world);
        var owner = world.As("Owner");
        Assert.Contains("1 question can come.", await Send(owner, quiz, "\uFEFFIs it?{T}"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("not well-formed XML", await Send(owner, quiz, "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]><quiz>&b;</quiz>"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("Save it as UTF-8", await Send(owner, quiz, [0xFF, 0xFE, 0x41, 0x00]), StringComparison.Ordinal);
        Assert.Contains("Choose a file, or paste", await Send(owner, quiz, []), StringComparison.Ordinal);
        Assert.Contains("too large", await Send(owner, quiz, new byte[(5 << 20) + 1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_goes_out_comes_in_again()
    {
        var quiz = await QuizCourse.Make(world);
        var owner = world.As("Owner");
        foreach (var format in new[] { "Gift", "MoodleXml" })
        {
            var file = await owner.Client.GetByteArrayAsync(new Uri($"{Path(quiz)}?handler=File&format={format}", UriKind.Relative));
            Assert.Contains("4 questions can come.", await Send(owner, quiz, file), StringComparison.Ordinal);
        }

        Assert.Contains("2 things it cannot hold", (await owner.Open(Path(quiz))).Body!.TextContent, StringComparison.Ordinal); // what GIFT cannot hold is said
    }

    [Fact]
    public async Task Only_who_writes_the_course_exchanges_questions()
    {
        var quiz = await QuizCourse.Make(world);
        var learner = await quiz.Learner("Radu");
        await learner.Open(Path(quiz), HttpStatusCode.NotFound);
        await learner.Open($"{Path(quiz)}?handler=File&format=Gift", HttpStatusCode.NotFound);
        await world.Send(new NameToTeam(quiz.CourseId, await world.Person("Ada Assistant"), CourseRole.Assistant));
        await world.As("Ada Assistant").Open(Path(quiz), HttpStatusCode.NotFound);
    }

    private static string Path(QuizCourse quiz) => QuizLinks.Exchange(quiz.Run.CourseSlug, quiz.Item.Slug);

    private static async Task<string> Send(Browser browser, QuizCourse quiz, byte[] file)
    {
        var page = await browser.Open(Path(quiz));
        var token = ((IHtmlInputElement)page.QuerySelector("form[enctype] input[name=__RequestVerificationToken]")!).Value;
        using var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { new ByteArrayContent(file), "file", "questions.txt" } };
        var answer = await browser.Client.PostAsync(new Uri(Path(quiz), UriKind.Relative), form);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    private Task<int> Asked(QuizCourse quiz) => world.Db<QuizzesDb, int>(async db => (await db.Quizzes.Include(q => q.Questions).SingleAsync(q => q.Id == quiz.Item.Id)).Asked.Count());
}
