using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using FsCheck;
using FsCheck.Fluent;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Grading;
using MoocPlatform.Quizzes.Writing;
using MoocPlatform.TestKit;
using Xunit;
using static MoocPlatform.Quizzes.Tests.Taking.AttemptPages;

namespace MoocPlatform.Quizzes.Tests.Taking;

/// <summary>Questions drawn from the course by tag, anew for each attempt.</summary>
public sealed class DrawTests(World world) : IClassFixture<World>
{
    private const string Drawing = "## First {#first truefalse tags=water}\nFirst?\n\n= true\n\n## Lots {#lots draw tag=water count=3 points=2}\n\n## Own {#own truefalse tags=water pool=true}\nOwn?\n\n= true\n";

    private static string Store(int questions, string key = "true", string tag = "water") =>
        string.Join('\n', Enumerable.Range(1, questions).Select(i => $"## S{i} {{#s{i} truefalse tags=\"{tag}, two words\"}}\nStored {i}?\n\n= {key}\n"));

    [Fact]
    public async Task Each_attempt_has_its_own_questions_and_keeps_them()
    {
        var course = await QuizCourse.Make(world, questions: Drawing, store: Store(8));
        var ana = await course.Learner("Ana");
        Assert.Contains("4 questions, 7 points", (await ana.Open(course.Path)).QuerySelector("dl.facts").Text(), StringComparison.Ordinal);
        var page = await ana.Start(course);
        Assert.Equal("Question 1 of 4", page.QuerySelector("#hq1")!.TextContent);
        Assert.Contains("First?", page.QuerySelector("#q1").Text(), StringComparison.Ordinal);
        Assert.Equal(["2 points", "2 points", "2 points"], page.QuerySelectorAll(".question header .small").Skip(1).Select(s => s.TextContent));
        var asked = Asked(page);
        Assert.Equal(4, asked.Distinct().Count());

        // What changes in the course afterwards does not change the attempt.
        await course.Import(await world.Person("Owner"), questions: Drawing, store: Store(8, key: "false"));
        var attempt = await course.AttemptOf("Ana");
        Assert.Equal(asked, Asked(await ana.Open(course.AttemptPath(attempt))));
        var (_, result, _) = await ana.Submit(await ana.Open(course.AttemptPath(attempt)), SubmitButton, ("q1", "0"), ("q2", "0"), ("q3", "0"), ("q4", "0"));
        Assert.Equal("7 of 7 points, 100 %", result.QuerySelector(".score").Text());
        Assert.Equal(asked, Asked(result));

        var sets = new HashSet<string>();
        for (var i = 0; i < 12; i++)
            sets.Add(string.Join('|', Asked(await (await course.Learner("Learner " + i)).Start(course))));
        Assert.True(sets.Count > 3, "Twelve learners have the same questions.");
    }

    [Fact]
    public async Task Too_few_questions_are_told_when_the_course_arrives()
    {
        var failed = await Assert.ThrowsAnyAsync<Exception>(() => QuizCourse.Make(world, questions: Drawing, store: Store(1)));
        Assert.Contains("Questions drawn here: 3, with the tag “water”", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_few_questions_are_told_when_one_of_the_quizzes_is_saved()
    {
        var course = await QuizCourse.Make(world, questions: Drawing, store: Store(3));
        var owner = world.As("Owner");
        var (status, page, _) = await owner.Submit(await owner.Open($"/teach/{course.Run.CourseSlug}/items/the-quiz"), "button[formaction$=Publish]", ("Markdown", Text("count=5")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("Questions drawn here: 5, with the tag “water”. The course has fewer that are sure to be free for it: 4.", page.Words(), StringComparison.Ordinal);
        (status, page, _) = await owner.Submit(await owner.Open($"/teach/{course.Run.CourseSlug}/items/the-quiz"), "button[formaction$=Publish]", ("Markdown", Text("count=4")));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("that can be drawn: 4", page.Words(), StringComparison.Ordinal); // the preview

        // The other quiz may not lose what is drawn here.
        await world.Settle();
        (status, page, _) = await owner.Submit(await owner.Open($"/teach/{course.Run.CourseSlug}/items/the-store"), "button[formaction$=Publish]", ("Markdown", "---\ntitle: The store\nkind: quiz\nminutes: 5\n---\n" + Store(2)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("The quiz “The quiz” draws questions with the tag “water”, 4 of them. Without those that stood here before it has 3.", page.Words(), StringComparison.Ordinal);

        static string Text(string count) => "---\ntitle: The quiz\nkind: quiz\nminutes: 5\n---\n" + Drawing.Replace("count=3", count, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_drawn_question_is_graded_anew_and_analysed_in_the_quiz_that_drew_it()
    {
        var course = await QuizCourse.Make(world, questions: "## Lots {#lots draw tag=water points=2}\n", store: Store(1));
        for (var i = 0; i < 6; i++)
        {
            var learner = await course.Learner("Learner " + i);
            await learner.Submit(await learner.Start(course), SubmitButton, ("q1", i < 2 ? "0" : "1"));
        }

        var owner = world.As("Owner");
        var analysis = await owner.Open(QuizLinks.Analysis(course.Run.CourseSlug, course.Run.RunSlug, course.Item.Slug));
        Assert.Contains("6 attempts", analysis.Words(), StringComparison.Ordinal);
        Assert.Contains("S1", analysis.Words(), StringComparison.Ordinal);

        await course.Import(await world.Person("Owner"), questions: "## Lots {#lots draw tag=water points=2}\n", store: Store(1, key: "false"));
        var page = await owner.Open(QuizLinks.Regrade(course.Run.CourseSlug, course.Run.RunSlug, course.Item.Slug));
        Assert.DoesNotContain("Lots", page.QuerySelector("tbody").Text(), StringComparison.Ordinal);
        page = await owner.Open(page.QuerySelector("tbody a")!.GetAttribute("href")!);
        Assert.Contains("Of 6 attempts looked at, 4 would gain and 2 would lose.", page.Words(), StringComparison.Ordinal);
        await owner.Submit(page, "form[method=post] textarea[name=Why]", ("Why", "False was meant."));
        await world.Settle();
        await world.At(world.Clock.Now);
        Assert.Equal((0, 2), ((await course.AttemptOf("Learner 0")).Score, (await course.AttemptOf("Learner 5")).Score));
    }

    [Fact]
    public void What_is_drawn_is_a_function_of_seed_and_pool_and_no_question_comes_twice() => Properties.Hold(times: 300, property: Prop.ForAll(
        Arb.From(from seed in Gen.Choose(int.MinValue, int.MaxValue) from counts in Gen.ListOf(Gen.Choose(1, 4), 3) from size in Gen.Choose(0, 15) select (seed, counts, size)), given =>
        {
            var (seed, counts, size) = given;
            var asked = Guid.CreateVersion7();
            Ticket[] pool = [.. Enumerable.Range(0, size).Select(_ => new Ticket(Guid.CreateVersion7(), Guid.CreateVersion7())), new(asked, Guid.CreateVersion7())];
            QuizPlace[] places =
            [
                new(asked, Guid.CreateVersion7(), new TrueFalse { Prompt = "", Points = 1, Right = true }),
                .. counts.Select(c => new QuizPlace(Guid.CreateVersion7(), Guid.CreateVersion7(), new Draw { Prompt = "", Points = 3, Tag = "t", Count = c }, pool)),
            ];
            if (counts.Sum() > size)
            {
                Assert.Throws<Refused>(() => Lots.Draw(seed, places));
                return;
            }

            var lots = Lots.Draw(seed, places);
            Assert.Equal(lots, Lots.Draw(seed, [.. places.Select(p => p with { Tickets = p.Tickets?.Reverse().ToList() })])); // in whatever order the database gives them
            Assert.Equal(counts.Sum() + 1, lots.Select(l => l.Version).Distinct().Count());
            Assert.DoesNotContain(pool[^1].Version, lots.Select(l => l.Version));
            Assert.Equal(counts.Sum(), lots.Where(l => l.Points == 3).Select(l => l.Slot).Distinct().Count());
        }));

    [Theory]
    [InlineData("## L {draw}", 1, "A draw has one tag")]
    [InlineData("## L {draw tag=a count=0}", 24, "a whole number from 1 to 100")]
    [InlineData("## L {draw tag=a case=true}", 18, "“case” belongs to questions of the type short")]
    [InlineData("## L {single tag=a}\nWhich?\n- ( ) a\n- (x) b", 14, "“tag” belongs to questions of the type draw")]
    [InlineData("## L {draw tag=a}\nWhich?", 1, "Nothing stands below a draw")]
    public void What_is_wrong_in_a_draw_is_told_at_its_place(string text, int column, string message)
    {
        var problems = new Problems();
        QuizParser.Parse("---\ntitle: t\nkind: quiz\n---\n" + text, problems);
        var first = problems.InOrder()[0];
        Assert.Contains(message, string.Format(System.Globalization.CultureInfo.InvariantCulture, first.Message, [.. first.Arguments]), StringComparison.Ordinal);
        Assert.Equal(column, first.Column);
    }

    private static List<string> Asked(IHtmlDocument page) => [.. page.QuerySelectorAll(".question legend, .question .prompt").Select(p => p.Text())];
}
