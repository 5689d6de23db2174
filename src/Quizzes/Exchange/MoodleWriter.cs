using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Exchange;

/// <summary>Writes Moodle's question XML, its texts in Markdown.</summary>
internal sealed partial class MoodleWriter(ICollection<Note> notes)
{
    private QuestionText question = null!;

    public static string Write(QuizText quiz, ICollection<Note> notes)
    {
        var writer = new MoodleWriter(notes);
        var root = new XElement("quiz", quiz.Questions.Select(writer.Question));
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + root + "\n";
    }

    private XElement? Question(QuestionText asked)
    {
        question = asked;
        if (question.Kind == Kinds.Draw)
            return Left(KeyWords.NoDraws);
        var type = question.Kind switch
        {
            Kinds.Single or Kinds.Multiple => "multichoice",
            Kinds.TrueFalse => "truefalse",
            Kinds.Short => "shortanswer",
            Kinds.Numeric => "numerical",
            Kinds.Matching => "matching",
            Kinds.Ordering => "ordering",
            Kinds.Cloze => "cloze",
            _ => "",
        };
        if (type.Length == 0)
            return Left("Moodle XML cannot hold questions of the type {0}.", question.Kind);
        if (Answers() is not { } answers)
            return null;
        var prompt = question.Kind == Kinds.Cloze ? Gaps() : question.Prompt.Text;
        if (prompt is null)
            return null;
        return new XElement("question", new XAttribute("type", type),
            new XElement("name", Plain(question.Name)),
            Text("questiontext", prompt),
            Text("generalfeedback", question.Feedback.Text),
            question.Kind == Kinds.Cloze ? null : new XElement("defaultgrade", Parts.Show(question.Points)),
            new XElement("penalty", "0.3333333"),
            new XElement("hidden", "0"),
            answers,
            question.Hints.Select(h => Text("hint", h.Text)),
            question.Tags.Count == 0 ? null : new XElement("tags", question.Tags.Select(t => new XElement("tag", Plain(t)))));
    }

    private IEnumerable<object>? Answers() => question.Kind switch
    {
        Kinds.Single => [new XElement("single", "true"), Shuffle(), .. question.Options.Select(o => Answer(o.Part ?? (o.Right ? 1 : 0), o.Text.Text, o.Feedback))],
        Kinds.Multiple => Weights.Of(question) is { } worth
            ? [new XElement("single", "false"), Shuffle(), .. question.Options.Select((o, i) => Answer(worth[i], o.Text.Text, o.Feedback))]
            : LeftOut("Moodle XML has no question where all of several answers must be ticked to get anything."),
        Kinds.TrueFalse => [.. new[] { "true", "false" }.Select(w => (Word: w, Key: question.Keys.Find(k => k.Pattern == w))).Select(w => Answer(w.Key?.Fraction ?? (1 - question.Keys[0].Fraction), w.Word, w.Key?.Feedback ?? new Passage(), plain: true))],
        Kinds.Short => Keys([new XElement("usecase", question.CaseSensitive ? "1" : "0")], k => k.Text is { } words && KeyWords.Text(words) is { } pattern ? Answer(k.Fraction, pattern, k.Feedback, plain: true) : null),
        Kinds.Numeric => Keys(Units(), k => k.Number is { } number && KeyWords.Number(number) is var (value, tolerance) ? Answer(k.Fraction, value, k.Feedback, plain: true, tolerance) : null),
        Kinds.Matching => Matching(),
        Kinds.Ordering => [new XElement("selecttype", "ALL"), new XElement("gradingtype", Grading()), .. question.Options.Select((o, i) => Answer((i + 1) / 100m, o.Text.Text, o.Feedback))],
        _ => [],
    };

    private XElement Shuffle()
    {
        if (question.Options.Any(o => o.Pinned))
            Say(NoteKind.Changed, "Moodle XML cannot pin an option to its place.");
        return new XElement("shuffleanswers", question.Shuffle == false ? "false" : "true");
    }

    private string Grading() => question.Grading switch { "all" => "ALL_OR_NOTHING", "next" => "RELATIVE_NEXT_EXCLUDE_LAST", "longest" => "LONGEST_ORDERED_SUBSET", _ => "ABSOLUTE_POSITION" };

    private IEnumerable<object> Units()
    {
        if (question.UnitPenalty is not null)
            Say(NoteKind.Changed, "What a missing unit costs is not written.");
        var units = question.Units.Select(u => Unit(u.Name, 1 / u.Factor));
        if (question.Unit is { } own)
            units = units.Prepend(Unit(own, 1));
        return question.Unit is null && question.Units.Count == 0 ? [] : [new XElement("units", units)];
    }

    private static XElement Unit(string name, decimal multiplier) => new("unit", new XElement("multiplier", Parts.Show(multiplier)), new XElement("unit_name", name));

    private IEnumerable<object>? Keys(IEnumerable<object> begin, Func<KeyText, XElement?> write)
    {
        var written = question.Keys.Select(k => (Key: k, Element: write(k))).ToList();
        if (written.TrueForAll(k => k.Element is null || k.Key.Fraction < 1))
            return LeftOut("Regular expressions, letters that may be wrong and significant figures are not known there.");
        if (written.Exists(k => k.Element is null))
            Say(NoteKind.Changed, "Regular expressions, letters that may be wrong and significant figures are not known there.");
        return [.. begin, .. written.Select(k => k.Element).OfType<XElement>()];
    }

    private IEnumerable<object>? Matching()
    {
        if (question.Grading == "all")
            return LeftOut("Moodle XML has no question where all pairs must be right to get anything.");
        if (question.Pairs.Any(p => !p.Feedback.IsEmpty))
            Say(NoteKind.Changed, "Moodle XML has no feedback for a pair.");
        return
        [
            new XElement("shuffleanswers", question.Shuffle == false ? "false" : "true"),
            .. question.Pairs.Select(p => new XElement("subquestion", new XAttribute("format", "markdown"), Plain(p.Stem.Text), new XElement("answer", Plain(p.Answer.Text)))),
        ];
    }

    // Null: a gap cannot be said.
    private string? Gaps()
    {
        if (question.Points != question.Gaps.Sum(g => g.Weight))
            Say(NoteKind.Changed, "In Moodle the points of a text with gaps are those of its gaps.");
        var gaps = question.Gaps.ToDictionary(g => g.Name, ClozeText.Write, StringComparer.Ordinal);
        if (gaps.Values.Any(g => g is null))
        {
            Say(NoteKind.Left, "One of its gaps cannot be written in this format.");
            return null;
        }

        return GapMark().Replace(question.Prompt.Text, m => gaps.GetValueOrDefault(m.Groups[1].Value) ?? m.Value);
    }

    private static XElement Answer(decimal worth, string text, Passage feedback, bool plain = false, string? tolerance = null) => new("answer",
        new XAttribute("fraction", Percent.Write(worth)), new XAttribute("format", plain ? "moodle_auto_format" : "markdown"), Plain(text),
        tolerance is null ? null : new XElement("tolerance", tolerance),
        feedback.IsEmpty ? null : Text("feedback", feedback.Text));

    private static XElement Text(string name, string markdown) => new(name, new XAttribute("format", "markdown"), Plain(markdown));

    private static XElement Plain(string words) => new("text", Invalid().Replace(words, "\uFFFD"));

    private XElement? Left(string message, params IReadOnlyList<string> arguments)
    {
        Say(NoteKind.Left, message, arguments);
        return null;
    }

    private IEnumerable<object>? LeftOut(string message)
    {
        Say(NoteKind.Left, message);
        return null;
    }

    private void Say(NoteKind kind, string message, params IReadOnlyList<string> arguments) => notes.Add(new(kind, question.Line, question.Name, message, arguments));

    // What XML 1.0 has no place for.
    [GeneratedRegex(@"[\x00-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Invalid();

    [GeneratedRegex(@"(?<!\\)\{\{(?<name>[A-Za-z][A-Za-z0-9_]{0,19})\}\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex GapMark();
}
