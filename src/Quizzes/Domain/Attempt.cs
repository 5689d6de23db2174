using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.Quizzes.Grading;
using MoocPlatform.Quizzes.Writing;

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
internal sealed partial class Attempt
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

    /// <summary>How many attempts the quiz allowed when this one started; 0: any number. The database refuses a higher <see cref="Number"/>.</summary>
    public int Allowed { get; init; }

    /// <summary>Minutes, without <see cref="ExtraTime"/>; null: no limit.</summary>
    public int? TimeLimit { get; init; }

    /// <summary>Minutes that the team has given this learner on top.</summary>
    public int ExtraTime { get; private set; }

    /// <summary>By the server's clock; null: the end of the run.</summary>
    public DateTimeOffset? Deadline { get; private set; }

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

    /// <summary>Whether the rest of the house was told the score: not before the learner may see it.</summary>
    public bool ScoreTold { get; private set; }

    /// <summary>Counts what was told of the score after the first grading.</summary>
    public int Changes { get; private set; }

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
    /// <param name="extra">What the team gave this learner on top; null: nothing.</param>
    /// <param name="questions">What is asked, in order.</param>
    public static Attempt Start(
        Guid key, Guid runId, Quiz quiz, Guid learnerId, Past past, DateTimeOffset? until, Allowance? extra, IReadOnlyList<(Guid Version, QuestionBody Body)> questions, DateTimeOffset now)
    {
        if (quiz.Attempts > 0 && past.Attempts >= quiz.Attempts)
            throw Refusals.NoAttemptsLeft(quiz.Attempts);
        if (past.NextAt(quiz) is { } next && now < next)
            throw Refusals.WaitFirst(next);

        var seed = BitConverter.ToInt32(key.ToByteArray(), 12); // the random end of a version 7 key
        var attempt = new Attempt
        {
            Id = key,
            RunId = runId,
            ItemId = quiz.Id,
            LearnerId = learnerId,
            Number = past.Attempts + 1,
            Allowed = quiz.Attempts,
            TimeLimit = quiz.TimeLimit,
            ExtraTime = extra?.Of(quiz.TimeLimit) ?? 0,
            StartedAt = now,
            SheetJson = JsonSerializer.Serialize(Domain.Sheet.Deal(seed, quiz, questions), JsonSerializerOptions.Default),
            HeldJson = JsonSerializer.Serialize(new Held?[questions.Count], JsonSerializerOptions.Default),
            Points = questions.Sum(q => q.Body.Points),
        };
        attempt.Deadline = attempt.DeadlineWith(until);
        return attempt;
    }

    /// <summary>Gives an open attempt more time. What was given before is never taken back.</summary>
    /// <param name="until">The last instant that the dates of the item allow; null: the end of the run.</param>
    /// <returns>Whether the deadline has moved.</returns>
    public bool Extend(Allowance extra, DateTimeOffset? until)
    {
        if (!IsOpen || extra.Of(TimeLimit) <= ExtraTime)
            return false;
        ExtraTime = extra.Of(TimeLimit);
        var before = Deadline;
        Deadline = DeadlineWith(until);
        Version++;
        return Deadline != before;
    }

    /// <summary>The one function that decides what is late.</summary>
    public static bool IsLate(DateTimeOffset received, DateTimeOffset? end) => end is { } instant && received > instant + Grace;

    /// <summary>
    /// Keeps an answer. Steps of one page count by their number, however they arrive; of several pages the last to arrive counts.
    /// </summary>
    public Step Keep(Guid page, long sequence, int question, Answer? answer, DateTimeOffset now)
    {
        var answers = Held.ToList();
        var before = answers[question];
        if (before is null || (!before.Final && !before.IsNewerThan(page, sequence)))
            answers[question] = (before ?? Domain.Held.Nothing).Then(answer, page, sequence, now);
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

    /// <summary>
    /// Checks the answer held for a question, where feedback comes question by question. Asking again about the same answer changes nothing.
    /// </summary>
    /// <returns>The try as it is kept; null: there was nothing to check.</returns>
    public Step? Check(int question, QuestionBody body, Guid page, long sequence, DateTimeOffset now)
    {
        if (!IsOpen || Sheet.Feedback == FeedbackMode.Deferred || Held[question] is not { Answer: { } answer, Final: false } held || answer.Equals(held.Checked))
            return null;
        var mark = Grader.Grade(body, answer).Fraction;
        var tries = held.Tries + 1;
        var final = Sheet.Feedback == FeedbackMode.Immediate || mark >= 1 || tries >= Sheet.Tries;
        var answers = Held.ToList();
        answers[question] = held with { Tries = tries, Checked = answer, Final = final, Fraction = final ? Credit(mark, tries - 1) : null };
        Changed(answers);
        return new Step { AttemptId = Id, Page = page, Sequence = sequence, Question = question, Answer = JsonSerializer.Serialize(answer, JsonSerializerOptions.Default), Try = tries, At = now };
    }

    /// <summary>Ends and grades the attempt with what is held. Asking twice changes nothing.</summary>
    /// <param name="at">The instant that counts as its end.</param>
    /// <param name="closed">Whether nobody can answer any more: then a score that is held back until the close is told at once.</param>
    public AttemptGraded? Submit(AttemptEnd how, DateTimeOffset at, IReadOnlyList<QuestionBody> questions, bool closed = false)
    {
        if (!IsOpen)
            return null;
        var answers = Held.Select((h, i) => (h ?? Domain.Held.Nothing) with { Fraction = FractionOf(h, questions[i]) }).ToList<Held?>();
        Changed(answers);
        var score = Grader.Score(answers.Select((h, i) => (questions[i], h!.Fraction ?? 0)));
        (End, SubmittedAt, Score, Passed, Receipt) = (how, at, score, Passes(score), Receipts.New());
        ScoreTold = Sheet.Hold switch { ScoreHold.Never => true, ScoreHold.UntilClosed => closed, _ => false };
        return ScoreTold
            ? new AttemptGraded(Id, RunId, ItemId, LearnerId, Number, score, Points, Passed, at) { Receipt = Receipt }
            : new AttemptGraded(Id, RunId, ItemId, LearnerId, Number, 0, Points, false, at) { Receipt = Receipt, ScoreShown = false };
    }

    /// <summary>The moment of a score that was held back has come. Null: it was told before.</summary>
    public AttemptRegraded? Tell(Guid key, DateTimeOffset now)
    {
        if (IsOpen || ScoreTold)
            return null;
        ScoreTold = true;
        Version++;
        return new AttemptRegraded(key, ++Changes, Id, RunId, ItemId, LearnerId, null, Score ?? 0, Points, Passed, null, now);
    }

    private bool Passes(decimal score) => score * 100 >= Sheet.Pass * Points;

    /// <summary>What an answer is worth in this attempt: with interactive feedback each wrong try before it costs.</summary>
    private decimal FractionOf(Held? held, QuestionBody question)
    {
        if (held is null)
            return 0;
        var mark = Grader.Grade(question, held.Answer).Fraction;
        var before = held.Checked is { } tried && tried.Equals(held.Answer) ? held.Tries - 1 : held.Tries;
        return Sheet.Feedback == FeedbackMode.Interactive ? Credit(mark, before) : mark;
    }

    // Moodle: fraction - (tries before) x penalty, at least 0.
    private decimal Credit(decimal mark, int before) => Math.Max(0, mark - (before * (Sheet.Feedback == FeedbackMode.Interactive ? Sheet.Penalty : 0) / 100));

    private DateTimeOffset? DeadlineWith(DateTimeOffset? until)
    {
        var limit = TimeLimit is { } minutes ? StartedAt.AddMinutes(minutes + ExtraTime) : (DateTimeOffset?)null;
        return limit is null || until < limit ? until : limit;
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
/// <param name="Tries">How often it was checked.</param>
/// <param name="Final">Checked for the last time: it cannot be changed any more.</param>
/// <param name="Checked">The answer that was checked last.</param>
internal sealed record Held(
    Answer? Answer, Guid Page, long Sequence, DateTimeOffset At, decimal? Fraction = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Tries = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Final = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] Answer? Checked = null)
{
    /// <summary>Of how many pages the newest step is remembered: nobody has more open, and the row stays small.</summary>
    private const int MostPages = 50;

    public static readonly Held Nothing = new(null, Guid.Empty, 0, DateTimeOffset.UnixEpoch);

    /// <summary>The newest step of each other page that answered this question. A request may be under way so long that another page has answered since.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PageStep>? Others { get; init; }

    /// <summary>The version by whose key it was graded anew; null: as it was dealt.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? GradedBy { get; init; }

    /// <summary>Whether somebody of the team has set what it is worth.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool SetByHand { get; init; }

    /// <summary>Whether the same page has answered later than with this step.</summary>
    public bool IsNewerThan(Guid page, long sequence) =>
        page == Page ? Sequence >= sequence : Others?.Any(o => o.Page == page && o.Sequence >= sequence) == true;

    public Held Then(Answer? answer, Guid page, long sequence, DateTimeOffset now) => this with
    {
        Answer = answer,
        Page = page,
        Sequence = sequence,
        At = now,
        Others = page == Page || Page == Guid.Empty ? Others : [.. (Others ?? []).Where(o => o.Page != page && o.Page != Page).TakeLast(MostPages - 1), new PageStep(Page, Sequence)],
    };
}

/// <summary>A step of a page.</summary>
internal sealed record PageStep(Guid Page, long Sequence);

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

    /// <summary>Which check of the answer this was, from 1; 0: it was only given.</summary>
    public int Try { get; init; }

    public DateTimeOffset At { get; init; }
}

/// <summary>What was handed out: frozen at the start of an attempt.</summary>
/// <param name="Pass">Percent of the points needed.</param>
/// <param name="Tries">At each question, when feedback is interactive.</param>
/// <param name="Penalty">Percent of a question's points that each wrong try costs.</param>
/// <param name="Hold">Until when the score is told to nobody.</param>
internal sealed record Sheet(
    int Seed, int Pass, IReadOnlyList<SheetQuestion> Questions, FeedbackMode Feedback = FeedbackMode.Deferred, int Tries = 1, decimal Penalty = 0, ScoreHold Hold = ScoreHold.Never)
{
    /// <summary>The same sheet with another version of a question.</summary>
    public Sheet With(int question, Guid version) => this with { Questions = [.. Questions.Select((q, i) => i == question ? q with { Version = version } : q)] };

    public static Sheet Deal(int seed, Quiz quiz, IReadOnlyList<(Guid Version, QuestionBody Body)> questions)
    {
        var random = new Random(seed);
        return new(
            seed, quiz.Pass, [.. questions.Select(q => new SheetQuestion(q.Version, q.Body.Deal(random, quiz.Shuffle), q.Body.Draw(random)))],
            quiz.Feedback, quiz.Tries, quiz.Penalty, quiz.Review.Hold);
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
