using System.Globalization;
using System.Text;

namespace MoocPlatform.Quizzes.Writing;

/// <summary>
/// Writes a quiz so that the parser reads the same quiz. What would mean something where it stands and does not come from the parser
/// (an import, a form) gets a backslash before it: Markdown shows it as it was.
/// </summary>
internal static class QuizWriter
{
    public static string Write(QuizText quiz)
    {
        var text = new StringBuilder("---\n").Append(quiz.Front).Append("\n---\n");
        foreach (var line in Lines(quiz.Intro, ""))
            text.Append(line).Append('\n');
        foreach (var question in quiz.Questions)
            text.Append('\n').Append(Write(question));
        return text.ToString();
    }

    /// <summary>One question, from its heading, with a line end behind it.</summary>
    public static string Write(QuestionText question) => Write(question, Lines(question), Units(question), question.UnitPenalty is { } penalty ? Percent.Write(penalty) : null);

    /// <summary>The same for a form, which has some parts as they were typed.</summary>
    /// <param name="lines">Variables or gaps, as <see cref="Lines(QuestionText)"/> gives them.</param>
    /// <param name="units">As in <c>units="…"</c>; null: none.</param>
    /// <param name="penalty">Percent lost without a unit; null: nothing.</param>
    public static string Write(QuestionText question, string? lines, string? units, string? penalty)
    {
        var text = new StringBuilder(512);
        var name = Words(question.Name).Replace('{', '(').Replace('}', ')');
        text.Append("## ").Append(name).Append(" {");
        if (QuestionHeading.Slug(name) != question.Id)
            text.Append('#').Append(question.Id).Append(' ');
        Settings(text, question, units, penalty);
        text.Append("}\n");
        if (question.Kind == Kinds.Draw)
            return text.ToString();
        foreach (var line in Lines(question.Prompt, question.Kind))
            text.Append(line).Append('\n');
        text.Append('\n');

        if (!string.IsNullOrWhiteSpace(lines))
            text.Append(lines.ReplaceLineEndings("\n").Trim('\n')).Append('\n');
        Answers(text, question);

        if (!question.Feedback.IsEmpty)
            Quote(text.Append('\n'), question.Feedback, "");
        foreach (var hint in question.Hints.Where(h => !h.IsEmpty))
            Quote(text.Append("\n!"), hint, "");
        return text.ToString();
    }

    /// <summary>The lines of a formula's variables or of a text's gaps.</summary>
    public static string Lines(QuestionText question)
    {
        var text = new StringBuilder();
        foreach (var variable in question.Variables)
            text.Append("{{").Append(variable.Name).Append("}}: ").Append(Words(variable.Definition)).Append('\n');
        foreach (var (gap, i) in question.Gaps.Select((g, i) => (g, i)))
        {
            text.Append(i > 0 ? "\n{{" : "{{").Append(gap.Name).Append("}}: ");
            Settings(text, gap, Units(gap), gap.UnitPenalty is { } penalty ? Percent.Write(penalty) : null);
            text.Append('\n');
            Answers(text, gap);
        }

        return text.ToString();
    }

    /// <summary>"GB = 1000, kB = 0.001"; null: no other unit.</summary>
    public static string? Units(QuestionText question) =>
        question.Units.Count == 0 ? null : string.Join(", ", question.Units.Select(u => $"{u.Name} = {Number(u.Factor)}"));

    private static void Settings(StringBuilder text, QuestionText question, string? units, string? penalty)
    {
        text.Append(question.Kind);
        Add("points", question.Points == 1 ? null : Number(question.Points));
        Add("weight", question.Weight == 1 ? null : Number(question.Weight));
        Add("grading", question.Grading);
        Add("shuffle", question.Shuffle switch { true => "true", false => "false", _ => null });
        Add("case", question.CaseSensitive ? "true" : null);
        Add("unit", question.Unit);
        Add("units", units);
        Add("unitpenalty", penalty is null ? null : penalty.TrimEnd('%') + "%");
        Add("tag", question.Tag.Length == 0 ? null : question.Tag);
        Add("count", question.Count == 1 ? null : Number(question.Count));
        Add("pool", question.Pool ? "true" : null);
        Add("origin", question.Origin);
        Add("tags", question.Tags.Count == 0 ? null : string.Join(", ", question.Tags));

        void Add(string key, string? value)
        {
            if (value is not null)
                text.Append(' ').Append(key).Append('=').Append(value.Contains(' ', StringComparison.Ordinal) || value.Length == 0 ? Quoted(value) : value.Replace("\"", "", StringComparison.Ordinal));
        }
    }

    private static string Quoted(string value) => $"\"{Words(value).Replace("\"", "", StringComparison.Ordinal)}\"";

    private static void Answers(StringBuilder text, QuestionText question)
    {
        foreach (var (option, i) in question.Options.Select((o, i) => (o, i)))
        {
            var mark = option.Part is { } part ? Percent.Write(part) + "%" : option.Right ? "x" : " ";
            text.Append(question.Kind switch
            {
                Kinds.Ordering => string.Create(CultureInfo.InvariantCulture, $"{i + 1}. "),
                Kinds.Multiple => $"- [{mark}] ",
                _ => $"- ({mark}) ",
            });
            Option(text, option);
            Below(text, option.Feedback);
        }

        foreach (var key in question.Keys)
        {
            var pattern = Words(key.Pattern);
            var percent = pattern.IndexOf("% ", StringComparison.Ordinal);
            if (key.Fraction != 1 || (percent > 0 && decimal.TryParse(pattern.AsSpan(0, percent), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)))
                pattern = $"{Percent.Write(key.Fraction)}% {pattern}";
            text.Append("= ").Append(pattern).Append('\n');
            Below(text, key.Feedback);
        }

        foreach (var pair in question.Pairs)
        {
            var (stem, answer) = (Side(pair.Stem), Side(pair.Answer));
            text.Append(stem.Length > 0 ? $"= {stem} -> {answer}\n" : $"= -> {answer}\n");
            Below(text, pair.Feedback);
        }
    }

    private static void Option(StringBuilder text, OptionText option)
    {
        var (first, fence) = (true, default(Fence));
        foreach (var line in option.Text.Text.Split('\n'))
        {
            var inCode = !first && fence.Goes(line, 1);
            if (!first && !inCode && string.IsNullOrWhiteSpace(line))
                continue;
            var trimmed = line.TrimStart();
            var safe = first ? (default(Fence).Goes(trimmed, 1) ? "\\" : "") + trimmed.TrimEnd()
                : !inCode && trimmed.StartsWith('>') ? line[..^trimmed.Length] + "\\" + trimmed : line;
            if (first && safe.EndsWith(QuestionReader.Pin, StringComparison.Ordinal) && !safe.EndsWith('\\' + QuestionReader.Pin, StringComparison.Ordinal))
                safe = safe[..^QuestionReader.Pin.Length] + '\\' + QuestionReader.Pin;
            if (first && option.Pinned)
                safe += " " + QuestionReader.Pin;
            text.Append(first || safe.Length == 0 ? "" : "  ").Append(safe).Append('\n');
            first = false;
        }

        if (fence.OpenSince > 0)
            text.Append("  ").Append(fence.Closing).Append('\n');
    }

    private static void Below(StringBuilder text, Passage feedback)
    {
        if (!feedback.IsEmpty)
            Quote(text, feedback, "  ");
    }

    private static void Quote(StringBuilder text, Passage passage, string indent)
    {
        var fence = default(Fence);
        foreach (var line in passage.Text.Split('\n'))
        {
            fence.Goes(line, 1);
            text.Append(indent).Append(line.Length == 0 ? ">" : "> " + line).Append('\n');
        }

        if (fence.OpenSince > 0)
            text.Append(indent).Append("> ").Append(fence.Closing).Append('\n');
    }

    // The lines of an introduction (no type) or a prompt.
    private static IEnumerable<string> Lines(Passage passage, string kind)
    {
        if (passage.IsEmpty)
            yield break;
        var fence = default(Fence);
        foreach (var line in passage.Text.Split('\n'))
            yield return fence.Goes(line, 1) ? line : Safe(line, kind);
        if (fence.OpenSince > 0)
            yield return fence.Closing;
    }

    private static string Safe(string line, string kind)
    {
        var trimmed = line.TrimStart(' ');
        var indent = line.Length - trimmed.Length;
        if (line.StartsWith("## ", StringComparison.Ordinal) || line.StartsWith("# ", StringComparison.Ordinal) || line.TrimEnd() == "##")
            return "\\" + line;
        if (kind.Length == 0 || indent >= 4)
            return line;
        if (kind == Kinds.Ordering && QuestionReader.ItemMark().IsMatch(trimmed))
            return line.Insert(line.IndexOf('.', StringComparison.Ordinal), "\\");
        var means = trimmed.StartsWith("!>", StringComparison.Ordinal)
            || QuestionReader.OptionMark().IsMatch(trimmed)
            || (kind is Kinds.Cloze or Kinds.Formula && QuestionReader.Definition().IsMatch(trimmed))
            || (trimmed.StartsWith('=') && !trimmed.StartsWith("==", StringComparison.Ordinal));
        return means ? line[..indent] + "\\" + trimmed : line;
    }

    private static string Side(Passage side) => Words(side.Text).Replace("\\->", "->", StringComparison.Ordinal).Replace("->", "\\->", StringComparison.Ordinal);

    /// <summary>On one line, without spaces around.</summary>
    private static string Words(string text) => text.ReplaceLineEndings(" ").Trim();

    private static string Number(decimal number) => number.ToString("0.##############", CultureInfo.InvariantCulture);
}
