using System.Net;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Grading;
using MoocPlatform.Quizzes.Persistence;
using MoocPlatform.Quizzes.Tests.Taking;
using MoocPlatform.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace MoocPlatform.Quizzes.Tests.Analysis;

/// <summary>The analysis as the team meets it.</summary>
public sealed class AnalysingTests(World world) : IClassFixture<World>
{
    private const string Questions = """
        ## =Free {#free single}
        Which may you translate?

        - (x) An attribution sheet
        - ( ) =HYPERLINK("http://evil.example")
        - ( ) Nobody's choice

        ## Rights {#rights short}
        What are works called whose rights have ended?

        = public domain
        """;

    [Fact]
    public async Task The_team_reads_figures_counts_by_quarter_and_what_to_do()
    {
        var quiz = await QuizCourse.Make(world, questions: Questions);
        await Answered(quiz, 24);

        var page = await world.As("Owner").Open(quiz.Analysis);
        Assert.Contains("24 attempts", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Internal consistency", page.Body.TextContent, StringComparison.Ordinal);
        var row = page.QuerySelectorAll("#s1 tbody tr").Single(r => r.TextContent.Contains("attribution", StringComparison.Ordinal));
        Assert.Contains("6 (100 %)", row.TextContent, StringComparison.Ordinal); // the whole best quarter
        Assert.Contains("Nobody chose “Nobody's choice”", page.Body.TextContent, StringComparison.Ordinal);
        Assert.Equal(3, page.QuerySelectorAll("figure.chart").Length);
        Assert.Empty(page.QuerySelectorAll("[style]"));
    }

    [Fact]
    public async Task To_learners_and_strangers_there_is_no_analysis()
    {
        var quiz = await QuizCourse.Make(world, questions: Questions);
        var learner = await quiz.Learner("Lia");
        await learner.Open(quiz.Analysis, HttpStatusCode.NotFound);
        await learner.Open(quiz.Analysis + "?handler=Csv", HttpStatusCode.NotFound);
        Assert.DoesNotContain("/analysis", (await learner.Open(quiz.Path)).Body!.InnerHtml, StringComparison.Ordinal);
        Assert.Contains("/analysis", (await world.As("Owner").Open(quiz.Path)).Body!.InnerHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fewer_than_five_attempts_give_no_figures()
    {
        var quiz = await QuizCourse.Make(world, questions: Questions);
        await Answered(quiz, 4);
        var page = await world.As("Owner").Open(quiz.Analysis);
        Assert.Contains("Not enough attempts", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("table"));
    }

    [Fact]
    public async Task One_attempt_of_each_learner_is_counted_or_all_as_chosen()
    {
        var quiz = await QuizCourse.Make(world, questions: Questions);
        await Answered(quiz, 6, attempts: 2);
        var owner = world.As("Owner");
        Assert.Contains("6 attempts", (await owner.Open(quiz.Analysis)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("12 attempts", (await owner.Open(quiz.Analysis + "?of=all")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Mean score0.00", Spaceless(await owner.Open(quiz.Analysis + "?of=last")), StringComparison.Ordinal);
        Assert.DoesNotContain("Mean score0.00", Spaceless(await owner.Open(quiz.Analysis + "?of=first")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_holds_no_formulas()
    {
        var quiz = await QuizCourse.Make(world, questions: Questions);
        await Answered(quiz, 8);
        var owner = world.As("Owner").Client;
        var questions = await owner.GetStringAsync(new Uri(quiz.Analysis + "?handler=Csv", UriKind.Relative));
        Assert.Contains("\n1,'=Free,8,1,", questions, StringComparison.Ordinal);
        var answers = await owner.GetStringAsync(new Uri(quiz.Analysis + "?handler=Answers", UriKind.Relative));
        Assert.Contains("\"'=HYPERLINK(\"\"http://evil.example\"\")\"", answers, StringComparison.Ordinal);
        Assert.DoesNotContain(answers.Split('\n').SelectMany(l => l.Split(',')), c => c.Trim('"').StartsWith('='));
    }

    [Fact]
    public async Task The_analysis_of_very_many_is_made_in_the_background_and_kept()
    {
        var quiz = await QuizCourse.Make(world, questions: Questions);
        await Answered(quiz, KeptAnalysis.Small + 1);
        var owner = world.As("Owner");
        Assert.Contains("are being worked out", (await owner.Open(quiz.Analysis)).Body!.TextContent, StringComparison.Ordinal);

        await world.At(world.Clock.Now);
        var page = await owner.Open(quiz.Analysis);
        Assert.Contains("2001 attempts", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("being brought up to date", page.Body.TextContent, StringComparison.Ordinal);

        // Later it is shown as it is, and made anew behind it.
        await Answered(quiz, 1, from: KeptAnalysis.Small + 1);
        await world.At(world.Clock.Now + KeptAnalysis.Fresh + TimeSpan.FromSeconds(1));
        page = await owner.Open(quiz.Analysis);
        Assert.Contains("2001 attempts", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("being brought up to date", page.Body.TextContent, StringComparison.Ordinal);
        await world.At(world.Clock.Now);
        Assert.Contains("2002 attempts", (await owner.Open(quiz.Analysis)).Body!.TextContent, StringComparison.Ordinal);
    }

    private static string Spaceless(AngleSharp.Html.Dom.IHtmlDocument page) => page.Body!.TextContent.Replace("\n", "", StringComparison.Ordinal);

    // Learner n of so many: the better half answers rightly, in the first attempt; later ones are empty.
    private async Task Answered(QuizCourse quiz, int learners, int attempts = 1, int from = 0) => await world.Db<QuizzesDb, int>(async db =>
    {
        var known = await db.Quizzes.Include(q => q.Questions).SingleAsync(q => q.Id == quiz.Item.Id);
        var versions = await db.Versions.Where(v => v.QuestionId != Guid.Empty).ToDictionaryAsync(v => v.Id, v => QuestionBody.Of(v.Body));
        var asked = known.Asked.Select(q => new AskedQuestion(q.VersionId, versions[q.VersionId])).ToList();
        for (var learner = from; learner < from + learners; learner++)
        {
            var person = Guid.CreateVersion7();
            for (var number = 0; number < attempts; number++)
            {
                var attempt = Attempt.Start(Guid.CreateVersion7(), quiz.RunId, known, person, new Past(number, null), null, null, asked, world.Clock.Now);
                if (number == 0)
                {
                    var good = learner < from + (learners / 2);
                    attempt.Keep(Guid.NewGuid(), 1, 0, new Answer { Picks = [good ? 0 : 1] }, world.Clock.Now);
                    attempt.Keep(Guid.NewGuid(), 1, 1, new Answer { Text = good ? "public domain" : "gone" }, world.Clock.Now);
                }

                attempt.Submit(AttemptEnd.Submitted, world.Clock.Now, [.. asked.Select(a => a.Body)]);
                db.Add(attempt);
            }
        }

        return await db.SaveChangesAsync();
    });
}
