using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Persistence;

namespace MoocPlatform.Quizzes.Features.Leaving;

/// <summary>A person's attempts and answers. When they go, results stay in the statistics without them.</summary>
internal sealed class QuizData(QuizzesDb db) : IPersonalData
{
    public string Folder => "quizzes";

    public async Task Export(Guid personId, PersonalArchive archive, CancellationToken ct)
    {
        var attempts = await db.Attempts.AsNoTracking().Where(a => a.LearnerId == personId).OrderBy(a => a.StartedAt).ToListAsync(ct);
        Guid[] quizzes = [.. attempts.Select(a => a.ItemId).Distinct()];
        var titles = await db.Quizzes.AsNoTracking().Where(q => quizzes.Contains(q.Id)).ToDictionaryAsync(q => q.Id, q => q.Title, ct);
        await archive.Json("attempts.json", attempts.Select(a => new
        {
            quiz = titles.GetValueOrDefault(a.ItemId),
            run = a.RunId,
            item = a.ItemId,
            attempt = a.Number,
            a.StartedAt,
            a.Deadline,
            a.SubmittedAt,
            a.Receipt,
            score = a.ScoreTold ? a.Score : null, // no file tells what the page does not tell yet
            a.Points,
            passed = a.ScoreTold ? a.Passed : (bool?)null,
            answers = a.Held.Select(h => h?.Answer is { } answer ? JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(answer)) : null),
        }), ct);
        await archive.Json("extra-time.json", await db.Allowances.AsNoTracking().Where(a => a.LearnerId == personId)
            .Select(a => new { run = a.RunId, item = a.ItemId, a.Minutes, a.Percent, a.Until, a.At }).ToListAsync(ct), ct);
    }

    public Task Erase(Guid personId, Guid nobody, DateTimeOffset now, CancellationToken ct) => db.InTurn(async token =>
    {
        await db.Attempts.Where(a => a.LearnerId == personId).ExecuteUpdateAsync(s => s.SetProperty(a => a.LearnerId, nobody), token);
        await db.Allowances.Where(a => a.LearnerId == personId).ExecuteDeleteAsync(token);
    }, ct);
}
