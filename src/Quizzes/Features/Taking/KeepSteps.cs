using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Features.Shared;
using MoocPlatform.Quizzes.Persistence;

namespace MoocPlatform.Quizzes.Features.Taking;

/// <summary>Keeps what a page in a browser sends as answers are given. Sending it again changes nothing.</summary>
/// <param name="Page">Made by the page; its steps are numbered.</param>
/// <param name="Culture">In which numbers are read.</param>
internal sealed record KeepSteps(Guid AttemptId, Guid LearnerId, Guid Page, IReadOnlyList<SentStep> Steps, CultureInfo Culture) : IRequest<KeptSteps>;

/// <param name="Question">Place on the sheet, from 0.</param>
/// <param name="Values">Of the question's fields.</param>
internal sealed record SentStep(long Sequence, int Question, IReadOnlyList<string> Values);

/// <param name="Held">How many questions have an answer now.</param>
/// <param name="Echoes">What numbers were read as, by question.</param>
/// <param name="Left">Milliseconds until the deadline; null: there is none.</param>
internal sealed record KeptSteps(int Held, int Of, IReadOnlyDictionary<int, string> Echoes, long? Left);

internal sealed class KeepStepsHandler(QuizzesDb db, OpenAttempts attempts, QuestionHtml words, TimeProvider clock) : IRequestHandler<KeepSteps, KeptSteps>
{
    private const int MostSteps = 200;

    public async Task<KeptSteps> Handle(KeepSteps command, CancellationToken ct)
    {
        if (command.Steps.Count > MostSteps)
            throw Domain.Refusals.TooManyAtOnce();

        var rounds = 0;
        var (kept, ended) = await attempts.Change<(KeptSteps? Kept, Refused? Ended)>(command.AttemptId, command.LearnerId, async open =>
        {
            var now = clock.GetUtcNow();
            if (open.Attempt.IsOpen && open.Over(now) is var (how, at))
                attempts.Submit(open, how, at);
            return open.Attempt.IsOpen ? (await Keep(command, open, rounds++ > 0, now, ct), null) : (null, open.Ended());
        }, ct);
        return kept ?? throw ended!;
    }

    private async Task<KeptSteps> Keep(KeepSteps command, OpenAttempt open, bool again, DateTimeOffset now, CancellationToken ct)
    {
        // Asked only when a save met something: a step sent twice is rare, and a read is dear.
        var known = again
            ? await db.Steps.Where(s => s.AttemptId == command.AttemptId && s.Page == command.Page).Select(s => s.Sequence).ToHashSetAsync(ct)
            : [];
        var sheet = open.Attempt.Sheet.Questions;
        var echoes = new Dictionary<int, string>();
        foreach (var step in command.Steps.Where(s => s.Question >= 0 && s.Question < sheet.Count).DistinctBy(s => s.Sequence).OrderBy(s => s.Sequence))
        {
            var question = open.Questions[step.Question];
            var answer = question.Read(step.Values, sheet[step.Question].Order, command.Culture);
            echoes[step.Question] = words.Echo(question, answer) ?? "";
            if (!known.Contains(step.Sequence))
                db.Append(open.Attempt.Keep(command.Page, step.Sequence, step.Question, answer, now));
        }

        return new KeptSteps(open.Attempt.HeldCount, sheet.Count, echoes, (long?)(open.Attempt.Deadline - now)?.TotalMilliseconds);
    }
}
