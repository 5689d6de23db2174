using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Exchange;

/// <summary>What is right in a question of Moodle's XML, type by type.</summary>
internal static partial class MoodleAnswers
{
    /// <summary>The question with its answers, or why there is none.</summary>
    public static (QuestionText? Question, string? Wrong) Of(QuestionText question, MoodleQuestion source) => source.Type switch
    {
        "multichoice" => Choice(question, source),
        "truefalse" => TrueFalse(question, source),
        "shortanswer" => Short(question, source),
        "numerical" => Numeric(question, source),
        "matching" => Matching(question, source),
        "cloze" => ClozeText.Read(question, source.Text("questiontext"), MoodleQuestion.Format(source.All("questiontext").DefaultIfEmpty(new XElement("x")).First()), source.Lost),
        "gapselect" or "ddwtos" => Select(question, source),
        "ordering" => Ordering(question, source),
        _ => (null, "Questions of the type “{0}” are not known here."),
    };

    private static (QuestionText?, string?) Choice(QuestionText question, MoodleQuestion source)
    {
        var options = new List<(string, decimal, string)>();
        foreach (var answer in source.All("answer"))
        {
            if (Fraction(answer) is not { } worth)
                return (null, "An answer has a grade that is no percentage from -100 to 100.");
            options.Add((source.Markdown(answer), worth, source.Markdown(answer.Element("feedback"))));
        }

        var made = Parts.Choice(question, source.Text("single").Trim() is not ("false" or "0"), options);
        return (made with { Shuffle = source.Text("shuffleanswers").Trim() switch { "false" or "0" => false, _ => null } }, null);
    }

    private static (QuestionText?, string?) TrueFalse(QuestionText question, MoodleQuestion source)
    {
        var made = question with { Kind = Kinds.TrueFalse };
        foreach (var answer in source.All("answer").OrderByDescending(a => Fraction(a) ?? 0))
        {
            var word = MoodleQuestion.Inner(answer).Trim().ToLowerInvariant();
            var feedback = Passage.Of(source.Markdown(answer.Element("feedback")));
            if (word is "true" or "false" && (Fraction(answer) is > 0 || !feedback.IsEmpty))
                made.Keys.Add(new KeyText(Fraction(answer) is > 0 ? 1 : 0, word) { Feedback = feedback });
        }

        return (made, null);
    }

    private static (QuestionText?, string?) Short(QuestionText question, MoodleQuestion source)
    {
        var made = question with { Kind = Kinds.Short, CaseSensitive = source.Flag("usecase") };
        foreach (var answer in source.All("answer"))
        {
            if (Fraction(answer) is not { } worth)
                return (null, "An answer has a grade that is no percentage from -100 to 100.");
            if (worth > 0 || answer.Element("feedback") is not null)
                made.Keys.Add(Parts.Words(MoodleQuestion.Inner(answer).Trim(), worth, source.Markdown(answer.Element("feedback"))));
        }

        return (made, null);
    }

    private static (QuestionText?, string?) Numeric(QuestionText question, MoodleQuestion source)
    {
        var units = source.All("units").SelectMany(u => u.Elements("unit"))
            .Select(u => (Name: u.Element("unit_name")?.Value.Trim() ?? "", Factor: Parts.Decimal(u.Element("multiplier")?.Value ?? "") ?? 0)).Where(u => u.Name.Length > 0).ToList();
        var own = units.Find(u => u.Factor == 1).Name;
        var made = question with
        {
            Kind = Kinds.Numeric,
            Unit = own,
            // Moodle multiplies our way round: so many of the other make one of its own.
            Units = [.. units.Where(u => u.Name != own && u.Factor > 0).Select(u => new Grading.UnitFactor(u.Name, 1 / u.Factor))],
        };
        foreach (var answer in source.All("answer"))
        {
            if (Fraction(answer) is not { } worth)
                return (null, "An answer has a grade that is no percentage from -100 to 100.");
            if (Parts.Number(MoodleQuestion.Inner(answer), answer.Element("tolerance")?.Value ?? "", worth, source.Markdown(answer.Element("feedback"))) is not { } key)
                return (null, "A number or its tolerance cannot be read.");
            made.Keys.Add(key);
        }

        return (made, null);
    }

    private static (QuestionText?, string?) Matching(QuestionText question, MoodleQuestion source)
    {
        var made = question with { Kind = Kinds.Matching, Shuffle = source.Text("shuffleanswers").Trim() switch { "false" or "0" => false, _ => null } };
        foreach (var pair in source.All("subquestion"))
        {
            if (pair.Element("answer") is not { } answer || MoodleQuestion.Inner(answer).Trim().Length == 0)
                continue;
            var words = MoodleQuestion.Format(pair) == "markdown" ? MoodleQuestion.Inner(answer).Trim() : PlainMarkdown.Escape(MoodleQuestion.Inner(answer).Trim());
            made.Pairs.Add(new PairText { Stem = Passage.Of(source.OneLine(pair)), Answer = Passage.Of(words.ReplaceLineEndings(" ")) });
        }

        return (made, null);
    }

    // [[2]]: a choice among all answers of the group of the second.
    private static (QuestionText?, string?) Select(QuestionText question, MoodleQuestion source)
    {
        var choices = source.All(source.Type == "ddwtos" ? "dragbox" : "selectoption").Select(c => (Text: PlainMarkdown.Of(MoodleQuestion.Inner(c).Trim()), Group: c.Element("group")?.Value.Trim() ?? "1")).ToList();
        var made = question with { Kind = Kinds.Cloze };
        var text = SelectGap().Replace(source.Text("questiontext"), match =>
        {
            var right = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) - 1;
            if (right < 0 || right >= choices.Count)
                return match.Value;
            var name = string.Create(CultureInfo.InvariantCulture, $"g{made.Gaps.Count + 1}");
            var gap = new QuestionText { Name = name, Id = name, Line = question.Line, Kind = Kinds.Single };
            gap.Options.AddRange(choices.Select((c, i) => (c, i)).Where(c => c.c.Group == choices[right].Group).Select(c => new OptionText(c.i == right) { Text = Passage.Of(c.c.Text) }));
            made.Gaps.Add(gap);
            return $"\uE020{name}\uE021";
        });
        var prompt = ForeignText.Markdown(text, MoodleQuestion.Format(source.All("questiontext").DefaultIfEmpty(new XElement("x")).First()), source.Lost);
        var whole = made with { Prompt = Passage.Of(new StringBuilder(prompt).Replace("\uE020", "{{").Replace("\uE021", "}}").ToString()) };
        return (whole, null);
    }

    private static (QuestionText?, string?) Ordering(QuestionText question, MoodleQuestion source)
    {
        var grading = source.Text("gradingtype").Trim() switch { "ALL_OR_NOTHING" or "-1" => "all", "RELATIVE_NEXT_EXCLUDE_LAST" or "RELATIVE_NEXT_INCLUDE_LAST" or "1" or "2" => "next", "LONGEST_ORDERED_SUBSET" or "5" => "longest", _ => null };
        var made = question with { Kind = Kinds.Ordering, Grading = grading };
        foreach (var answer in source.All("answer").OrderBy(a => Parts.Decimal(a.Attribute("fraction")?.Value ?? "") ?? 0))
            made.Options.Add(new OptionText(true) { Text = Passage.Of(source.Markdown(answer)) });
        return (made, null);
    }

    private static decimal? Fraction(XElement answer) => Percent.Read(answer.Attribute("fraction")?.Value.Trim() ?? "0");

    [GeneratedRegex(@"\[\[(?<place>[0-9]{1,3})\]\]", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SelectGap();
}
