namespace MoocPlatform.Quizzes.Writing;

/// <summary>
/// Reads a quiz written in Markdown (docs/quiz-format.md), line by line, in time linear in its length. Whatever the text, it returns
/// what it understood, and a problem with line and column for everything else.
/// </summary>
internal sealed class QuizParser
{
    public const int LongestText = 1_000_000;

    private const int MostQuestions = 1000;
    private const int LongestFrontMatter = 20_000;

    private readonly string[] lines;
    private readonly Problems problems;
    private readonly Passage intro = new();
    private readonly List<QuestionText> questions = [];
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);

    private int number; // of the line being read, from 1
    private string front = "";
    private Fence fence;

    private QuizParser(string text, Problems problems)
    {
        this.problems = problems;
        lines = text.ReplaceLineEndings("\n").Split('\n');
    }

    public static QuizText Parse(string text, Problems problems)
    {
        if (text.Length <= LongestText)
            return new QuizParser(text.TrimStart('\uFEFF'), problems).Parse();
        problems.Add(1, 1, "A quiz has at most {0} characters.", "1,000,000");
        return new QuizText(QuizSettings.Default, new Passage(), []);
    }

    private QuizText Parse()
    {
        var settings = ReadSettings();
        QuestionReader? question = null;
        for (; number < lines.Length; number++)
        {
            var line = lines[number];
            var inCode = fence.Goes(line, number + 1);
            if (!inCode && IsHeading(line))
            {
                question?.End();
                question = Begin(line);
            }
            else if (question is not null)
            {
                question.Read(line, number + 1, inCode);
            }
            else
            {
                if (!inCode && line.StartsWith("# ", StringComparison.Ordinal))
                    problems.Add(number + 1, 1, "A question begins with ## and its name.");
                intro.Add(line, number + 1, 1);
            }
        }

        question?.End();
        if (fence.OpenSince > 0)
            problems.Add(fence.OpenSince, 1, "This code block does not close.");
        if (questions.Count == 0)
            problems.Add(lines.Length, 1, "There is no question yet. A question begins with ## and its name.");
        if (questions.Count > MostQuestions)
            problems.Add(questions[MostQuestions].Line, 1, "A quiz has at most {0} questions.", "1000");
        return new QuizText(settings, intro, questions, front);
    }

    private QuizSettings ReadSettings()
    {
        var end = lines[0].TrimEnd() == "---" ? Array.FindIndex(lines, 1, l => l.TrimEnd() == "---") : -1;
        if (end < 0)
        {
            problems.Add(1, 1, lines[0].TrimEnd() == "---" ? "The settings do not end. Add a line of --- after them." : "A quiz begins with its settings between two lines of ---.");
            return QuizSettings.Default;
        }

        number = end + 1;
        var yaml = front = string.Join('\n', lines[1..end]);
        if (yaml.Length <= LongestFrontMatter)
            return new FrontMatter(problems).Read(yaml, 2);
        problems.Add(1, 1, "The settings are too long.");
        return QuizSettings.Default;
    }

    private static bool IsHeading(string line) => line.StartsWith("## ", StringComparison.Ordinal) || line.TrimEnd() == "##";

    private QuestionReader Begin(string line)
    {
        var question = new QuestionHeading(line, number + 1, problems).Read();
        if (!ids.Add(question.Id))
            problems.Add(number + 1, 1, "There are two questions with the identity #{0}.", question.Id);
        questions.Add(question);
        return new QuestionReader(question, problems);
    }
}
