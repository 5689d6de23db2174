using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.TestKit;
using Xunit;
using static MoocPlatform.Quizzes.Tests.Taking.AttemptPages;

namespace MoocPlatform.Quizzes.Tests.Taking;

/// <summary>A key was wrong and people have answered.</summary>
public sealed class RegradeTests(World world) : IClassFixture<World>
{
    private const string Old = "## Traffic {#traffic numeric points=4}\nHow much?\n\n= 3145\n\n## Rights {#rights short}\nWhat?\n\n= public domain\n";
    private static readonly string New = Old.Replace("= 3145", "= 4000", StringComparison.Ordinal);

    private Browser? owner;

    // One browser: a form is sent by the browser that has opened it.
    private Browser Owner => owner ??= world.As("Owner");

    [Fact]
    public async Task A_dry_run_says_who_gains_and_who_loses_and_changes_nothing()
    {
        var course = await Answered();
        var page = await DryRun(course, RegradePolicy.NewKey);
        Assert.Contains("Of 2 attempts looked at, 1 would gain and 1 would lose.", page.Words(), StringComparison.Ordinal);
        var rows = page.QuerySelectorAll("tbody tr").Select(r => r.Text()).Order(StringComparer.Ordinal);
        Assert.Equal(["Ana151−4", "Bob115+4"], rows);
        Assert.Equal((5m, 1m), await Scores(course));
    }

    [Theory]
    [InlineData(nameof(RegradePolicy.NewKey), 1, 5)]
    [InlineData(nameof(RegradePolicy.EitherKey), 5, 5)]
    [InlineData(nameof(RegradePolicy.FullCredit), 5, 5)]
    [InlineData(nameof(RegradePolicy.NeverLower), 5, 5)]
    public async Task A_policy_is_applied_once_told_to_each_and_taken_back(string policy, int ana, int bob)
    {
        var course = await Answered();
        var page = await DryRun(course, Enum.Parse<RegradePolicy>(policy));
        var clicks = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Owner.Submit(page, "form[method=post] textarea[name=Why]", ("Why", "4000 was meant."))));
        Assert.All(clicks, c => Assert.Equal(HttpStatusCode.OK, c.Status));
        await Work();
        Assert.Equal((ana, bob), await Scores(course));
        Assert.True(await IsDone(course, "Bob"));
        Assert.True(await IsDone(course, "Ana")); // progress never goes backwards

        var attempt = course.AttemptPath(await course.AttemptOf("Bob"));
        var mail = Assert.Single(await world.MailsTo("bob@example.org"), m => m.Contains(attempt, StringComparison.Ordinal) && m.Contains("was 1 and is now 5 of 5.", StringComparison.Ordinal));
        Assert.Contains("Why: 4000 was meant.", mail, StringComparison.Ordinal);
        var result = await world.As("Bob").Open(course.AttemptPath(await course.AttemptOf("Bob")) + "/result");
        Assert.Contains("From 1 to 5: 4000 was meant.", result.Words(), StringComparison.Ordinal);
        Assert.Equal("5 of 5 points, 100 %", result.QuerySelector(".score").Text());

        var past = await Owner.Open(QuizLinks.Regrade(course.Run.CourseSlug, course.Run.RunSlug, course.Item.Slug));
        await Owner.Submit(past, "form[method=post] input[name=regrade]");
        await Work();
        Assert.Equal((5m, 1m), await Scores(course));
        result = await world.As("Bob").Open(course.AttemptPath(await course.AttemptOf("Bob")) + "/result");
        Assert.Contains("Taken back: 4000 was meant.", result.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_set_by_hand_stays_through_a_regrade_and_its_reason_is_read()
    {
        var course = await Answered();
        var attempt = await course.AttemptOf("Bob");
        var path = QuizLinks.Marking(course.Run.CourseSlug, course.Run.RunSlug, course.Item.Slug, attempt.Id);
        var page = await Owner.Open(path);
        var (status, refused, _) = await Owner.Submit(page, "#points0", ("points", "5"), ("why", "Nearly."));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("from 0 to 4", refused.Words(), StringComparison.Ordinal);
        (status, refused, _) = await Owner.Submit(page, "#points0", ("points", "2"), ("why", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);

        await Owner.Submit(page, "#points0", ("points", "2"), ("why", "Nearly."));
        await Owner.Submit(page, "#points0", ("points", "2"), ("why", "Nearly.")); // clicked twice
        Assert.Equal(3, (await course.AttemptOf("Bob")).Score);
        await Apply(course, RegradePolicy.NewKey);
        Assert.Equal((1m, 3m), await Scores(course));

        await Owner.Submit(await Owner.Open(path), "#points", ("points", "4.5"), ("why", "Illness."));
        Assert.Equal(4.5m, (await course.AttemptOf("Bob")).Score);
        page = await Owner.Open(path);
        Assert.Equal(2, page.QuerySelectorAll("[aria-labelledby=history] li").Length);
        await Owner.Submit(page, "#points", ("points", ""), ("why", "A mistake."));
        Assert.Equal(3, (await course.AttemptOf("Bob")).Score);
        var words = (await world.As("Bob").Open(course.AttemptPath(attempt) + "/result")).Words();
        Assert.All(["Nearly.", "Illness.", "A mistake."], why => Assert.Contains(why, words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answers_follow_options_that_were_moved_and_are_left_as_they_are_where_the_options_are_others()
    {
        const string Options = "## A {#a single}\nWhich?\n\n- ( ) one\n- (x) two\n";
        var course = await QuizCourse.Make(world, questions: Options);
        var ana = await course.Learner("Ana");
        await ana.Submit(await ana.Start(course), SubmitButton, ("q1", "1"));
        await course.Import(await world.Person("Owner"), questions: "## A {#a single}\nWhich?\n\n- (x) two\n- ( ) one\n");
        Assert.DoesNotContain("answered other options", (await DryRun(course, RegradePolicy.NewKey)).Words(), StringComparison.Ordinal);
        await Apply(course, RegradePolicy.NewKey);
        Assert.Equal(1, (await course.AttemptOf("Ana")).Score);

        await course.Import(await world.Person("Owner"), questions: Options.Replace("(x)", "( )", StringComparison.Ordinal) + "- (x) three\n");
        Assert.Contains("1 attempt answered other options", (await DryRun(course, RegradePolicy.NewKey)).Words(), StringComparison.Ordinal);
        await Apply(course, RegradePolicy.NewKey);
        Assert.Equal(1, (await course.AttemptOf("Ana")).Score);

        await course.Import(await world.Person("Owner"), questions: Options.Replace("(x)", "( )", StringComparison.Ordinal).Replace("- ( ) one", "- (x) one, mended", StringComparison.Ordinal));
        await Apply(course, RegradePolicy.NewKey);
        Assert.Equal(0, (await course.AttemptOf("Ana")).Score);
    }

    [Theory]
    [InlineData("ordering", "1. red\n2. green\n3. blue", "1. blue\n2. green\n3. red", "1. red\n2. green")]
    [InlineData("matching", "= A -> x\n= B -> y\n= C -> z", "= A -> z\n= B -> y\n= C -> x", "= A -> x\n= B -> y")]
    [InlineData("cloze", "{{a}}: single\n- (x) x\n- ( ) z\n\n{{b}}: short\n= b", "{{b}}: short\n= b\n\n{{a}}: single\n- ( ) x\n- (x) z", "{{a}}: single\n- (x) x\n- ( ) z")]
    public async Task A_changed_key_of_questions_with_parts_counts_for_what_was_meant(string kind, string old, string mended, string other)
    {
        string Written(string answers) => $"## A {{#a {kind} points=3{(kind == "cloze" ? "" : " grading=all")}}}\n{(kind == "cloze" ? "One {{a}} and " + (answers == other ? "none" : "{{b}}") : "Which?")}\n\n{answers}\n";
        var course = await QuizCourse.Make(world, questions: Written(old));
        foreach (var (name, byOld) in new[] { ("Ana", true), ("Bob", false) })
        {
            var learner = await course.Learner(name);
            var page = await learner.Start(course);
            await learner.Submit(page, SubmitButton, [.. Given(page, kind, byOld)]);
        }

        var before = await Scores(course);
        Assert.Equal(3, before.Ana);
        Assert.True(before.Bob < 3);
        await course.Import(await world.Person("Owner"), questions: Written(other));
        Assert.Contains("2 attempts answered other options", (await DryRun(course, RegradePolicy.NewKey)).Words(), StringComparison.Ordinal);

        await course.Import(await world.Person("Owner"), questions: Written(mended));
        var dry = (await DryRun(course, RegradePolicy.NewKey)).Words();
        Assert.DoesNotContain("answered other options", dry, StringComparison.Ordinal);
        Assert.Contains("1 would gain and 1 would lose", dry, StringComparison.Ordinal);
        await Apply(course, RegradePolicy.NewKey);
        Assert.Equal((before.Bob, before.Ana), await Scores(course));

        // The page of the result shows what was given, by the new key.
        var result = await world.As("Bob").Open(course.AttemptPath(await course.AttemptOf("Bob")) + "/result");
        Assert.DoesNotContain("Your answer, wrong", result.Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("You put it at", result.Words(), StringComparison.Ordinal);
        Assert.Equal("3 of 3 points, 100 %", result.QuerySelector(".score").Text());
    }

    // What the old key says or, the other way round, what the mended one says.
    private static IEnumerable<(string, string)> Given(IHtmlDocument page, string kind, bool byOld)
    {
        if (kind == "cloze")
            return [("q1.0", Value(page, "q1.0", byOld ? "x" : "z")), ("q1.1", "b")];
        var wanted = (kind, byOld) switch
        {
            ("ordering", true) => new Dictionary<string, string> { ["red"] = "1", ["green"] = "2", ["blue"] = "3" },
            ("ordering", false) => new() { ["red"] = "3", ["green"] = "2", ["blue"] = "1" },
            (_, true) => new() { ["A"] = "x", ["B"] = "y", ["C"] = "z" },
            _ => new() { ["A"] = "z", ["B"] = "y", ["C"] = "x" },
        };
        return page.QuerySelectorAll("#q1 li > span").Select((s, i) => ($"q1.{i}", Value(page, $"q1.{i}", wanted[s.Text()])));
    }

    private static string Value(IHtmlDocument page, string field, string shown) =>
        page.QuerySelectorAll<IHtmlOptionElement>($"select[name='{field}'] option").Single(o => o.Text == shown).Value;

    [Fact]
    public async Task A_key_that_was_changed_since_the_dry_run_is_not_applied_unseen()
    {
        var course = await Answered();
        var shown = await DryRun(course, RegradePolicy.NewKey);
        await course.Import(await world.Person("Owner"), questions: Old);
        var before = await Scores(course);

        var (status, again, _) = await Owner.Submit(shown, "form[method=post] textarea[name=Why]", ("Why", "4000 was meant."));
        await Work();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("The question was changed since this page was shown.", again.Words(), StringComparison.Ordinal);
        Assert.Equal("4000 was meant.", again.QuerySelector("#Why")!.TextContent);
        Assert.Equal(before, await Scores(course));
        Assert.Equal(HttpStatusCode.OK, (await Owner.Submit(again, "form[method=post] textarea[name=Why]")).Status);
    }

    [Fact]
    public async Task An_attempt_that_was_open_meanwhile_is_graded_anew_when_it_is_submitted()
    {
        var course = await QuizCourse.Make(world, questions: Old);
        var cleo = await course.Learner("Cleo");
        var page = await cleo.Start(course);
        await course.Import(await world.Person("Owner"), questions: New);
        await world.At(world.Clock.Now.AddMinutes(1));
        await Apply(course, RegradePolicy.NewKey);

        await cleo.Submit(page, SubmitButton, ("q1", "4000"), ("q2", "public domain"));
        await world.Settle();
        Assert.Equal(5, (await course.AttemptOf("Cleo")).Score);
        var result = await cleo.Open(course.AttemptPath(await course.AttemptOf("Cleo")) + "/result");
        Assert.Contains("From 1 to 5: 4000 was meant.", result.Words(), StringComparison.Ordinal);

        await Owner.Submit(await Owner.Open(QuizLinks.Regrade(course.Run.CourseSlug, course.Run.RunSlug, course.Item.Slug)), "form[method=post] input[name=regrade]");
        await Work();
        Assert.Equal(1, (await course.AttemptOf("Cleo")).Score);
    }

    [Fact]
    public async Task Grading_anew_is_the_teams()
    {
        var course = await Answered();
        var ana = world.As("Ana");
        var (c, r, i) = (course.Run.CourseSlug, course.Run.RunSlug, course.Item.Slug);
        foreach (var path in new[] { QuizLinks.Regrade(c, r, i), QuizLinks.Attempts(c, r, i), QuizLinks.Marking(c, r, i, (await course.AttemptOf("Ana")).Id) })
            await ana.Open(path, HttpStatusCode.NotFound);
        Assert.Contains("Ana", (await Owner.Open(QuizLinks.Attempts(c, r, i))).Words(), StringComparison.Ordinal);
    }

    // Ana gave what the old key says, Bob what the new one does; both knew the other question.
    private async Task<QuizCourse> Answered()
    {
        var course = await QuizCourse.Make(world, questions: Old);
        foreach (var (name, number) in new[] { ("Ana", "3145"), ("Bob", "4000") })
        {
            var learner = await course.Learner(name);
            await learner.Submit(await learner.Start(course), SubmitButton, ("q1", number), ("q2", "public domain"));
        }

        await course.Import(await world.Person("Owner"), questions: New);
        await world.Settle();
        return course;
    }

    private async Task<IHtmlDocument> DryRun(QuizCourse course, RegradePolicy policy)
    {
        var page = await Owner.Open(QuizLinks.Regrade(course.Run.CourseSlug, course.Run.RunSlug, course.Item.Slug));
        return await Owner.Open(page.QuerySelector("tbody a")!.GetAttribute("href") + $"?policy={policy}");
    }

    private async Task Apply(QuizCourse course, RegradePolicy policy)
    {
        await Owner.Submit(await DryRun(course, policy), "form[method=post] textarea[name=Why]", ("Why", "4000 was meant."));
        await Work();
    }

    private async Task Work()
    {
        await world.Settle();
        await world.At(world.Clock.Now);
    }

    private async Task<(decimal? Ana, decimal? Bob)> Scores(QuizCourse course) => ((await course.AttemptOf("Ana")).Score, (await course.AttemptOf("Bob")).Score);

    private async Task<bool> IsDone(QuizCourse course, string name) =>
        (await world.Send(new EnrolmentQuery(course.RunId, await world.Person(name))))!.IsDone(course.Item.Number);
}
