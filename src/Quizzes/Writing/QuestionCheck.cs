namespace MoocPlatform.Quizzes.Writing;

/// <summary>What a question must have, once all of it was read.</summary>
internal sealed class QuestionCheck(Problems problems)
{
    public void Check(QuestionText question)
    {
        if (question.Kind == Kinds.Draw)
        {
            Draw(question);
            return;
        }

        if (question.Prompt.IsEmpty)
            problems.Add(question.Line, 1, "This question asks nothing: write its text below the heading.");
        Answers(question);
        switch (question.Kind)
        {
            case Kinds.Matching when question.Pairs.Count(p => !p.Stem.IsEmpty) < 2:
                problems.Add(question.Line, 1, "A question of the type {0} has at least two pairs: lines such as “= France -> Paris”.", Kinds.Matching);
                break;
            case Kinds.Ordering when question.Options.Count < 2:
                problems.Add(question.Line, 1, "A question of the type {0} has at least two items: lines such as “1. text”.", Kinds.Ordering);
                break;
            case Kinds.Cloze when question.Gaps.Count == 0:
                problems.Add(question.Line, 1, "A text with gaps has at least one: write {0} in it and below it a line such as {1}.", "{{a}}", "{{a}}: short");
                break;
            case Kinds.Formula when question.Variables.Count == 0:
                problems.Add(question.Line, 1, "A formula has at least one variable: a line such as {0}.", "{{size}}: 5..20 step 0.5");
                break;
        }

        foreach (var gap in question.Gaps)
        {
            Answers(gap);
            var stands = GapMarks.Of(question.Prompt).Count(g => g.Name == gap.Name);
            if (stands != 1)
                problems.Add(gap.Line, 1, stands == 0 ? "The gap {0} does not stand in the text." : "The gap {0} stands in the text more than once.", "{{" + gap.Name + "}}");
        }

        foreach (var (name, line, column) in question.Kind is Kinds.Cloze or Kinds.Formula ? GapMarks.Of(question.Prompt) : [])
        {
            if (question.Gaps.All(g => g.Name != name) && question.Variables.All(v => v.Name != name))
                problems.Add(line, column, "What {0} is stands nowhere. Add a line that begins with {1}.", "{{" + name + "}}", "{{" + name + "}}:");
        }
    }

    private void Draw(QuestionText question)
    {
        if (question.Tag.Length == 0)
            problems.Add(question.Line, 1, "A draw has one tag of at most 40 characters, such as {0}.", "tag=licences");
        if (!question.Prompt.IsEmpty || question.Hints.Count > 0 || !question.Feedback.IsEmpty)
            problems.Add(question.Line + 1, 1, "Nothing stands below a draw: what is asked are the questions that it draws.");
    }

    private void Answers(QuestionText question)
    {
        var marked = question.Options.Count(o => o.Right && o.Part is null);
        var whole = question.Options.Count(o => o.Part == 1);
        switch (question.Kind)
        {
            case Kinds.Single when question.Options.Count < 2:
                problems.Add(question.Line, 1, "A question of the type {0} has at least two options: lines such as “- ( ) text”.", Kinds.Single);
                break;
            case Kinds.Single when marked > 1 || marked + whole == 0:
                problems.Add(question.Line, 1, "Exactly one option is right: mark it with (x).");
                break;
            case Kinds.Multiple when question.Options.Count < 2:
                problems.Add(question.Line, 1, "A question of the type {0} has at least two options: lines such as “- [ ] text”.", Kinds.Multiple);
                break;
            case Kinds.Multiple when question.Options.All(o => !o.Right):
                problems.Add(question.Line, 1, "At least one option is right: mark it with [x].");
                break;
            case Kinds.TrueFalse when question.Keys.Count == 0:
                problems.Add(question.Line, 1, "What is right is missing: a line with “= true” or “= false”.");
                break;
            case Kinds.TrueFalse when question.Keys.Select(k => k.Pattern).Distinct().Count() != question.Keys.Count || question.Keys.Count(k => k.Fraction == 1) != 1:
                problems.Add(question.Line, 1, "Either true or false is right. The other one, if it has feedback, begins with “= 0%”.");
                break;
            case Kinds.Numeric or Kinds.Short or Kinds.Formula when question.Keys.Count == 0:
                problems.Add(question.Line, 1, "What is right is missing: a line that begins with =.");
                break;
            case Kinds.Numeric or Kinds.Short or Kinds.Formula when question.Keys.All(k => k.Fraction < 1):
                problems.Add(question.Line, 1, "No answer gives all the points.");
                break;
        }
    }
}
