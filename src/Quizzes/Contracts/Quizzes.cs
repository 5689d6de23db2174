using MediatR;

namespace MoocPlatform.Quizzes.Contracts;

/// <summary>Reads a quiz's Markdown without keeping anything: for the editor and the import.</summary>
/// <param name="CourseId">Whose <c>assets/</c> the preview shows. Null: their addresses stay as written.</param>
public sealed record CheckQuizQuery(string Markdown, Guid? CourseId = null) : IRequest<QuizCheck>;

/// <summary>What stands in a quiz's Markdown.</summary>
/// <param name="Questions">How many questions were understood.</param>
/// <param name="Points">Their points together.</param>
/// <param name="Html">The preview: introduction and questions as a learner sees them, safe HTML.</param>
public sealed record QuizCheck(int Questions, decimal Points, string Html, IReadOnlyList<QuizProblem> Problems);

/// <summary>A place in a quiz's Markdown that cannot be taken. Line and column from 1; the message is a format string in the reader's language.</summary>
public sealed record QuizProblem(int Line, int Column, string Message, IReadOnlyList<string> Arguments);

/// <summary>An attempt was submitted and graded, or graded anew. <paramref name="Number"/> counts the learner's attempts from 1.</summary>
/// <param name="Score">Points, 0 to <paramref name="Points"/>.</param>
/// <param name="Passed">Whether the quiz's pass mark was reached.</param>
public sealed record AttemptGraded(
    Guid AttemptId, Guid RunId, Guid ItemId, Guid LearnerId, int Number, decimal Score, decimal Points, bool Passed, DateTimeOffset At) : INotification;

/// <summary>Addresses of Quizzes, from the root.</summary>
public static class QuizLinks
{
    /// <summary>A quiz: what it is, start, past attempts, or on to the open attempt.</summary>
    public static string Quiz(string course, string run, string item) => $"/learn/{course}/{run}/quiz/{item}";

    /// <summary>An attempt of the person signed in: the questions while it is open, then on to its result.</summary>
    public static string Attempt(string course, string run, string item, Guid attempt) => $"{Quiz(course, run, item)}/attempt/{attempt:N}";

    /// <summary>The questions of a quiz by form, for the team.</summary>
    public static string Questions(string course, string item) => $"/teach/{course}/items/{item}/questions";

    /// <summary>What an attempt was worth, with the right answers.</summary>
    public static string Result(string course, string run, string item, Guid attempt) => $"{Attempt(course, run, item, attempt)}/result";

    /// <summary>What the answers say about a quiz and its questions; for the course's team.</summary>
    public static string Analysis(string course, string run, string item) => $"{Quiz(course, run, item)}/analysis";

    /// <summary>Where questions of other platforms come into a quiz, and go out; for who writes the course.</summary>
    public static string Exchange(string course, string item) => $"/teach/{course}/items/{item}/exchange";

    /// <summary>All questions of a course; for who writes it.</summary>
    public static string Bank(string course) => $"/teach/{course}/questions";
}
