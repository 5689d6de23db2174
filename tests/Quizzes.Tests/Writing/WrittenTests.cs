using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Persistence;
using MoocPlatform.Quizzes.Reactions;
using MoocPlatform.Quizzes.Tests.Taking;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Quizzes.Tests.Writing;

public sealed class WrittenTests(World world) : IClassFixture<World>
{
    private const string Text = "---\ntitle: T\nkind: quiz\npass: 50\n---\n## A {short}\nWhy?\n= so\n\n## B {short}\nWhere?\n= here\n";

    [Fact]
    public async Task A_quiz_is_made_from_its_text()
    {
        var quiz = await Written(Guid.CreateVersion7(), (Text, 1));
        Assert.Equal(("The title", 1, 50, 2m), (quiz.Title, quiz.Revision, quiz.Pass, quiz.Points));
        Assert.Equal(["a", "b"], quiz.Asked.Select(q => q.Name));
    }

    [Fact]
    public async Task Only_a_question_that_changed_gets_a_new_version()
    {
        var item = Guid.CreateVersion7();
        var before = await Written(item, (Text, 1));
        var after = await Written(item, (Text.Replace("= here", "= there", StringComparison.Ordinal), 2));
        Assert.Equal([1, 2], after.Asked.Select(q => q.Versions));
        Assert.Equal(before.Asked.Select(q => q.Id), after.Asked.Select(q => q.Id));
        Assert.Equal(before.Asked.First().VersionId, after.Asked.First().VersionId);
        Assert.Equal(3, await Versions(item));
    }

    [Fact]
    public async Task A_question_taken_out_is_kept_and_comes_back_as_itself()
    {
        var item = Guid.CreateVersion7();
        var before = await Written(item, (Text, 1));
        var without = await Written(item, (Text[..Text.IndexOf("## B", StringComparison.Ordinal)], 2));
        Assert.Equal(["a"], without.Asked.Select(q => q.Name));
        var after = await Written(item, (Text, 3));
        Assert.Equal(before.Asked.Select(q => q.VersionId), after.Asked.Select(q => q.VersionId));
        Assert.Equal(2, await Versions(item));
    }

    [Fact]
    public async Task A_lower_revision_that_arrives_late_changes_nothing()
    {
        var quiz = await Written(Guid.CreateVersion7(), (Text, 2), (Text.Replace("pass: 50", "pass: 90", StringComparison.Ordinal), 1));
        Assert.Equal((2, 50), (quiz.Revision, quiz.Pass));
    }

    [Fact]
    public async Task The_same_revision_twice_changes_nothing()
    {
        var item = Guid.CreateVersion7();
        await Written(item, (Text, 1), (Text, 1));
        Assert.Equal(2, await Versions(item));
    }

    [Fact]
    public async Task A_text_with_a_problem_leaves_the_quiz_as_it_was()
    {
        var quiz = await Written(Guid.CreateVersion7(), (Text, 1), (Text + "## C\n", 2));
        Assert.Equal((1, 2), (quiz.Revision, quiz.Asked.Count()));
    }

    [Fact]
    public async Task A_check_shows_the_quiz_as_learners_see_it_and_keeps_nothing()
    {
        var check = await world.Send(new CheckQuizQuery("---\ntitle: T\nkind: quiz\n---\n" + QuizCourse.Questions));
        Assert.Equal((4, 5m), (check.Questions, check.Points));
        Assert.Empty(check.Problems);
        Assert.Contains("An attribution sheet", check.Html, StringComparison.Ordinal);
        Assert.Contains("Choose all that apply.", check.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(QuizCourse.Canary, check.Html, StringComparison.Ordinal);
        Assert.False(await world.Db<QuizzesDb, bool>(db => db.Quizzes.AnyAsync(q => q.Title == "T")));
    }

    [Fact]
    public async Task A_check_tells_problems_with_their_place_and_shows_what_it_understood()
    {
        var check = await world.Send(new CheckQuizQuery(Text + "## C {essay}\nWrite.\n"));
        Assert.Equal(2, check.Questions);
        var problem = Assert.Single(check.Problems);
        Assert.Equal((13, 7, "essay"), (problem.Line, problem.Column, problem.Arguments[0]));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("\"><svg onload=alert(1)>")]
    public async Task Markup_of_an_author_never_becomes_script(string attack)
    {
        var check = await world.Send(new CheckQuizQuery(
            $"---\ntitle: \"T\"\nkind: quiz\n---\n{attack}\n\n## A {{single}}\n{attack}\n\n- (x) {attack}\n- ( ) b\n\n!> {attack}\n\n## B {{numeric unit='{attack.Replace(' ', '_')[..15]}'}}\nWhy?\n= 1\n"));
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(check.Html);
        Assert.Empty(page.QuerySelectorAll("script, [onerror], [onload], a[href^=javascript], img"));
        Assert.Equal(2, page.QuerySelectorAll("section.question").Length);
    }

    private async Task<Quiz> Written(Guid item, params (string Markdown, int Revision)[] texts)
    {
        foreach (var (markdown, revision) in texts)
        {
            await using var scope = world.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<WhenQuizWritten>().Handle(
                new QuizWritten(Guid.CreateVersion7(), item, "The title", markdown, revision), TestContext.Current.CancellationToken);
        }

        return await world.Db<QuizzesDb, Quiz>(db => db.Quizzes.AsNoTracking().Include(q => q.Questions).SingleAsync(q => q.Id == item));
    }

    private Task<int> Versions(Guid item) => world.Db<QuizzesDb, int>(
        db => db.Versions.CountAsync(v => db.Set<Question>().Any(q => q.Id == v.QuestionId && q.QuizId == item)));
}
