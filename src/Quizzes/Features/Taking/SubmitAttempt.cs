using System.Globalization;
using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Grading;
using MoocPlatform.Quizzes.Persistence;

namespace MoocPlatform.Quizzes.Features.Taking;

/// <summary>
/// Takes the fields of the attempt's form: keeps what was changed in it and, with <paramref name="Final"/>, submits and grades.
/// However often it is asked, an attempt is graded once.
/// </summary>
/// <param name="Fields">Values by question. A question that is missing was not on the form.</param>
/// <param name="Seen">When the newest answer that the form was rendered with had come: what other pages answered since is not undone.</param>
/// <param name="Check">The question whose answer is to be checked, where feedback comes question by question; null: none.</param>
internal sealed record SubmitAttempt(
    Guid AttemptId, Guid LearnerId, IReadOnlyDictionary<int, IReadOnlyList<string>> Fields, DateTimeOffset Seen, bool Final, CultureInfo Culture, int? Check = null) : IRequest;

internal sealed class SubmitAttemptHandler(QuizzesDb db, OpenAttempts attempts, TimeProvider clock) : IRequestHandler<SubmitAttempt, Unit>
{
    public async Task<Unit> Handle(SubmitAttempt command, CancellationToken ct)
    {
        var refused = await attempts.Change(command.AttemptId, command.LearnerId, async open =>
        {
            var now = clock.GetUtcNow();
            var attempt = open.Attempt;
            if (attempt.IsOpen && open.Over(now) is var (how, at))
                attempts.Submit(open, how, at);

            var changed = await Changed(command, open, ct);
            if (!attempt.IsOpen)
                return changed.Count > 0 && attempt.End != AttemptEnd.Submitted ? open.Ended() : null; // the second click is no error

            var page = clock.NewKey();
            foreach (var ((question, answer), i) in changed.Select((c, i) => (c, i)))
                db.Append(attempt.Keep(page, i + 1, question, answer, now));
            if (command.Check is { } asked && asked >= 0 && asked < open.Questions.Count && attempt.Check(asked, open.Questions[asked], page, changed.Count + 1, now) is { } tried)
                db.Append(tried);
            if (command.Final)
                attempts.Submit(open, AttemptEnd.Submitted, now);
            return null;
        }, ct);
        return refused is null ? Unit.Value : throw refused;
    }

    // What this form changed: not what it shows from before, when another page has answered since.
    private async Task<List<(int Question, Answer? Answer)>> Changed(SubmitAttempt command, OpenAttempt open, CancellationToken ct)
    {
        var changed = new List<(int, Answer?)>();
        foreach (var (question, values) in command.Fields.Where(f => f.Key < open.Questions.Count).OrderBy(f => f.Key))
        {
            var answer = open.Questions[question].Read(values, open.Attempt.Sheet.Questions[question].Order, command.Culture);
            var held = open.Attempt.Held[question];
            if (held?.Final == true || Equals(answer, held?.Answer) || (held?.At > command.Seen && Equals(answer, await AsSeen(command, question, ct))))
                continue;
            changed.Add((question, answer));
        }

        return changed;
    }

    private async Task<Answer?> AsSeen(SubmitAttempt command, int question, CancellationToken ct)
    {
        var step = await db.Steps.AsNoTracking().Where(s => s.AttemptId == command.AttemptId && s.Question == question && s.At <= command.Seen)
            .OrderByDescending(s => s.At).ThenByDescending(s => s.Sequence).FirstOrDefaultAsync(ct);
        return step?.Answer is { } json ? JsonSerializer.Deserialize<Answer>(json, JsonSerializerOptions.Default) : null;
    }
}
