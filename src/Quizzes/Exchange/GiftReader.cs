using System.Globalization;
using System.Text.RegularExpressions;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Exchange;

/// <summary>Reads GIFT as Moodle 5.1 reads it (docs.moodle.org, GIFT format). Essays and descriptions have no key and are not taken.</summary>
internal sealed partial class GiftReader
{
    private const int LongestTitle = 60;

    private readonly Harvest harvest = new();
    private readonly HashSet<string> lost = new(StringComparer.Ordinal);
    private GiftBlock block = null!;
    private string title = "";
    private string format = "";

    public static Imported Read(string file)
    {
        var reader = new GiftReader();
        foreach (var next in GiftBlocks.Of(file))
        {
            reader.block = next;
            if (++reader.harvest.Met <= Harvest.MostQuestions)
                reader.Question();
        }

        return reader.harvest.Result();
    }

    private void Question()
    {
        lost.Clear();
        var text = block.Text;
        title = "";
        if (Title().Match(text) is { Success: true } named)
            (title, text) = (GiftBlocks.Show(named.Groups[1].Value).Trim(), text[named.Length..].TrimStart());
        (format, text) = Format(text, "moodle");

        var (open, close) = (text.IndexOf('{', StringComparison.Ordinal), text.IndexOf('}', StringComparison.Ordinal));
        if (title.Length == 0)
            title = Beginning(open >= 0 ? text[..open] : text);
        if (open < 0 && close < 0)
        {
            Left("This is a text without a question.");
            return;
        }

        if (open < 0 || close < open)
        {
            Left("A brace is missing: the answers stand between { and }.");
            return;
        }

        var answers = text[(open + 1)..close].Trim();
        var tail = text[(close + 1)..];
        var blank = tail.Trim().Length == 0 ? "" : format == "markdown" ? "\\_\\_\\_\\_\\_" : "_____";
        var (general, feedbackAt) = ("", answers.LastIndexOf("####", StringComparison.Ordinal));
        if (feedbackAt >= 0)
            (general, answers) = (answers[(feedbackAt + 4)..].Trim(), answers[..feedbackAt].Trim());
        var question = new QuestionText
        {
            Name = title,
            Id = "",
            Line = block.Line,
            Kind = "",
            Tags = block.Tags,
            Prompt = Passage.Of(Words(text[..open] + blank + tail)),
            Feedback = Passage.Of(Feedback(general)),
        };
        if (Answers(question, answers) is { } made)
        {
            harvest.Take(made);
            if (lost.Count > 0)
                harvest.Changed(block.Line, title, "Not taken with it: {0}.", string.Join(", ", lost.Order()));
        }
    }

    private QuestionText? Answers(QuestionText question, string answers) => answers switch
    {
        "" => Left("An essay is not graded by itself."),
        ['#', ..] => Numeric(question, answers[1..].Trim()),
        _ when answers.Contains('~', StringComparison.Ordinal) => Choice(question, answers),
        _ when answers.Contains('=', StringComparison.Ordinal) && answers.Contains("->", StringComparison.Ordinal) => Matching(question, answers),
        _ when answers.Split('#')[0].Trim() is "T" or "TRUE" or "F" or "FALSE" => TrueFalse(question, answers),
        _ => Short(question, answers),
    };

    private QuestionText? Choice(QuestionText question, string answers)
    {
        var parts = Parts(answers.Replace("=", "~=", StringComparison.Ordinal), '~');
        if (parts.Count < 2)
            return Left("There are fewer than two answers to choose from.");
        var options = parts.ConvertAll(part =>
        {
            var (worth, rest) = part[0] == '=' ? (1m, part[1..].Trim()) : Weight(part, 0);
            var (text, feedback) = Comment(rest);
            return (text, worth, feedback);
        });
        return Exchange.Parts.Choice(question, answers.Contains('=', StringComparison.Ordinal), options);
    }

    private QuestionText Short(QuestionText question, string answers)
    {
        var made = question with { Kind = Kinds.Short };
        foreach (var part in Parts(answers, '='))
        {
            var (worth, rest) = Weight(part, 1);
            var (text, feedback) = Comment(rest, plain: true);
            made.Keys.Add(Exchange.Parts.Words(text, worth, feedback));
        }

        return made;
    }

    private QuestionText? Matching(QuestionText question, string answers)
    {
        var made = question with { Kind = Kinds.Matching };
        foreach (var part in Parts(answers, '='))
        {
            var arrow = part.IndexOf("->", StringComparison.Ordinal);
            if (arrow < 0)
                return Left("Between the two sides of a pair stands an arrow: = France -> Paris.");
            var answer = OneLine(GiftBlocks.Show(part[(arrow + 2)..]));
            if (Format(part, format).Format != "markdown")
                answer = PlainMarkdown.Escape(answer);
            made.Pairs.Add(new PairText { Stem = Passage.Of(OneLine(Words(part[..arrow]))), Answer = Passage.Of(answer) });
        }

        return made;
    }

    private QuestionText TrueFalse(QuestionText question, string answers)
    {
        var parts = answers.Split('#');
        var right = parts[0].Trim()[0] == 'T' ? "true" : "false";
        var made = question with { Kind = Kinds.TrueFalse };
        made.Keys.Add(new KeyText(1, right) { Feedback = Passage.Of(Feedback(parts.Length > 2 ? string.Join('#', parts[2..]) : "")) });
        if (parts.Length > 1 && parts[1].Trim().Length > 0)
            made.Keys.Add(new KeyText(0, right == "true" ? "false" : "true") { Feedback = Passage.Of(Feedback(parts[1])) });
        return made;
    }

    private QuestionText? Numeric(QuestionText question, string answers)
    {
        var (wrong, tilde) = ("", answers.IndexOf('~', StringComparison.Ordinal));
        if (tilde >= 0)
            (wrong, answers) = (Comment(answers[(tilde + 1)..]).Feedback, answers[..tilde]);
        var made = question with { Kind = Kinds.Numeric };
        foreach (var part in Parts(answers, '='))
        {
            var (worth, rest) = Weight(part, 1);
            var (text, feedback) = Comment(rest, plain: true);
            var key = text.IndexOf("..", StringComparison.Ordinal) is > 0 and var dots
                ? Range(text[..dots], text[(dots + 2)..], worth, feedback)
                : text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon
                    ? Exchange.Parts.Number(text[..colon], text[(colon + 1)..], worth, feedback)
                    : Exchange.Parts.Number(text, "", worth, feedback);
            if (key is null)
                return Left("“{0}” is not a number with its tolerance.", text);
            made.Keys.Add(key);
        }

        if (wrong.Length > 0)
            made.Keys.Add(new KeyText(0, "*") { Feedback = Passage.Of(wrong) });
        return made;
    }

    private static KeyText? Range(string low, string high, decimal worth, string feedback) =>
        Exchange.Parts.Decimal(low) is { } least && Exchange.Parts.Decimal(high) is { } most && least <= most
            ? new KeyText(Math.Clamp(worth, 0, 1), $"{Exchange.Parts.Show(least)}..{Exchange.Parts.Show(most)}") { Feedback = Passage.Of(feedback) }
            : null;

    private static List<string> Parts(string answers, char at) => [.. answers.Split(at, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    // "%50%rest"
    private static (decimal Worth, string Words) Weight(string part, decimal usual) => Percent().Match(part) is { Success: true } match
        && Writing.Percent.Read(match.Groups[1].Value.Replace("--", "-", StringComparison.Ordinal)) is { } worth ? (worth, part[match.Length..].Trim()) : (usual, part);

    // "answer#feedback"
    private (string Text, string Feedback) Comment(string part, bool plain = false)
    {
        var hash = part.IndexOf('#', StringComparison.Ordinal);
        var (text, feedback) = hash < 0 ? (part, "") : (part[..hash], part[(hash + 1)..]);
        return (plain ? GiftBlocks.Show(text).Trim() : Words(text), Feedback(feedback));
    }

    private string Feedback(string text) => text.Trim().Length == 0 ? "" : Words(text);

    // In the format named before it, or else that of the question.
    private string Words(string text)
    {
        var (own, rest) = Format(text.Trim(), format);
        var shown = GiftBlocks.Show(rest).Trim();
        return ForeignText.Markdown(own == "markdown" ? shown.Replace(GiftBlocks.Arrow, "->", StringComparison.Ordinal) : shown, own, lost);
    }

    private static (string Format, string Words) Format(string text, string usual) => Formats().Match(text) is { Success: true } match
        ? (match.Groups[1].Value, text[match.Length..].TrimStart())
        : (usual, text);

    private static string OneLine(string text) => text.Replace("\\\n", " ", StringComparison.Ordinal).ReplaceLineEndings(" ").Trim();

    private static string Beginning(string text)
    {
        var words = OneLine(HtmlTags().Replace(GiftBlocks.Show(Format(text, "").Words), " "));
        return words.Length <= LongestTitle ? words : words[..LongestTitle].TrimEnd() + "…";
    }

    private QuestionText? Left(string message, params IReadOnlyList<string> arguments)
    {
        harvest.Left(block.Line, title, message, arguments);
        return null;
    }

    [GeneratedRegex(@"^::(?<title>.*?)::", RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Title();

    [GeneratedRegex(@"^\[(?<format>html|moodle|plain|markdown)\]", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Formats();

    [GeneratedRegex(@"^%(?<part>-*[0-9]{1,3}\.?[0-9]*)%", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Percent();

    [GeneratedRegex("<[^<>]*>", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex HtmlTags();
}
