using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.Quizzes.Grading;

namespace MoocPlatform.Quizzes.Domain;

/// <summary>How an attempt ended.</summary>
internal enum AttemptEnd
{
    /// <summary>It is open.</summary>
    None,

    /// <summary>The learner submitted it.</summary>
    Submitted,

    /// <summary>The time was up: what was held was submitted.</summary>
    TimeUp,

    /// <summary>The run ended: what was held was submitted.</summary>
    RunOver,
}

/// <summary>
/// One attempt of a learner at a quiz. The server owns it: what is asked, in which order and until when is frozen at the start.
/// </summary>
internal sealed class Attempt
{
    /// <summary>What arrives so soon after the end still counts: it was on its way.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private List<Held?>? held;
    private Sheet? sheet;

    public Guid Id { get; init; }

    public Guid RunId { get; init; }

    public Guid ItemId { get; init; }

    public Guid LearnerId { get; init; }

    /// <summary>Counts the learner's attempts at this quiz in this run, from 1.</summary>
    public int Number { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>By the server's clock; null: the end of the run.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The <see cref="Domain.Sheet"/> as JSON.</summary>
    public string SheetJson { get; init; } = "";

    /// <summary>The answers we hold, as JSON: for each question the newest step, and once graded its fraction.</summary>
    public string HeldJson { get; private set; } = "";

    /// <summary>Grows with every change. The concurrency token: a step and a submit that meet see each other.</summary>
    public int Version { get; private set; }

    /// <summary>Points that can be had.</summary>
    public decimal Points { get; init; }

    /// <summary>When it ended: the learner's click, or the deadline itself. Null: open.</summary>
    public DateTimeOffset? SubmittedAt { get; private set; }

    public AttemptEnd End { get; private set; }

    public decimal? Score { get; private set; }

    public bool Passed { get; private set; }

    /// <summary>What the learner can show: short, unique.</summary>
    public string? Receipt { get; private set; }

    public bool IsOpen => SubmittedAt is null;

    public Sheet Sheet => sheet ??= JsonSerializer.Deserialize<Sheet>(SheetJson, JsonSerializerOptions.Default)!;

    public IReadOnlyList<Held?> Held => held ??= JsonSerializer.Deserialize<List<Held?>>(HeldJson, JsonSerializerOptions.Default)!;

    /// <summary>How many questions have an answer.</summary>
    public int HeldCount => Held.Count(h => h?.Answer is not null);

    /// <summary>When the newest answer came; null: none yet.</summary>
    public DateTimeOffset? LastAt => Held.Max(h => h?.At);

    /// <summary>Starts an attempt. The rules of time and enrolment were checked.</summary>
    /// <param name="past">How many attempts the learner has made.</param>
    /// <param name="until">The last instant that the dates of the item allow; null: the end of the run.</param>
    /// <param name="questions">What is asked, in order.</param>
    public static Attempt Start(
        Guid key, Guid runId, Quiz quiz, Guid learnerId, int past, DateTimeOffset? until, IReadOnlyList<(Guid Version, QuestionBody Body)> questions, DateTimeOffset now)
    {
        if (quiz.Attempts > 0 && past >= quiz.Attempts)
            throw Refusals.NoAttemptsLeft(quiz.Attempts);

        var limit = quiz.TimeLimit is { } minutes ? now.AddMinutes(minutes) : (DateTimeOffset?)null;
        var seed = BitConverter.ToInt32(key.ToByteArray(), 12); // the random end of a version 7 key
        return new Attempt
        {
            Id = key,
            RunId = runId,
            ItemId = quiz.Id,
            LearnerId = learnerId,
            Number = past + 1,
            StartedAt = now,
            Deadline = limit is null || until < limit ? until : limit,
            SheetJson = JsonSerializer.Serialize(Domain.Sheet.Deal(seed, quiz.Pass, quiz.Shuffle, questions), JsonSerializerOptions.Default),
            HeldJson = JsonSerializer.Serialize(new Held?[questions.Count], JsonSerializerOptions.Default),
            Points = questions.Sum(q => q.Body.Points),
        };
    }

    /// <summary>The one function that decides what is late.</summary>
    public static bool IsLate(DateTimeOffset received, DateTimeOffset? end) => end is { } instant && received > instant + Grace;

    /// <summary>
    /// Keeps an answer. Steps of one page count by their number, however they arrive; of several pages the last to arrive counts.
    /// </summary>
    public Step Keep(Guid page, long sequence, int question, Answer? answer, DateTimeOffset now)
    {
        var answers = Held.ToList();
        if (answers[question] is not { } before || before.Page != page || before.Sequence < sequence)
            answers[question] = new Held(answer, page, sequence, now);
        Changed(answers);
        return new Step
        {
            AttemptId = Id,
            Page = page,
            Sequence = sequence,
            Question = question,
            Answer = answer is null ? null : JsonSerializer.Serialize(answer, JsonSerializerOptions.Default),
            At = now,
        };
    }

    /// <summary>Ends and grades the attempt with what is held. Asking twice changes nothing.</summary>
    /// <param name="at">The instant that counts as its end.</param>
    public AttemptGraded? Submit(AttemptEnd how, DateTimeOffset at, IReadOnlyList<QuestionBody> questions)
    {
        if (!IsOpen)
            return null;
        var answers = Held.Select((h, i) => (h ?? Domain.Held.Nothing) with { Fraction = Grader.Grade(questions[i], h?.Answer).Fraction }).ToList<Held?>();
        Changed(answers);
        var score = Grader.Score(answers.Select((h, i) => (questions[i], h!.Fraction ?? 0)));
        (End, SubmittedAt, Score, Passed, Receipt) = (how, at, score, score * 100 >= Sheet.Pass * Points, Receipts.New());
        return new AttemptGraded(Id, RunId, ItemId, LearnerId, Number, score, Points, Passed, at);
    }

    private void Changed(List<Held?> answers)
    {
        held = answers;
        HeldJson = JsonSerializer.Serialize(answers, JsonSerializerOptions.Default);
        Version++;
    }
}

/// <summary>The answer held for a question.</summary>
/// <param name="Answer">Null: it was taken back.</param>
/// <param name="Page">The page in a browser that sent it.</param>
/// <param name="Sequence">Its number among the steps of that page.</param>
/// <param name="Fraction">Once graded.</param>
internal sealed record Held(Answer? Answer, Guid Page, long Sequence, DateTimeOffset At, decimal? Fraction = null)
{
    public static readonly Held Nothing = new(null, Guid.Empty, 0, DateTimeOffset.UnixEpoch);
}

/// <summary>Something a learner answered: never changed, never removed.</summary>
internal sealed class Step
{
    public Guid AttemptId { get; init; }

    /// <summary>Made by the page in the browser, anew each time it is opened.</summary>
    public Guid Page { get; init; }

    /// <summary>Given by the page, growing.</summary>
    public long Sequence { get; init; }

    /// <summary>Its place on the sheet, from 0.</summary>
    public int Question { get; init; }

    /// <summary>A <see cref="Grading.Answer"/> as JSON; null: taken back.</summary>
    public string? Answer { get; init; }

    public DateTimeOffset At { get; init; }
}

/// <summary>What was handed out: frozen at the start of an attempt.</summary>
/// <param name="Pass">Percent of the points needed.</param>
internal sealed record Sheet(int Seed, int Pass, IReadOnlyList<SheetQuestion> Questions)
{
    public static Sheet Deal(int seed, int pass, bool shuffle, IReadOnlyList<(Guid Version, QuestionBody Body)> questions)
    {
        var random = new Random(seed);
        return new(seed, pass, [.. questions.Select(q => new SheetQuestion(q.Version, q.Body.Deal(random, shuffle), q.Body.Draw(random)))]);
    }
}

/// <summary>A question of the sheet.</summary>
/// <param name="Order">Options: place on the page → place in the question.</param>
/// <param name="Drawn">The values of its variables; null: it has none.</param>
internal sealed record SheetQuestion(
    Guid Version, IReadOnlyList<int> Order, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<decimal>? Drawn = null);

/// <summary>Codes such as <c>K7MQ-2XDA</c>: 40 random bits in Crockford's alphabet, which has no letters to be mistaken.</summary>
internal static class Receipts
{
    public static string New()
    {
        var code = RandomNumberGenerator.GetString("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 8);
        return $"{code[..4]}-{code[4..]}";
    }
}
