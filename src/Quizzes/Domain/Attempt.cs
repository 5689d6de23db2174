using System.Text.Json;
using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.Quizzes.Grading;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Domain;

/// <summary>
/// One attempt of a learner at a quiz. The server owns it: what is asked, in which order and until when is frozen at the start.
/// </summary>
internal sealed partial class Attempt
{
    /// <summary>What arrives so soon after the end still counts: it was on its way.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private List<Held?>? held;
    private string? heldJson;
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
    public string HeldJson
    {
        get => heldJson ??= JsonSerializer.Serialize(held, JsonSerializerOptions.Default); // once a save, however many answers came with it
        private set => heldJson = value;
    }

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
        Guid key, Guid runId, Quiz quiz, Guid learnerId, Past past, DateTimeOffset? until, Allowance? extra, IReadOnlyList<AskedQuestion> questions, DateTimeOffset now)
    {
        if (quiz.Attempts > 0 && past.Attempts >= quiz.Attempts)
            throw Refusals.NoAttemptsLeft(quiz.Attempts);
        if (past.NextAt(quiz) is { } next && now < next)
            throw Refusals.WaitFirst(next);

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
            SheetJson = JsonSerializer.Serialize(Domain.Sheet.Deal(Lots.SeedOf(key), quiz, questions), JsonSerializerOptions.Default),
            held = [.. new Held?[questions.Count]],
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
        if (!IsOpen)
            return false;
        var (before, had) = (Deadline, ExtraTime);
        ExtraTime = Math.Max(ExtraTime, extra.Of(TimeLimit));
        if (before is not null && (DeadlineWith(until) is not { } later || later > before))
            Deadline = DeadlineWith(until);
        if (ExtraTime != had || Deadline != before)
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
        var before = Held[question];
        if (before is null || (!before.Final && !before.IsNewerThan(page, sequence)))
            Hold(question, (before ?? Domain.Held.Nothing).Then(answer, page, sequence, now));
        else
            Version++;
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
        Hold(question, held with { Tries = tries, Checked = answer, Final = final, Fraction = final ? Credit(mark, tries - 1) : null });
        return new Step { AttemptId = Id, Page = page, Sequence = sequence, Question = question, Answer = JsonSerializer.Serialize(answer, JsonSerializerOptions.Default), Try = tries, At = now };
    }

    /// <summary>Ends and grades the attempt with what is held. Asking twice changes nothing.</summary>
    /// <param name="at">The instant that counts as its end.</param>
    /// <param name="closed">Whether nobody can answer any more: then a score that is held back until the close is told at once.</param>
    public AttemptGraded? Submit(AttemptEnd how, DateTimeOffset at, IReadOnlyList<QuestionBody> questions, bool closed = false)
    {
        if (!IsOpen)
            return null;
        for (var i = 0; i < Held.Count; i++)
            Hold(i, (Held[i] ?? Domain.Held.Nothing) with { Fraction = FractionOf(Held[i], questions[i]), Others = null }); // nothing comes late any more
        var score = Grader.Score(Held.Select((h, i) => (questions[i], h!.Fraction ?? 0)));
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

    private void Hold(int question, Held answer)
    {
        _ = Held; // read
        held![question] = answer;
        heldJson = null;
        Version++;
    }
}
