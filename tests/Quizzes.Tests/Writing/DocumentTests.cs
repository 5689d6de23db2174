using System.Text.RegularExpressions;
using MoocPlatform.Quizzes.Writing;
using Xunit;

namespace MoocPlatform.Quizzes.Tests.Writing;

/// <summary>docs/quiz-format.md is true: each example in it is read without a problem, and written back.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void Every_example_of_the_document_is_read_and_written_back()
    {
        var examples = Examples();
        Assert.True(examples.Count >= 12, $"Only {examples.Count} examples were found.");
        foreach (var example in examples)
        {
            var quiz = Read(example);
            Assert.Equal(quiz.Questions.Select(QuizWriter.Write), Read(QuizWriter.Write(quiz)).Questions.Select(QuizWriter.Write));
        }
    }

    [Fact]
    public void The_document_has_an_example_of_every_type()
    {
        var shown = Examples().SelectMany(e => Read(e).Questions).Select(q => q.Kind).Distinct();
        Assert.Empty(Kinds.All.Except(shown));
    }

    [Fact]
    public void The_quizzes_of_the_demo_course_use_every_type()
    {
        var folder = Path.Combine(Root(), "src/Host/Demo/oer-in-practice/sections");
        var quizzes = Directory.EnumerateFiles(folder, "*quiz*.md", SearchOption.AllDirectories).Select(f => Read(File.ReadAllText(f))).ToList();
        Assert.Equal(6, quizzes.Count);
        Assert.Empty(Kinds.All.Except(quizzes.SelectMany(q => q.Questions).Select(q => q.Kind)));
        Assert.Empty(Kinds.Gaps.Except(quizzes.SelectMany(q => q.Questions).SelectMany(q => q.Gaps).Select(g => g.Kind)));
    }

    private static QuizText Read(string text)
    {
        var problems = new Problems();
        QuizCompiler.Read(text, null, problems);
        Assert.True(!problems.Any, text + string.Join('\n', problems.InOrder().Select(p => $"{p.Line}:{p.Column} {p.Message}")));
        return QuizParser.Parse(text, new Problems());
    }

    private static List<string> Examples() =>
    [
        .. Block().Matches(File.ReadAllText(Path.Combine(Root(), "docs/quiz-format.md")).ReplaceLineEndings("\n")).Select(m => m.Groups["text"].Value)
            .Select(text => text.StartsWith("---", StringComparison.Ordinal) ? text : "---\ntitle: Example\nkind: quiz\n---\n" + text),
    ];

    [GeneratedRegex(@"^```markdown\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MoocPlatform.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
