using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Exchange;

/// <summary>What a remark of an import or export is about.</summary>
internal enum NoteKind
{
    /// <summary>The file cannot be read: nothing of it is taken.</summary>
    File,

    /// <summary>A question is left out.</summary>
    Left,

    /// <summary>A question goes over, but not all of it.</summary>
    Changed,
}

/// <summary>Something that does not go over, and why.</summary>
/// <param name="Line">Of the file, from 1; 0: not one line.</param>
/// <param name="Question">Its name, or the beginning of its text; empty: no question.</param>
/// <param name="Message">English format string, the key of its translations.</param>
internal sealed record Note(NoteKind Kind, int Line, string Question, string Message, IReadOnlyList<string> Arguments);

/// <summary>The plan of an import: what would come, and what would not. Nothing is kept by making it.</summary>
internal sealed record Imported(IReadOnlyList<QuestionText> Questions, IReadOnlyList<Note> Notes)
{
    /// <summary>Whether the file cannot be taken at all.</summary>
    public bool Refused => Notes.Any(n => n.Kind == NoteKind.File);
}

/// <summary>Gathers the questions of a file. Each is written in our own Markdown and read again, so that what comes is what an author could have written.</summary>
internal sealed class Harvest
{
    /// <summary>In a quiz, and so in an import.</summary>
    public const int MostQuestions = 1000;

    private const int MostNotes = 500;
    private const int LongestName = 100;

    private readonly List<QuestionText> questions = [];
    private readonly List<Note> notes = [];
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);

    /// <summary>How many questions the file has, taken or not.</summary>
    public int Met { get; set; }

    public Imported Result()
    {
        if (Met > MostQuestions)
            return new([], [new(NoteKind.File, 0, "", "This file has {0} questions. A quiz has at most {1}: divide the file.", [Met.ToString(System.Globalization.CultureInfo.InvariantCulture), "1000"])]);
        if (Met == 0 && notes.Count == 0)
            File(0, "There is no question in this file.");
        return notes.Exists(n => n.Kind == NoteKind.File) ? new([], [.. notes.Where(n => n.Kind == NoteKind.File)]) : new(questions, notes);
    }

    public void File(int line, string message, params IReadOnlyList<string> arguments) => Say(NoteKind.File, line, "", message, arguments);

    public void Left(int line, string question, string message, params IReadOnlyList<string> arguments) => Say(NoteKind.Left, line, question, message, arguments);

    public void Changed(int line, string question, string message, params IReadOnlyList<string> arguments) => Say(NoteKind.Changed, line, question, message, arguments);

    /// <summary>Takes a question if it can be one of ours.</summary>
    public void Take(QuestionText question)
    {
        var name = Name(question.Name);
        var made = question with { Name = name, Id = FreeId(name, question.Line), Tags = Tags(question.Tags) };
        var problems = new Problems();
        var text = "---\ntitle: t\nkind: quiz\n---\n" + QuizWriter.Write(made);
        QuizCompiler.Read(text, null, problems);
        if (problems.Any)
        {
            var first = problems.InOrder()[0];
            Left(question.Line, name, first.Message, first.Arguments);
            return;
        }

        ids.Add(made.Id);
        questions.Add(QuizParser.Parse(text, problems).Questions[0] with { Line = question.Line });
    }

    private void Say(NoteKind kind, int line, string question, string message, IReadOnlyList<string> arguments)
    {
        if (notes.Count < MostNotes)
            notes.Add(new(kind, line, Name(question), message, arguments));
    }

    // Braces would begin the settings; the rest of a long name says nothing.
    private static string Name(string name)
    {
        var words = string.Join(' ', name.Replace('{', '(').Replace('}', ')').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (words.Length <= LongestName)
            return words;
        return words[..(char.IsHighSurrogate(words[LongestName - 2]) ? LongestName - 2 : LongestName - 1)].TrimEnd() + "…";
    }

    private string FreeId(string name, int line)
    {
        var wanted = QuestionHeading.Slug(name) is { Length: > 0 } slug ? slug : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"q{line}");
        if (wanted.Length > 70)
            wanted = wanted[..70].TrimEnd('-');
        var id = wanted;
        for (var i = 2; ids.Contains(id); i++)
            id = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{wanted}-{i}");
        return id;
    }

    private static List<string> Tags(IEnumerable<string> tags) =>
    [
        .. tags.Select(t => string.Join(' ', t.Replace(',', ' ').Replace('"', ' ').Replace('{', ' ').Replace('}', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
            .Where(t => t.Length is > 0 and <= 40).Distinct().Take(20),
    ];
}
