using System.Text;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Exchange;

/// <summary>Writes GIFT, its texts in Markdown.</summary>
internal sealed class GiftWriter(ICollection<Note> notes)
{
    private readonly StringBuilder text = new();
    private QuestionText question = null!;

    public static string Write(QuizText quiz, ICollection<Note> notes)
    {
        var writer = new GiftWriter(notes);
        foreach (var asked in quiz.Questions)
            writer.Question(asked);
        return writer.text.ToString();
    }

    private void Question(QuestionText asked)
    {
        question = asked;
        if (Answers() is not { } answers)
            return;
        foreach (var tag in question.Tags)
            text.Append("// [tag:").Append(tag.Replace("]", "\\]", StringComparison.Ordinal)).Append("]\n");
        text.Append("::").Append(GiftBlocks.Escape(question.Name)).Append("::[markdown]").Append(Escape(question.Prompt)).Append("{\n").Append(answers);
        if (!question.Feedback.IsEmpty)
            text.Append("####").Append(Escape(question.Feedback).Replace("->", GiftBlocks.Arrow, StringComparison.Ordinal)).Append('\n');
        text.Append("}\n\n");
        if (question.Points != 1 || question.Hints.Count > 0 || question.Shuffle is not null)
            Say(NoteKind.Changed, "GIFT has no points, hints or settings of the order.");
    }

    private string? Answers() => question.Kind switch
    {
        Kinds.Single => Lines(question.Options.Select(o => Option(o, (o.Part ?? (o.Right ? 1 : 0)) == 1 ? "=" : Worth(o.Part ?? 0)))),
        Kinds.Multiple => Weights.Of(question) is { } worth
            ? Lines(question.Options.Select((o, i) => Option(o, Worth(worth[i]))))
            : Left("GIFT has no question where all of several answers must be ticked to get anything."),
        Kinds.TrueFalse => TrueFalse(),
        Kinds.Short => Keys("", question.Keys.Select(k => (Key: k, Words: k.Text is { } words ? KeyWords.Text(words) : null)).Select(k => (k.Key, k.Words is null ? null : GiftBlocks.Escape(k.Words)))),
        Kinds.Numeric => Keys("#\n", question.Keys.Select(k => (k, k.Number is { } number ? Number(number) : null))),
        Kinds.Matching => Matching(),
        Kinds.Draw => Left(KeyWords.NoDraws),
        _ => Left("GIFT has no questions of the type {0}.", question.Kind),
    };

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(l => l + "\n"));

    private static string Option(OptionText option, string mark) => mark + "[markdown]" + Escape(option.Text) + Below(option.Feedback);

    private static string Worth(decimal worth) => worth == 0 ? "~" : $"~%{Percent.Write(worth)}%";

    private string TrueFalse()
    {
        var right = question.Keys.First(k => k.Fraction == 1);
        var wrong = question.Keys.FirstOrDefault(k => k.Fraction != 1);
        var (ifRight, ifWrong) = (Escape(right.Feedback), wrong is null ? "" : Escape(wrong.Feedback));
        var word = right.Pattern == "true" ? "TRUE" : "FALSE";
        return ifRight.Length > 0 ? $"{word}#{ifWrong}#{ifRight}\n" : ifWrong.Length > 0 ? $"{word}#{ifWrong}\n" : word + "\n";
    }

    private string? Keys(string begin, IEnumerable<(KeyText Key, string? Words)> keys)
    {
        var said = keys.ToList();
        if (said.Exists(k => k.Words?.Contains("->", StringComparison.Ordinal) == true))
            return Left("GIFT takes an arrow in an answer for a pair.");
        if (said.TrueForAll(k => k.Words is null || k.Key.Fraction < 1))
            return Left("Regular expressions, letters that may be wrong and significant figures are not known there.");
        if (said.Exists(k => k.Words is null))
            Say(NoteKind.Changed, "Regular expressions, letters that may be wrong and significant figures are not known there.");
        if (question.CaseSensitive || question.Unit is not null || question.Units.Count > 0)
            Say(NoteKind.Changed, "GIFT has no units, and capitals never count.");
        return begin + Lines(said.Where(k => k.Words is not null).Select(k => (k.Key.Fraction == 1 ? "=" : $"=%{Percent.Write(k.Key.Fraction)}%") + k.Words + Below(k.Key.Feedback).Replace("->", GiftBlocks.Arrow, StringComparison.Ordinal)));
    }

    private static string? Number(Grading.NumericKey key) => key is { Value: null, Anything: false, Figures: null }
        ? $"{Parts.Show(key.Low)}..{Parts.Show(key.High)}"
        : KeyWords.Number(key) is var (value, tolerance) ? value == "*" || tolerance == "0" ? value : $"{value}:{tolerance}" : null;

    private string? Matching()
    {
        if (question.Grading == "all")
            return Left("GIFT has no question where all pairs must be right to get anything.");
        if (question.Pairs.Any(p => !p.Feedback.IsEmpty))
            Say(NoteKind.Changed, "GIFT has no feedback for a pair.");
        return Lines(question.Pairs.Select(p => $"=[markdown]{Arrowless(Escape(p.Stem))} -> {Arrowless(Escape(p.Answer))}"));
    }

    // A minus that is a character of its own shows the same arrow and is none.
    private static string Arrowless(string words) => words.Replace("->", "\u2192", StringComparison.Ordinal);

    private static string Below(Passage feedback) => feedback.IsEmpty ? "" : "#[markdown]" + Escape(feedback);

    private static string Escape(Passage passage) => GiftBlocks.Escape(passage.Text);

    private string? Left(string message, params IReadOnlyList<string> arguments)
    {
        Say(NoteKind.Left, message, arguments);
        return null;
    }

    private void Say(NoteKind kind, string message, params IReadOnlyList<string> arguments) => notes.Add(new(kind, question.Line, question.Name, message, arguments));
}
