using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.Quizzes.Grading;
using MoocPlatform.Quizzes.Writing;
using Xunit;

namespace MoocPlatform.Quizzes.Tests.Writing;

/// <summary>What docs/quiz-format.md promises, element by element.</summary>
public sealed class QuizTextTests
{
    private const string Settings = "---\ntitle: Five permissions\nkind: quiz\n---\n";

    private const string Example = """
        ---
        title: "Quiz: the five permissions"
        kind: quiz
        minutes: 10
        complete: taken
        attempts: 3
        pass: 60
        grade: average
        timeLimit: 30
        shuffle: true
        opens: { day: 7, time: "08:00" }
        due: { day: 20, time: "23:59" }
        ---
        Five questions. Your answers are saved as you give them.

        ## Free to translate {#free-to-translate single points=1}
        Which of these may you translate and share **without asking**?

        - ( ) A worksheet marked CC BY-ND
          > ND means no derivatives, and a translation is one.
        - (x) A worksheet marked CC BY
          > Yes: name the author,
          > and say that you translated it.
        - ( ) A worksheet without a licence

        > Look for the letters ND before you translate.

        !> Think of the letters.
        !> And of their meaning.

        ## Video for all {multiple points=2.5 grading=penalty}
        Which make a video usable by everyone?

        - [x] Captions
        - [X] A transcript
        - [ ] Background music

        ## Traffic {#traffic numeric points=1 unit="MB a day"}
        A file of 12.58 MB goes to 250 pupils. How many MB travel in all?

        = 3145 +- 0.5
          > Exactly.
        = 50% 3000 ± 10%
        = 0% -10..20

        ## Rights ended {#rights-ended short case=true}
        What do we call works whose rights have ended?

        = public domain
        = 50% *domain
          > Which domain?
        """;

    [Fact]
    public void Settings_are_read()
    {
        var settings = Good(Example).Settings;
        Assert.Equal(new QuizSettings("Quiz: the five permissions", 3, 60, GradePolicy.Average, 30, true), settings);
    }

    [Fact]
    public void Settings_that_are_not_written_have_their_defaults()
    {
        var settings = Good(Settings + "## A {short}\nWhy?\n= so").Settings;
        Assert.Equal(new QuizSettings("Five permissions", 0, 60, GradePolicy.Best, null, false), settings);
    }

    [Fact]
    public void A_single_choice_has_options_feedback_general_feedback_and_hints()
    {
        var question = Assert.IsType<SingleChoice>(Good(Example).Questions[0].Body);
        Assert.Equal("<p>Which of these may you translate and share <strong>without asking</strong>?</p>", question.Prompt);
        Assert.Equal([false, true, false], question.Options.Select(o => o.Right));
        Assert.Equal("A worksheet marked CC BY-ND", question.Options[0].Html);
        Assert.Equal("<p>ND means no derivatives, and a translation is one.</p>", question.Options[0].Feedback);
        Assert.Equal("<p>Yes: name the author,\nand say that you translated it.</p>", question.Options[1].Feedback);
        Assert.Null(question.Options[2].Feedback);
        Assert.Equal("<p>Look for the letters ND before you translate.</p>", question.Feedback);
        Assert.Equal(["<p>Think of the letters.</p>", "<p>And of their meaning.</p>"], question.Hints);
    }

    [Fact]
    public void A_multiple_choice_has_points_and_a_rule()
    {
        var question = Assert.IsType<MultipleChoice>(Good(Example).Questions[1].Body);
        Assert.Equal((2.5m, TickRule.Penalty), (question.Points, question.Rule));
        Assert.Equal([true, true, false], question.Options.Select(o => o.Right));
    }

    [Fact]
    public void A_number_has_tolerances_ranges_parts_and_a_unit()
    {
        var question = Assert.IsType<Numeric>(Good(Example).Questions[2].Body);
        Assert.Equal("MB a day", question.Unit);
        Assert.Equal(
            [new(3144.5m, 3145.5m, 3145, 1, "<p>Exactly.</p>"), new(2700, 3300, 3000, 0.5m), new(-10, 20, null, 0)], question.Keys);
    }

    [Fact]
    public void A_short_text_has_keys_with_parts()
    {
        var question = Assert.IsType<ShortText>(Good(Example).Questions[3].Body);
        Assert.True(question.CaseSensitive);
        Assert.Equal([new("public domain", 1), new("*domain", 0.5m, "<p>Which domain?</p>")], question.Keys);
    }

    [Fact]
    public void A_question_is_known_by_its_id_or_by_its_name() =>
        Assert.Equal(["free-to-translate", "video-for-all", "traffic", "rights-ended"], Good(Example).Questions.Select(q => q.Id));

    [Theory]
    [InlineData("Ce e „Școală liberă”?", "ce-e-scoala-libera")]
    [InlineData("50 % of it", "50-of-it")]
    public void A_name_becomes_an_id(string name, string id) => Assert.Equal(id, Good($"{Settings}## {name} {{short}}\nWhy?\n= so").Questions[0].Id);

    [Fact]
    public void Inside_code_nothing_has_a_meaning()
    {
        var quiz = Good(Settings + "## Code {single}\nWhat does this do?\n\n```markdown\n## Not a question {single}\n- ( ) not an option\n```\n\n- (x) It shows code\n  ```\n  - ( ) neither\n  ```\n- ( ) Nothing");
        var question = Assert.IsType<SingleChoice>(Assert.Single(quiz.Questions).Body);
        Assert.Contains("not an option", question.Prompt, StringComparison.Ordinal);
        Assert.Equal(2, question.Options.Count);
        Assert.Contains("neither", question.Options[0].Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quotation_before_the_answers_belongs_to_the_prompt()
    {
        var question = Good(Settings + "## Quote {short}\nWho said it?\n\n> I think.\n\n= Descartes").Questions[0].Body;
        Assert.Contains("<blockquote>", question.Prompt, StringComparison.Ordinal);
        Assert.Null(question.Feedback);
    }

    [Fact]
    public void Lists_and_level_three_headings_belong_to_the_prompt()
    {
        var question = Assert.IsType<SingleChoice>(Good(Settings + "## List {single}\n### Part\n- one\n- two\n\nWhich?\n\n- (x) one\n- ( ) two").Questions[0].Body);
        Assert.Contains("<li>two</li>", question.Prompt, StringComparison.Ordinal);
        Assert.Equal(2, question.Options.Count);
    }

    [Fact]
    public void Pictures_come_from_the_files_of_the_course()
    {
        var course = Guid.CreateVersion7();
        var problems = new Problems();
        var quiz = QuizCompiler.Read(Settings + "## A {short}\n![A plant](assets/plant.png \"A plant. By Ana, CC BY 4.0\")\n\nWhat is it?\n\n= plant", course, problems);
        Assert.Empty(problems.InOrder());
        Assert.Contains($"\"/assets/{course:N}/plant.png\"", quiz.Questions[0].Body.Prompt, StringComparison.Ordinal);
    }

    [Fact]
    public void Windows_line_ends_and_a_byte_order_mark_change_nothing() =>
        Assert.Equal(Good(Example).Questions.Select(q => q.Body.Keep()), Good('\uFEFF' + Example.ReplaceLineEndings("\r\n")).Questions.Select(q => q.Body.Keep()));

    [Fact]
    public void A_question_survives_being_kept() =>
        Assert.All(Good(Example).Questions, q => Assert.Equal(q.Body.Keep(), QuestionBody.Of(q.Body.Keep()).Keep()));

    [Theory]
    [InlineData("## A {short}\nWhy?\n= so", 1, 1, "A quiz begins with its settings between two lines of ---.")]
    [InlineData("---\ntitle: x", 1, 1, "The settings do not end. Add a line of --- after them.")]
    [InlineData("---\n- x\n---\n", 2, 1, "Settings are lines such as “attempts: 2”.")]
    [InlineData("---\nkind: quiz\n---\n", 2, 1, "The setting “title” is missing.")]
    [InlineData("---\ntitle: x\n---\n", 2, 1, "The setting “kind” is missing.")]
    [InlineData("---\ntitle: x\nkind: lesson\n---\n", 3, 7, "Here should stand: quiz.")]
    [InlineData("---\ntitle: x\nkind: quiz\nminutes: many\n---\n", 4, 10, "Here should stand: a whole number from 1 to 600.")]
    [InlineData("---\ntitle: x\nkind: quiz\ncomplete: read\n---\n", 4, 11, "Here should stand: taken or passed.")]
    [InlineData("---\ntitle: x\nkind: quiz\nattempts: -1\n---\n", 4, 11, "Here should stand: a whole number from 0 (no limit) to 100.")]
    [InlineData("---\ntitle: x\nkind: quiz\npass: 101\n---\n", 4, 7, "Here should stand: a percentage from 0 to 100.")]
    [InlineData("---\ntitle: x\nkind: quiz\ngrade: 1\n---\n", 4, 8, "Here should stand: best, first, last or average.")]
    [InlineData("---\ntitle: x\nkind: quiz\ntimeLimit: 0\n---\n", 4, 12, "Here should stand: whole minutes from 1 to 10080.")]
    [InlineData("---\ntitle: x\nkind: quiz\nshuffle: yes\n---\n", 4, 10, "Here should stand: true or false.")]
    [InlineData("---\ntitle: x\nkind: quiz\nopens: 7\n---\n", 4, 1, "Here should stand: a day and a time, such as { day: 7, time: \"08:00\" }.")]
    [InlineData("---\ntitle: x\nkind: quiz\ndue: { day: -7, time: \"08:00\" }\n---\n", 4, 13, "Here should stand: whole days from 0 to 3650.")]
    [InlineData("---\ntitle: x\nkind: quiz\ndue: { day: 7, time: \"24:00\" }\n---\n", 4, 16, "Here should stand: a day and a time, such as { day: 7, time: \"08:00\" }.")]
    [InlineData("---\ntitle: x\nkind: quiz\npass: [60]\n---\n", 4, 1, "Here should stand: one value.")]
    [InlineData("---\ntitle: x\nkind: quiz\ncolour: red\n---\n", 4, 1, "There is no setting “colour”.")]
    [InlineData("---\ntitle: x\nkind: quiz\npass: 60\npass: 70\n---\n", 5, 1, "The setting “pass” stands here a second time.")]
    public void Wrong_settings_are_told_with_their_place(string text, int line, int column, string message) =>
        Assert.Contains((line, column, message), Told(text));

    [Fact]
    public void Settings_that_are_not_YAML_are_told_with_their_place() =>
        Assert.Contains(Told("---\ntitle: \"x\nkind: quiz\n---\n## A {short}\nWhy?\n= so"), p => p.Line is 2 or 3 && p.Message.StartsWith("The settings cannot be read here: ", StringComparison.Ordinal));

    [Theory]
    [InlineData("", 5, 1, "There is no question yet. A question begins with ## and its name.")]
    [InlineData("# A {short}\n", 5, 1, "A question begins with ## and its name.")]
    [InlineData("## A\nWhy?", 5, 5, "After the name stand type and settings in braces, such as {single points=1}.")]
    [InlineData("## {short}\nWhy?\n= so", 5, 3, "This question has no name.")]
    [InlineData("## A {points=1}\nWhy?", 5, 6, "The type is missing: single, multiple, truefalse, numeric, short, matching, ordering, cloze, formula, draw.")]
    [InlineData("## A {essay}\nWhy?", 5, 7, "“essay” is not a type of question. Types are single, multiple, truefalse, numeric, short, matching, ordering, cloze, formula, draw.")]
    [InlineData("## A {short numeric}\nWhy?\n= 1", 5, 13, "A question has one type.")]
    [InlineData("## A {#Big short}\nWhy?\n= so", 5, 7, "An identity has small letters, digits and hyphens only, at most 80.")]
    [InlineData("## A {short}\nWhy?\n= so\n\n## A {short}\nWhy?\n= so", 9, 1, "There are two questions with the identity #a.")]
    [InlineData("## A {short points=0}\nWhy?\n= so", 5, 20, "Points are a number above 0 and at most 1000, with a decimal point.")]
    [InlineData("## A {short points=1,5}\nWhy?\n= so", 5, 20, "Points are a number above 0 and at most 1000, with a decimal point.")]
    [InlineData("## A {multiple grading=some}\nWhy?\n- [x] so\n- [ ] no", 5, 24, "Here should stand one of these: partial, all, penalty.")]
    [InlineData("## A {single grading=all}\nWhy?\n- (x) so\n- ( ) no", 5, 14, "“grading” belongs to questions of the type multiple, matching, ordering.")]
    [InlineData("## A {short unit=kg}\nWhy?\n= so", 5, 13, "“unit” belongs to questions of the type numeric, formula.")]
    [InlineData("## A {numeric unit=\"kg}\nWhy?\n= 1", 5, 15, "This quotation does not close.")]
    [InlineData("## A {numeric unit=\"\"}\nWhy?\n= 1", 5, 20, "A unit has 1 to 20 characters.")]
    [InlineData("## A {short case=no}\nWhy?\n= so", 5, 18, "Here should stand one of these: true, false.")]
    [InlineData("## A {short size=9}\nWhy?\n= so", 5, 13, "There is no setting “size”.")]
    [InlineData("## A {short points=1 points=2}\nWhy?\n= so", 5, 22, "The setting “points” stands here a second time.")]
    [InlineData("## A {short}\n\n= so", 5, 1, "This question asks nothing: write its text below the heading.")]
    [InlineData("## A {single}\nWhy?\n- (x) so", 5, 1, "A question of the type single has at least two options: lines such as “- ( ) text”.")]
    [InlineData("## A {single}\nWhy?\n- (x) so\n- (x) no", 5, 1, "Exactly one option is right: mark it with (x).")]
    [InlineData("## A {multiple}\nWhy?\n- [x] so", 5, 1, "A question of the type multiple has at least two options: lines such as “- [ ] text”.")]
    [InlineData("## A {multiple}\nWhy?\n- [ ] so\n- [ ] no", 5, 1, "At least one option is right: mark it with [x].")]
    [InlineData("## A {single}\nWhy?\n- [x] so\n- ( ) no", 7, 1, "Options such as “- [x]” belong to questions of the type multiple.")]
    [InlineData("## A {short}\nWhy?\n- (x) so", 7, 1, "Options such as “- (x)” belong to questions of the type single.")]
    [InlineData("## A {single}\nWhy?\n- (x)\n- ( ) no", 7, 6, "This option has no text.")]
    [InlineData("## A {single}\nWhy?\n- (x) so\n- ( ) no\n= so", 9, 1, "Lines that begin with = belong to questions of the type truefalse, numeric, short, matching, formula.")]
    [InlineData("## A {short}\nWhy?", 5, 1, "What is right is missing: a line that begins with =.")]
    [InlineData("## A {short}\nWhy?\n= 50% so", 5, 1, "No answer gives all the points.")]
    [InlineData("## A {short}\nWhy?\n=", 7, 2, "After = stands what is right.")]
    [InlineData("## A {short}\nWhy?\n= so\n= 101% so", 8, 3, "A part of the points is from 0% to 100%.")]
    [InlineData("## A {numeric}\nWhy?\n= 3,5", 7, 3, "“3,5” is not a number. Write it with a decimal point and without thousands marks.")]
    [InlineData("## A {numeric}\nWhy?\n= 3 +- -1", 7, 3, "“-1” is not a tolerance. Write +- 0.5, or +- 2%.")]
    [InlineData("## A {numeric}\nWhy?\n= 3..x", 7, 3, "“3..x” is not a range. Write it as 10..20, with decimal points.")]
    [InlineData("## A {numeric}\nWhy?\n= 3..2", 7, 3, "This range ends before it begins.")]
    [InlineData("## A {short}\nWhy?\n= so\nMore", 8, 1, "After the answers stands feedback only: begin the line with >.")]
    [InlineData("## A {short}\nWhy?\n= so\n  More", 8, 3, "Below an answer stands its feedback: begin with >.")]
    [InlineData("## A {short}\nWhy?\n= so\n\n> Because\n\n= or so", 11, 1, "Answers stand before the feedback.")]
    [InlineData("## A {short}\nWhy?\n!> Guess\n= so", 7, 1, "Hints stand after the answers.")]
    [InlineData("## A {short}\nWhy?\n```\n= so", 7, 1, "This code block does not close.")]
    public void Wrong_questions_are_told_with_their_place(string text, int line, int column, string message) =>
        Assert.Contains((line, column, message), Told(Settings + text));

    [Fact]
    public void What_the_renderer_finds_is_told_at_its_place_in_the_whole_text()
    {
        Assert.Contains(Told(Settings + "## A {single}\nWhy?\n\n- (x) so\n- ( ) no\n  > Because $$x$ is open"), p => p.Line == 10 && p.Message.Contains("formula", StringComparison.Ordinal));
    }

    [Fact]
    public void Too_long_a_text_is_told_and_nothing_else() =>
        Assert.Equal([(1, 1, "A quiz has at most 1,000,000 characters.")], Told(new string('x', 1_000_001)));

    [Fact]
    public void A_thousand_questions_are_read_and_one_more_is_told()
    {
        var text = Settings + string.Concat(Enumerable.Range(1, 1001).Select(i => $"## Q{i} {{short}}\nWhy?\n= so\n\n"));
        Assert.Equal([(5 + (1000 * 4), 1, "A quiz has at most 1000 questions.")], Told(text));
    }

    [Fact]
    public void Settings_that_nest_without_end_are_told()
    {
        Assert.NotEmpty(Told("---\ntitle: x\nkind: quiz\npass: " + new string('[', 15_000) + "\n---\n"));
        Assert.NotEmpty(Told("---\na: &a [x]\nb: [*a, *a]\n---\n"));
    }

    [Fact]
    public void The_demo_course_has_no_problem()
    {
        var folder = Path.Combine(Root(), "src/Host/Demo/oer-in-practice/sections");
        var quizzes = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories).Where(f => File.ReadAllText(f).Contains("\nkind: quiz", StringComparison.Ordinal)).ToList()
            : [];
        Assert.All(quizzes, file => Assert.Empty(Told(File.ReadAllText(file))));
    }

    [Fact]
    public void A_gap_stands_in_code_which_is_coloured_around_it()
    {
        var quiz = Good(Settings + "## Loop {#loop cloze points=1}\n```python\nfor i in {{what}}(3):\n    print(\"{{other}}\")\n```\n\n{{what}}: short\n= range\n\n{{other}}: short\n= x\n");
        var prompt = quiz.Questions[0].Body.Prompt;
        Assert.Contains($"<span class=\"k\">in</span> {Cloze.Open}0{Cloze.Close}(<span class=\"n\">3</span>)", prompt, StringComparison.Ordinal);
        Assert.Contains($"<span class=\"s\">&quot;{Cloze.Open}1{Cloze.Close}&quot;</span>", prompt, StringComparison.Ordinal);
    }

    private static CompiledQuiz Good(string text)
    {
        var problems = new Problems();
        var quiz = QuizCompiler.Read(text, null, problems);
        Assert.Empty(problems.InOrder());
        return quiz;
    }

    private static List<(int Line, int Column, string Message)> Told(string text)
    {
        var problems = new Problems();
        QuizCompiler.Read(text, null, problems);
        return [.. problems.InOrder().Select(p => (p.Line, p.Column, Say(p)))];
    }

    private static string Say(QuizProblem problem) =>
        string.Format(System.Globalization.CultureInfo.InvariantCulture, problem.Message, [.. problem.Arguments]);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MoocPlatform.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
