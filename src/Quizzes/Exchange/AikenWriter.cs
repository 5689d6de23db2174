using System.Text;
using MoocPlatform.Markup;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Exchange;

/// <summary>Writes Aiken: single choice in plain words, nothing else.</summary>
internal static class AikenWriter
{
    private const int MostAnswers = 26;

    public static string Write(QuizText quiz, ICollection<Note> notes)
    {
        var text = new StringBuilder();
        foreach (var question in quiz.Questions)
        {
            if (question.Kind == Kinds.Draw)
            {
                notes.Add(new(NoteKind.Left, question.Line, question.Name, KeyWords.NoDraws, []));
                continue;
            }

            if (question.Kind != Kinds.Single || question.Options.Count > MostAnswers || question.Options.Any(o => o.Part is not (null or 0 or 1)))
            {
                notes.Add(new(NoteKind.Left, question.Line, question.Name, "Aiken holds only questions with one right answer of at most 26.", []));
                continue;
            }

            if (!question.Feedback.IsEmpty || question.Hints.Count > 0 || question.Options.Any(o => !o.Feedback.IsEmpty) || question.Points != 1 || question.Tags.Count > 0)
                notes.Add(new(NoteKind.Changed, question.Line, question.Name, "Aiken has no feedback, hints, points or tags.", []));
            text.Append(Plain(question.Prompt)).Append('\n');
            foreach (var (option, i) in question.Options.Select((o, i) => (o, i)))
                text.Append((char)('A' + i)).Append(") ").Append(Plain(option.Text)).Append('\n');
            text.Append("ANSWER: ").Append((char)('A' + question.Options.FindIndex(o => o.Right))).Append("\n\n");
        }

        return text.ToString();
    }

    private static string Plain(Passage passage) => MarkdownRenderer.Excerpt(passage.Text, int.MaxValue);
}
