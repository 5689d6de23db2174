using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.Quizzes.Grading;

namespace MoocPlatform.Quizzes.Writing;

/// <summary>A quiz as its author wrote it: settings and questions with the places where each part stands. Still Markdown.</summary>
/// <param name="Front">The lines between the two <c>---</c>, as they were written: what the writer gives back.</param>
internal sealed record QuizText(QuizSettings Settings, Passage Intro, IReadOnlyList<QuestionText> Questions, string Front = "");

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

    /// <summary>Minutes between the end of an attempt and the start of the next; 0: none.</summary>
    public int Wait { get; init; }

    public FeedbackMode Feedback { get; init; }

    /// <summary>Tries at each question when feedback is interactive, 1 to 10.</summary>
    public int Tries { get; init; } = 3;

    /// <summary>Percent of a question's points that each wrong try costs.</summary>
    public decimal Penalty { get; init; } = 33;

    public ReviewTable Review { get; init; } = ReviewTable.Default;

    /// <summary>The highest first.</summary>
    public IReadOnlyList<BandText> Bands { get; init; } = [];
}

/// <summary>A question as written; or a gap of one, which has no prompt and no points.</summary>
internal sealed record QuestionText
{
    /// <summary>The heading; of a gap the word in its braces.</summary>
    public required string Name { get; init; }

    /// <summary>Stable identity within the quiz.</summary>
    public required string Id { get; init; }

    /// <summary>Line of its heading.</summary>
    public required int Line { get; init; }

    /// <summary>One of <see cref="Kinds.All"/>; empty or "?" when that was told as a problem.</summary>
    public required string Kind { get; init; }

    public decimal Points { get; init; } = 1;

    /// <summary>Of a gap: what it counts beside the others.</summary>
    public decimal Weight { get; init; } = 1;

    /// <summary>For the team, to find and to draw questions by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Whether it is there to be drawn only, and not asked by itself.</summary>
    public bool Pool { get; init; }

    /// <summary>The question of the course that it was copied from, such as <c>quiz-one/free</c>; null: it was not.</summary>
    public string? Origin { get; init; }

    /// <summary>Of a draw: the tag of the questions that it draws.</summary>
    public string Tag { get; init; } = "";

    /// <summary>Of a draw: how many.</summary>
    public int Count { get; init; } = 1;

    /// <summary>One of <see cref="Kinds.Gradings"/>; null: not said.</summary>
    public string? Grading { get; init; }

    /// <summary>Null: as the quiz says.</summary>
    public bool? Shuffle { get; init; }

    public string? Unit { get; init; }

    public IReadOnlyList<UnitFactor> Units { get; init; } = [];

    /// <summary>Part of the points that is lost without a unit; null: none is needed.</summary>
    public decimal? UnitPenalty { get; init; }

    public bool CaseSensitive { get; init; }

    public Passage Prompt { get; init; } = new();

    /// <summary>Options to choose from; of an ordering its items in the right order.</summary>
    public List<OptionText> Options { get; } = [];

    /// <summary>Lines of what is right.</summary>
    public List<KeyText> Keys { get; } = [];

    public List<PairText> Pairs { get; } = [];

    public List<QuestionText> Gaps { get; } = [];

    public List<VariableText> Variables { get; } = [];

    public Passage Feedback { get; init; } = new();

    public List<Passage> Hints { get; } = [];
}

/// <summary>An option line with what is indented below it.</summary>
/// <param name="Part">What it is worth, −1 to 1, if that is written; null: <c>x</c> or a space.</param>
internal sealed record OptionText(bool Right, decimal? Part = null, bool Pinned = false)
{
    public Passage Text { get; init; } = new();

    public Passage Feedback { get; init; } = new();
}

/// <summary>A line that begins with <c>=</c>.</summary>
/// <param name="Pattern">What stands behind the part of the points, as it was written.</param>
internal sealed record KeyText(decimal Fraction, string Pattern)
{
    /// <summary>Of a numeric question, unless it could not be read.</summary>
    public NumericKey? Number { get; init; }

    /// <summary>Of a formula, unless it could not be read.</summary>
    public FormulaKey? Formula { get; init; }

    /// <summary>Of a short text.</summary>
    public TextKey? Text { get; init; }

    public Passage Feedback { get; init; } = new();

    /// <summary>The pattern of a short text that means these words and nothing else: no wildcard, no expression, no distance.</summary>
    public static string Literally(string words, bool wildcards = false)
    {
        var pattern = words.Replace("\\", "\\\\", StringComparison.Ordinal);
        if (!wildcards)
            pattern = pattern.Replace("*", "\\*", StringComparison.Ordinal);
        if (pattern.StartsWith('/'))
            pattern = "\\" + pattern;
        return pattern.Replace(" ~", " \\~", StringComparison.Ordinal);
    }
}

/// <summary>A line such as <c>= France -> Paris</c>. An empty first side: an answer that belongs to nothing.</summary>
internal sealed record PairText
{
    public Passage Stem { get; init; } = new();

    public Passage Answer { get; init; } = new();

    public Passage Feedback { get; init; } = new();
}

/// <summary>A line such as <c>{{size}}: 5..20 step 0.5</c>.</summary>
/// <param name="Definition">What stands behind the colon, as it was written.</param>
internal sealed record VariableText(string Name, string Definition)
{
    /// <summary>Null: it could not be read.</summary>
    public Variable? Value { get; init; }
}

/// <summary>Lines cut out of the text that remember where they stood.</summary>
internal sealed class Passage
{
    private readonly List<(string Text, int Line, int Column)> lines = [];

    public bool IsEmpty => lines.All(l => string.IsNullOrWhiteSpace(l.Text));

    public string Text => string.Join('\n', lines.Select(l => l.Text)).Trim('\n');

    /// <param name="text">The line, or its end.</param>
    /// <param name="line">From 1.</param>
    /// <param name="column">Where the text begins in its line, from 1.</param>
    public void Add(string text, int line, int column)
    {
        if (lines.Count > 0 || !string.IsNullOrWhiteSpace(text)) // empty lines before the first say nothing
            lines.Add((text, line, column));
    }

    /// <summary>A passage from nowhere, such as a form.</summary>
    public static Passage Of(string text)
    {
        var passage = new Passage();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
            passage.Add(line, 1, 1);
        return passage;
    }

    /// <summary>The same lines changed one by one.</summary>
    /// <param name="change">Gets text, line and column.</param>
    public Passage With(Func<string, int, int, string> change)
    {
        var passage = new Passage();
        foreach (var (text, line, column) in lines)
            passage.Add(change(text, line, column), line, column);
        return passage;
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
