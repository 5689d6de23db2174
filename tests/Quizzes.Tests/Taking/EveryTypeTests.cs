using System.Globalization;
using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Features.Shared;
using MoocPlatform.Quizzes.Grading;
using MoocPlatform.Quizzes.Persistence;
using MoocPlatform.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace MoocPlatform.Quizzes.Tests.Taking;

/// <summary>Every type that has more than one field, or a field of its own, taken with forms alone.</summary>
public sealed class EveryTypeTests(World world) : IClassFixture<World>
{
    private const string Canary = QuizCourse.Canary;
    private const string SaveButton = "button[value=save]";
    private const string SubmitButton = "button[value=submit]";

    private const string Questions = $$$"""
        ## Statement {#statement truefalse}
        A work without a named author can never be used.

        = 0% true
          > {{{Canary}}} true.
        = false
          > {{{Canary}}} false.

        ## Needs {#needs matching}
        Match each need with a change.

        = Reads with a **screen reader** -> Headings
          > {{{Canary}}} reader.
        = Slow connection -> Small pictures
        = -> A longer film

        ## Steps {#steps ordering}
        Put the steps in order.

        1. Check the licence
           > {{{Canary}}} check.
        2. Change it
        3. Name the author

        ## Gaps {#gaps cloze points=4}
        An open resource may be {{keep}}, **{{change}}** and shared with {{whom}}, {{times}} times.

        {{keep}}: single
        - (x) retained
          > {{{Canary}}} retained.
        - ( ) rented

        {{change}}: short
        = revised
        = {{{Canary}}}

        {{whom}}: multiple
        - [x] friends
        - [x] strangers
        - [ ] nobody

        {{times}}: numeric unit=times
        = 1000 +- 1

        > {{{Canary}}} gaps.

        ## Traffic {#traffic formula unit=MB units="GB = 1000"}
        A file of {{size}} MB goes to {{n}} pupils. How much is that?

        {{size}}: 5..20 step 0.5
        {{n}}: 100, 200, 300
        = size * n +- 1%
          > {{{Canary}}} for {{n}} pupils.
        """;

    [Fact]
    public async Task Every_type_is_answered_saved_shown_again_and_graded_with_forms_alone()
    {
        var course = await QuizCourse.Make(world, questions: Questions);
        var ana = await course.Learner("Ana");
        var page = await Started(course, ana);
        var right = await Right(course, page, "Ana");

        var (status, saved, _) = await ana.Submit(page, SaveButton, [.. right]);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("We hold 5 of 5 answers.", Text(saved.Body), StringComparison.Ordinal);
        Assert.Contains("Gap 4: We read 1,000.", Text(saved.QuerySelector("#eq4")), StringComparison.Ordinal);
        foreach (var (name, value) in right)
        {
            Assert.Contains(value, saved.QuerySelectorAll($"[name='{name}']").Select(f => f switch
            {
                IHtmlInputElement { Type: "radio" or "checkbox" } box => box.IsChecked ? box.Value : "",
                IHtmlInputElement input => input.Value,
                _ => ((IHtmlSelectElement)f).Value,
            }));
        }

        var (_, result, _) = await ana.Submit(saved, SubmitButton, [.. right.Where(r => r.Name is "q4.2")]);
        Assert.Equal("8 of 8 points, 100 %", Text(result.QuerySelector(".score")));
        foreach (var words in (string[])["false.", "reader.", "check.", "retained.", "gaps."])
            Assert.Contains($"{Canary} {words}", Text(result.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_parts_are_named_beside_what_is_right()
    {
        var course = await QuizCourse.Make(world, questions: Questions);
        var ana = await course.Learner("Ana");
        var page = await Started(course, ana);
        var right = await Right(course, page, "Ana");
        var (first, second) = (right.Single(r => r.Name == "q2.0"), right.Single(r => r.Name == "q2.1"));
        (string, string)[] given =
        [
            ("q1", "0"), ("q2.0", second.Value), ("q2.1", second.Value), ("q3.0", "1"), ("q4.0", right.Single(r => r.Name == "q4.0").Value), ("q4.1", "rewound"), ("q5", "0"),
        ];
        var (_, result, _) = await ana.Submit(page, SubmitButton, given);
        Assert.NotEqual(first.Value, second.Value);
        Assert.Equal(["Wrong", "Partly right"], result.QuerySelectorAll(".question .verdict").Select(v => v.TextContent).Take(2));
        Assert.Equal("Partly right", result.QuerySelector("#q4 .verdict")!.TextContent);
        Assert.Contains("screen reader → Small picturesYour answer, wrongRight answer: Headings", Text(result.QuerySelector("#q2")), StringComparison.Ordinal);
        Assert.Contains("1. Check the licence", Text(result.QuerySelector("#q3 .answers")), StringComparison.Ordinal);
        Assert.Contains("Gap 2: rewoundYour answer, wrongRight answer: revised", Text(result.QuerySelector("#q4")), StringComparison.Ordinal);
        Assert.Contains("Right answer: friends, strangers", Text(result.QuerySelector("#q4")), StringComparison.Ordinal);
        Assert.Contains($"{Canary} true.", Text(result.QuerySelector("#q1")), StringComparison.Ordinal);
        Assert.DoesNotContain($"{Canary} false.", Text(result.QuerySelector("#q1")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_that_is_right_stands_on_the_page_of_any_type()
    {
        var course = await QuizCourse.Make(world, questions: Questions);
        var ana = await course.Learner("Ana");
        var page = await Started(course, ana);
        var (_, saved, _) = await ana.Submit(page, SaveButton, [("q1", "0"), ("q2.0", "0"), ("q3.0", "1"), ("q4.1", "x"), ("q5", "1")]);
        foreach (var html in (string[])[page.ToHtml(), saved.ToHtml()])
        {
            Assert.DoesNotContain(Canary, html, StringComparison.Ordinal);
            Assert.DoesNotContain("size", html[html.IndexOf("id=\"q5\"", StringComparison.Ordinal)..html.IndexOf("Ready?", StringComparison.Ordinal)], StringComparison.Ordinal);
            Assert.DoesNotContain(Cloze.Open, html);
        }
    }

    [Fact]
    public async Task What_was_drawn_stays_for_the_attempt_and_another_attempt_draws_anew()
    {
        var course = await QuizCourse.Make(world, questions: Questions);
        var prompts = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 6; i++)
        {
            var learner = await course.Learner($"Learner {i}");
            var prompt = Text((await Started(course, learner)).QuerySelector("#q5 .prompt"));
            Assert.Contains(" MB goes to ", prompt, StringComparison.Ordinal);
            Assert.Equal(prompt, Text((await learner.Open(course.AttemptPath(await course.AttemptOf($"Learner {i}")))).QuerySelector("#q5 .prompt")));
            prompts.Add(prompt);
        }

        Assert.True(prompts.Count > 1, "Six attempts drew the same numbers.");
    }

    [Fact]
    public async Task The_order_shown_at_first_is_never_the_right_one()
    {
        var course = await QuizCourse.Make(world, questions: Questions);
        for (var i = 0; i < 8; i++)
        {
            var learner = await course.Learner($"Orderly {i}");
            var page = await Started(course, learner);
            Assert.Equal(3, page.QuerySelectorAll("#q3 .order li > span").Length);
            Assert.NotEqual(["Check the licence", "Change it", "Name the author"], page.QuerySelectorAll("#q3 .order li > span").Select(s => s.TextContent));
        }
    }

    private static async Task<IHtmlDocument> Started(QuizCourse course, Browser learner)
    {
        var (status, page, _) = await learner.Submit(await learner.Open(course.Path), "input[name=key]");
        Assert.True(status == HttpStatusCode.OK && page.QuerySelector("form[data-attempt]") is not null, Text(page.Body));
        return page;
    }

    // The right answers as a learner who knows them fills the form, whatever was dealt.
    private async Task<List<(string Name, string Value)>> Right(QuizCourse course, IHtmlDocument page, string name)
    {
        var sheet = (await course.AttemptOf(name)).Sheet;
        var drawn = sheet.Questions[4].Drawn!;
        var version = await world.Db<QuizzesDb, QuestionVersion>(db => db.Versions.AsNoTracking().SingleAsync(v => v.Id == sheet.Questions[4].Version));
        Assert.IsType<Formula>(QuestionBody.Of(version.Body));
        var answers = new List<(string, string)> { ("q1", "1"), ("q2.0", Choice(page, "q2.0", "Headings")), ("q2.1", Choice(page, "q2.1", "Small pictures")) };
        var steps = page.QuerySelectorAll("#q3 .order li > span").Select(s => s.TextContent).ToList();
        foreach (var (step, position) in ((string[])["Check the licence", "Change it", "Name the author"]).Select((s, i) => (s, i + 1)))
            answers.Add((FieldsHtml.Part("q3", steps.IndexOf(step)), position.ToString(CultureInfo.InvariantCulture)));
        answers.AddRange([("q4.0", Choice(page, "q4.0", "retained")), ("q4.1", "Revised"), ("q4.2", "0"), ("q4.2", "1"), ("q4.3", "1,000")]);
        answers.Add(("q5", (drawn[0] * drawn[1] / 1000).ToString(CultureInfo.InvariantCulture) + " GB"));
        return answers;
    }

    private static string Choice(IHtmlDocument page, string field, string words) =>
        ((IHtmlSelectElement)page.QuerySelector($"[name='{field}']")!).Options.Single(o => o.Text == words).Value;

    private static string Text(INode? node) => string.Join(' ', (node?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
