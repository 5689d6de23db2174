using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.Quizzes.Grading;

namespace MoocPlatform.Quizzes.Writing;

/// <summary>A quiz as its author wrote it: settings and questions with the places where each part stands. Still Markdown.</summary>
internal sealed record QuizText(QuizSettings Settings, Passage Intro, IReadOnlyList<QuestionText> Questions);

/// <summary>Which of several attempts counts.</summary>
internal enum GradePolicy
{
    Best,
    First,
    Last,
    Average,
}

/// <summary>The settings that belong to Quizzes. Title, minutes, completion and dates belong to Courses and are only checked here.</summary>
/// <param name="Attempts">How many attempts a learner has; 0: any number.</param>
/// <param name="Pass">Percent of the points needed.</param>
/// <param name="TimeLimit">Minutes; null: none.</param>
/// <param name="Shuffle">Whether options are shown in an order of each attempt's own.</param>
internal sealed record QuizSettings(string Title, int Attempts, int Pass, GradePolicy Grade, int? TimeLimit, bool Shuffle)
{
    public static readonly QuizSettings Default = new("", 0, 60, GradePolicy.Best, null, false);
}

/// <summary>A question as written.</summary>
internal sealed record QuestionText
{
    public required string Name { get; init; }

    /// <summary>Stable identity within the quiz.</summary>
    public required string Id { get; init; }

    /// <summary>Line of its heading.</summary>
    public required int Line { get; init; }

    public required string Kind { get; init; }

    public decimal Points { get; init; } = 1;

    public TickRule Rule { get; init; }

    public string? Unit { get; init; }

    public bool CaseSensitive { get; init; }

    public Passage Prompt { get; } = new();

    public List<OptionText> Options { get; } = [];

    public List<KeyText> Keys { get; } = [];

    public Passage Feedback { get; } = new();

    public List<Passage> Hints { get; } = [];
}

/// <summary>An option line with what is indented below it.</summary>
internal sealed record OptionText(bool Right)
{
    public Passage Text { get; } = new();

    public Passage Feedback { get; } = new();
}

/// <summary>A line that begins with <c>=</c>.</summary>
internal sealed record KeyText(decimal Fraction, string Pattern, NumericKey? Number)
{
    public Passage Feedback { get; } = new();
}

/// <summary>Lines cut out of the text that remember where they stood.</summary>
internal sealed class Passage
{
    private readonly List<(string Text, int Line, int Column)> lines = [];

    public bool IsEmpty => lines.All(l => string.IsNullOrWhiteSpace(l.Text));

    public bool IsOneLine => lines.Count(l => !string.IsNullOrWhiteSpace(l.Text)) == 1;

    public string Text => string.Join('\n', lines.Select(l => l.Text)).Trim('\n');

    /// <param name="text">The line, or its end.</param>
    /// <param name="line">From 1.</param>
    /// <param name="column">Where the text begins in its line, from 1.</param>
    public void Add(string text, int line, int column)
    {
        if (lines.Count > 0 || !string.IsNullOrWhiteSpace(text)) // empty lines before the first say nothing
            lines.Add((text, line, column));
    }

    /// <summary>The place in the whole text of a place in this passage.</summary>
    public (int Line, int Column) Place(int line, int column)
    {
        if (lines.Count == 0)
            return (1, 1);
        var at = lines[Math.Clamp(line - 1, 0, lines.Count - 1)];
        return (at.Line, at.Column + Math.Max(1, column) - 1);
    }
}

/// <summary>What was found wrong, in the order of finding.</summary>
internal sealed class Problems
{
    /// <summary>More would help nobody.</summary>
    private const int Most = 100;

    private readonly List<QuizProblem> found = [];

    public bool Any => found.Count > 0;

    public void Add(int line, int column, string message, params IReadOnlyList<string> arguments)
    {
        if (found.Count < Most)
            found.Add(new(line, column, message, arguments));
    }

    public IReadOnlyList<QuizProblem> InOrder() => [.. found.OrderBy(p => p.Line).ThenBy(p => p.Column)];
}
