using MediatR;

namespace MoocPlatform.Quizzes.Contracts;

/// <summary>Reads a quiz's Markdown without keeping anything: for the editor and the import.</summary>
/// <param name="CourseId">Whose <c>assets/</c> the preview shows. Null: their addresses stay as written.</param>
public sealed record CheckQuizQuery(string Markdown, Guid? CourseId = null) : IRequest<QuizCheck>
{
    /// <summary>The item whose text it is. Null: not known. With it and the course, draws are compared with what the course's other quizzes hold.</summary>
    public Guid? ItemId { get; init; }

    /// <summary>The texts of the course's other quizzes, where all of them arrive together. Draws are compared with these and nothing else.</summary>
    public IReadOnlyList<string>? Beside { get; init; }
}

/// <summary>What stands in a quiz's Markdown.</summary>
/// <param name="Questions">How many questions an attempt has, those that are drawn included.</param>
/// <param name="Points">Their points together.</param>
/// <param name="Html">The preview: introduction and questions as a learner sees them, safe HTML.</param>
public sealed record QuizCheck(int Questions, decimal Points, string Html, IReadOnlyList<QuizProblem> Problems);

/// <summary>A place in a quiz's Markdown that cannot be taken. Line and column from 1; the message is a format string in the reader's language.</summary>
public sealed record QuizProblem(int Line, int Column, string Message, IReadOnlyList<string> Arguments);

/// <summary>An attempt was submitted and graded, or graded anew. <paramref name="Number"/> counts the learner's attempts from 1.</summary>
/// <param name="Score">Points, 0 to <paramref name="Points"/>.</param>
/// <param name="Passed">Whether the quiz's pass mark was reached.</param>
public sealed record AttemptGraded(
    Guid AttemptId, Guid RunId, Guid ItemId, Guid LearnerId, int Number, decimal Score, decimal Points, bool Passed, DateTimeOffset At) : INotification
{
    /// <summary>The code of the receipt, such as <c>K7MQ-2XDA</c>.</summary>
    public string Receipt { get; init; } = "";

    /// <summary>
    /// Whether the learner may know the score yet. While false, <see cref="Score"/> is 0 and <see cref="Passed"/> false whatever was reached;
    /// <see cref="AttemptRegraded"/> tells them when their moment has come.
    /// </summary>
    public bool ScoreShown { get; init; } = true;
}

/// <summary>What an attempt is worth has changed, or may be known now. Facts of one attempt may arrive out of order: the highest <paramref name="Change"/> counts.</summary>
/// <param name="ChangeId">Unique; told twice, it is the same change.</param>
/// <param name="Change">Counts the changes of the attempt, from 1.</param>
/// <param name="OldScore">What the learner was told before; null: nothing.</param>
/// <param name="Score">Points, 0 to <paramref name="Points"/>.</param>
/// <param name="Why">For the learner, in the words of whoever changed it; null: it was only held back until now.</param>
public sealed record AttemptRegraded(
    Guid ChangeId, int Change, Guid AttemptId, Guid RunId, Guid ItemId, Guid LearnerId, decimal? OldScore, decimal Score, decimal Points, bool Passed, string? Why,
    DateTimeOffset At) : INotification;

/// <summary>
/// How the quizzes of a run that somebody has submitted went so far, in no promised order. For the team: whoever asks checks the role.
/// Reads all attempts of the run: not for a page that many open.
/// </summary>
public sealed record QuizFiguresQuery(Guid RunId) : IRequest<IReadOnlyList<QuizFigures>>;

/// <summary>How a quiz went in a run.</summary>
/// <param name="Attempts">Submitted, of all learners.</param>
/// <param name="Passed">Of them, how many reached the pass mark.</param>
/// <param name="MeanPercent">Mean score, 0 to 100.</param>
/// <param name="Hardest">
/// The questions with the lowest mean marks, the hardest first, at most 3 and none that went well; empty with fewer than 5 attempts, or as
/// long as the analysis of a large quiz has not been made.
/// </param>
public sealed record QuizFigures(Guid ItemId, int Attempts, int Passed, double MeanPercent, IReadOnlyList<HardQuestion> Hardest);

/// <summary>A question that many get wrong.</summary>
/// <param name="Facility">Mean mark, in percent of its points.</param>
public sealed record HardQuestion(string Label, double Facility);

/// <summary>Addresses of Quizzes, from the root.</summary>
public static class QuizLinks
{
    /// <summary>A quiz: what it is, start, past attempts, or on to the open attempt.</summary>
    public static string Quiz(string course, string run, string item) => $"/learn/{course}/{run}/quiz/{item}";

    /// <summary>An attempt of the person signed in: the questions while it is open, then on to its result.</summary>
    public static string Attempt(string course, string run, string item, Guid attempt) => $"{Quiz(course, run, item)}/attempt/{attempt:N}";

    /// <summary>The questions of a quiz by form, for the team.</summary>
    public static string Questions(string course, string item) => $"/teach/{course}/items/{item}/questions";

    /// <summary>Live channel of an attempt, for its learner alone: <c>time</c> when its deadline has moved. Without numbers.</summary>
    public static string Channel(Guid attempt) => $"attempt:{attempt:N}";

    /// <summary>Where the team gives learners extra time at a quiz.</summary>
    public static string ExtraTime(string course, string run, string item) => $"/teach/{course}/runs/{run}/quiz/{item}/time";

    /// <summary>The team's list of attempts at a quiz in a run.</summary>
    public static string Attempts(string course, string run, string item) => $"/teach/{course}/runs/{run}/quiz/{item}/attempts";

    /// <summary>One attempt for the team: its answers, and points set by hand.</summary>
    public static string Marking(string course, string run, string item, Guid attempt) => $"{Attempts(course, run, item)}/{attempt:N}";

    /// <summary>Where the team grades a question anew after its key has changed.</summary>
    public static string Regrade(string course, string run, string item) => $"/teach/{course}/runs/{run}/quiz/{item}/regrade";

    /// <summary>What an attempt was worth, with the right answers.</summary>
    public static string Result(string course, string run, string item, Guid attempt) => $"{Attempt(course, run, item, attempt)}/result";

    /// <summary>What the answers say about a quiz and its questions; for the course's team.</summary>
    public static string Analysis(string course, string run, string item) => $"/teach/{course}/runs/{run}/quiz/{item}/analysis";

    /// <summary>Where questions of other platforms come into a quiz, and go out; for who writes the course.</summary>
    public static string Exchange(string course, string item) => $"/teach/{course}/items/{item}/exchange";

    /// <summary>One question of the bank: where it is asked, and the way into another quiz.</summary>
    public static string BankQuestion(string course, Guid question) => $"{Bank(course)}/{question:N}";

    /// <summary>All questions of a course; for who writes it.</summary>
    public static string Bank(string course) => $"/teach/{course}/questions";
}
