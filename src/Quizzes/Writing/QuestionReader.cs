using System.Text.RegularExpressions;
using MoocPlatform.Quizzes.Grading;

namespace MoocPlatform.Quizzes.Writing;

/// <summary>Reads the lines of one question: prompt, then answers, then feedback and hints.</summary>
internal sealed partial class QuestionReader
{
    internal const string Pin = "{pin}";

    private const int MostAnswers = 100;
    private const int MostGaps = 50;

    private readonly QuestionText question;
    private readonly Problems problems;
    private QuestionText target; // the question, or the gap whose answers are being read
    private Passage? last; // feedback of the answer line read last
    private Passage? open; // text of the option read last, which may go on
    private bool answers; // whether the answers have begun
    private bool after; // whether they are over
    private bool lost; // whether something was already said of a line that belongs nowhere
    private bool hinting;

    public QuestionReader(QuestionText question, Problems problems) => (this.question, target, this.problems) = (question, question, problems);

    public void Read(string line, int number, bool inCode)
    {
        var trimmed = line.TrimStart(' ');
        var indent = line.Length - trimmed.Length;
        if (inCode && !answers)
        {
            question.Prompt.Add(line, number, 1);
        }
        else if (!after && answers && (indent >= 2 || (inCode && trimmed.Length == 0)))
        {
            Below(line, trimmed, indent, number, inCode);
        }
        else if (!inCode && indent < 4 && AnswerLine(trimmed, indent, number))
        {
            if (after)
                problems.Add(number, indent + 1, "Answers stand before the feedback.");
            answers = true;
        }
        else if (!inCode && trimmed.StartsWith("!>", StringComparison.Ordinal))
        {
            Hint(trimmed, indent, number);
        }
        else if (!answers)
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
                problems.Add(number, 1, "A question begins with ## and its name.");
            question.Prompt.Add(line, number, 1);
        }
        else if (trimmed.StartsWith('>'))
        {
            after = true;
            Quote(hinting ? question.Hints[^1] : question.Feedback, trimmed, indent, number);
        }
        else if (trimmed.Length == 0)
        {
            hinting = false;
            question.Feedback.Add("", number, 1);
        }
        else if (!lost)
        {
            lost = true;
            problems.Add(number, indent + 1, "After the answers stands feedback only: begin the line with >.");
        }
    }

    /// <summary>The question is over: what is missing?</summary>
    public void End() => new QuestionCheck(problems).Check(question);

    private bool AnswerLine(string text, int indent, int number) =>
        GapLine(text, indent, number) || OptionLine(text, indent, number) || ItemLine(text, indent, number) || KeyLine(text, indent, number);

    // "{{name}}: short case=true" · "{{name}}: 5..20 step 0.5"
    private bool GapLine(string text, int indent, int number)
    {
        if (question.Kind is not (Kinds.Cloze or Kinds.Formula) || Definition().Match(text) is not { Success: true } match)
            return false;
        var (name, behind) = (match.Groups["name"].Value, match.Length);
        if (question.Gaps.Any(g => g.Name == name) || question.Variables.Any(v => v.Name == name))
            problems.Add(number, indent + 1, "“{0}” stands here a second time.", name);
        if (question.Kind == Kinds.Cloze)
        {
            target = new QuestionHeading(new string(' ', indent) + text, number, problems).ReadGap(name, indent + behind);
            question.Gaps.Add(target);
            if (question.Gaps.Count == MostGaps + 1)
                problems.Add(number, indent + 1, "A text has at most {0} gaps.", "50");
        }
        else
        {
            question.Variables.Add(new VariableReader(name, text[behind..], number, indent + behind + 1, problems).Read(question.Variables));
        }

        (last, open) = (null, null);
        return true;
    }

    // "- (x) text", "- [ ] text", "- (50%) text {pin}"
    private bool OptionLine(string text, int indent, int number)
    {
        if (OptionMark().Match(text) is not { Success: true } mark || (mark.Groups["open"].Value == "(") != (mark.Groups["close"].Value == ")"))
            return false;

        var wanted = mark.Groups["open"].Value == "(" ? Kinds.Single : Kinds.Multiple;
        if (target.Kind != wanted && target.Kind is not ("" or "?"))
            problems.Add(number, indent + 1, "Options such as “{0}” belong to questions of the type {1}.", mark.Value.TrimEnd(), wanted);

        var worth = mark.Groups["worth"].Value;
        var part = worth.EndsWith('%') ? Percent.Read(worth.AsSpan(0, worth.Length - 1)) : null;
        if (part is null && worth.EndsWith('%'))
            problems.Add(number, indent + 4, "What an option is worth is from -100% to 100%.");
        var words = text[mark.Length..].Trim();
        var pinned = words.EndsWith(Pin, StringComparison.Ordinal) && !words.EndsWith('\\' + Pin, StringComparison.Ordinal);
        if (pinned)
            words = words[..^Pin.Length].TrimEnd();
        Option(new OptionText(part is null ? worth is "x" or "X" : part > 0, part, pinned), words, number, indent + text.Length - text[mark.Length..].TrimStart().Length + 1);
        return true;
    }

    // "1. text"
    private bool ItemLine(string text, int indent, int number)
    {
        if (question.Kind != Kinds.Ordering || ItemMark().Match(text) is not { Success: true } mark)
            return false;
        Option(new OptionText(true), text[mark.Length..].Trim(), number, indent + mark.Length + 1);
        return true;
    }

    private void Option(OptionText option, string words, int number, int column)
    {
        if (words.Length == 0)
            problems.Add(number, column, "This option has no text.");
        option.Text.Add(words, number, column);
        target.Options.Add(option);
        (last, open) = (option.Feedback, option.Text);
        if (target.Options.Count == MostAnswers + 1)
            problems.Add(number, 1, "A question has at most {0} answers.", "100");
    }

    // "= 50% 3145 +- 2%", "= France -> Paris"
    private bool KeyLine(string text, int indent, int number)
    {
        if (text.Length == 0 || text[0] != '=' || text.StartsWith("==", StringComparison.Ordinal) || (!Kinds.HasKeys(target.Kind) && text != "=" && !text.StartsWith("= ", StringComparison.Ordinal)))
            return false;
        var reader = new KeyReader(text, indent, number, problems);
        if (target.Kind == Kinds.Matching)
        {
            var pair = reader.ReadPair();
            target.Pairs.Add(pair);
            (last, open) = (pair.Feedback, null);
        }
        else if (Kinds.HasKeys(target.Kind) || target.Kind is "" or "?")
        {
            var key = reader.Read(target);
            target.Keys.Add(key);
            (last, open) = (key.Feedback, null);
        }
        else
        {
            problems.Add(number, indent + 1, "Lines that begin with = belong to questions of the type {0}.", "truefalse, numeric, short, matching, formula");
            return true;
        }

        if (target.Keys.Count + target.Pairs.Count == MostAnswers + 1)
            problems.Add(number, 1, "A question has at most {0} answers.", "100");
        return true;
    }

    // What is indented below an answer: its feedback, or more of an option's text.
    private void Below(string line, string trimmed, int indent, int number, bool inCode)
    {
        var goesOn = open is not null && last!.IsEmpty;
        if (trimmed.StartsWith('>') && last is not null && !(inCode && goesOn))
            Quote(last, trimmed, indent, number);
        else if (trimmed.Length == 0 && !(inCode && goesOn))
            return;
        else if (goesOn)
            open!.Add(line[Math.Min(indent, 2)..], number, Math.Min(indent, 2) + 1);
        else
            problems.Add(number, indent + 1, "Below an answer stands its feedback: begin with >.");
    }

    private void Hint(string text, int indent, int number)
    {
        if (!answers)
            problems.Add(number, indent + 1, "Hints stand after the answers.");
        answers = after = hinting = true;
        question.Hints.Add(new Passage());
        Quote(question.Hints[^1], text[1..], indent + 1, number);
    }

    private static void Quote(Passage passage, string text, int indent, int number)
    {
        var skip = text.StartsWith("> ", StringComparison.Ordinal) ? 2 : 1;
        passage.Add(text[skip..], number, indent + skip + 1);
    }

    [GeneratedRegex(@"^\{\{(?<name>[A-Za-z][A-Za-z0-9_]{0,19})\}\}: ?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    internal static partial Regex Definition();

    [GeneratedRegex(@"^- (?<open>[(\[])(?<worth>[ xX]|-?[0-9.]{1,10}%)(?<close>[)\]])( +|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    internal static partial Regex OptionMark();

    [GeneratedRegex(@"^[0-9]{1,3}\.( +|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    internal static partial Regex ItemMark();
}
