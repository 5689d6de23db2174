using MoocPlatform.Quizzes.Grading;

namespace MoocPlatform.Quizzes.Writing;

/// <summary>Reads the lines of one question: prompt, then answers, then feedback and hints.</summary>
internal sealed class QuestionReader(QuestionText question, Problems problems)
{
    private const int MostAnswers = 100;

    private Passage? last; // feedback of the answer line read last
    private bool answers; // whether the answers have begun
    private bool after; // whether they are over
    private bool lost; // whether something was already said of a line that belongs nowhere
    private bool hinting;

    public void Read(string line, int number, bool inCode)
    {
        var trimmed = line.TrimStart(' ');
        var indent = line.Length - trimmed.Length;
        if (inCode && !answers)
        {
            question.Prompt.Add(line, number, 1);
        }
        else if (inCode || (indent >= 2 && answers && !after))
        {
            Below(line, trimmed, indent, number);
        }
        else if (indent < 4 && (OptionLine(trimmed, indent, number) || KeyLine(trimmed, indent, number)))
        {
            if (after)
                problems.Add(number, indent + 1, "Answers stand before the feedback.");
            answers = true;
        }
        else if (trimmed.StartsWith("!>", StringComparison.Ordinal))
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
    public void End()
    {
        if (question.Prompt.IsEmpty)
            problems.Add(question.Line, 1, "This question asks nothing: write its text below the heading.");
        var count = question.Options.Count + question.Keys.Count;
        if (count > MostAnswers)
            problems.Add(question.Line, 1, "A question has at most {0} answers.", "100");

        var right = question.Options.Count(o => o.Right);
        switch (question.Kind)
        {
            case "single" when question.Options.Count < 2:
                problems.Add(question.Line, 1, "A question of the type {0} has at least two options: lines such as “- ( ) text”.", "single");
                break;
            case "single" when right != 1:
                problems.Add(question.Line, 1, "Exactly one option is right: mark it with (x).");
                break;
            case "multiple" when question.Options.Count < 2:
                problems.Add(question.Line, 1, "A question of the type {0} has at least two options: lines such as “- [ ] text”.", "multiple");
                break;
            case "multiple" when right == 0:
                problems.Add(question.Line, 1, "At least one option is right: mark it with [x].");
                break;
            case "numeric" or "short" when question.Keys.Count == 0:
                problems.Add(question.Line, 1, "What is right is missing: a line that begins with =.");
                break;
            case "numeric" or "short" when question.Keys.All(k => k.Fraction < 1):
                problems.Add(question.Line, 1, "No answer gives all the points.");
                break;
        }
    }

    // "- (x) text", "- [ ] text"
    private bool OptionLine(string text, int indent, int number)
    {
        if (text.Length < 5 || text[0] != '-' || text[1] != ' ' || (text[2], text[4]) is not (('(', ')') or ('[', ']')) || text[3] is not (' ' or 'x' or 'X')
            || (text.Length > 5 && text[5] != ' '))
            return false;

        var wanted = text[2] == '(' ? "single" : "multiple";
        if (question.Kind is "numeric" or "short" || (question.Kind is "single" or "multiple" && question.Kind != wanted))
            problems.Add(number, indent + 1, "Options such as “{0}” belong to questions of the type {1}.", text[..5], wanted);

        var option = new OptionText(text[3] != ' ');
        var words = text[5..].TrimStart();
        if (words.Length == 0)
            problems.Add(number, indent + 6, "This option has no text.");
        option.Text.Add(words, number, indent + text.Length - words.Length + 1);
        question.Options.Add(option);
        last = option.Feedback;
        return true;
    }

    // "= 50% 3145 +- 2%"
    private bool KeyLine(string text, int indent, int number)
    {
        if (text.Length == 0 || text[0] != '=' || text.StartsWith("==", StringComparison.Ordinal) || (question.Kind is "single" or "multiple" && !text.StartsWith("= ", StringComparison.Ordinal)))
            return false;
        if (question.Kind is "single" or "multiple")
        {
            problems.Add(number, indent + 1, "Lines that begin with = belong to questions of the type {0}.", "numeric, short");
            return true;
        }

        var key = new KeyReader(text, indent, number, problems).Read(question.Kind == "numeric");
        question.Keys.Add(key);
        last = key.Feedback;
        return true;
    }

    // What is indented below an answer: its feedback, or more of an option's text.
    private void Below(string line, string trimmed, int indent, int number)
    {
        if (after)
        {
            question.Feedback.Add(trimmed.TrimStart('>', ' '), number, indent + 1);
            return;
        }

        if (trimmed.StartsWith('>'))
            Quote(last!, trimmed, indent, number);
        else if (trimmed.Length == 0)
            return;
        else if (question.Options.Count > 0 && last!.IsEmpty)
            question.Options[^1].Text.Add(line[Math.Min(indent, 2)..], number, Math.Min(indent, 2) + 1);
        else
            problems.Add(number, indent + 1, "Below an answer stands its feedback: begin with >.");
    }

    private void Hint(string text, int indent, int number)
    {
        if (!answers)
            problems.Add(number, indent + 1, "Hints stand after the answers.");
        after = hinting = true;
        question.Hints.Add(new Passage());
        Quote(question.Hints[^1], text[1..], indent + 1, number);
    }

    private static void Quote(Passage passage, string text, int indent, int number)
    {
        var skip = text.StartsWith("> ", StringComparison.Ordinal) ? 2 : 1;
        passage.Add(text[skip..], number, indent + skip + 1);
    }
}
