using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Quizzes.Analysis;
using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Persistence;

namespace MoocPlatform.Quizzes.Features.Analysing;

internal sealed class QuizFiguresAnswer(QuizzesDb db, ClassReader reader) : IRequestHandler<QuizFiguresQuery, IReadOnlyList<QuizFigures>>
{
    private const int Most = 3;

    // Above this mean a question is not hard.
    private const double Hard = 60;

    public async Task<IReadOnlyList<QuizFigures>> Handle(QuizFiguresQuery request, CancellationToken cancellationToken)
    {
        var counted = await db.Attempts.Where(a => a.RunId == request.RunId && a.SubmittedAt != null && a.Score != null && (double)a.Points > 0).GroupBy(a => a.ItemId).Select(g => new
        {
            ItemId = g.Key,
            Attempts = g.Count(),
            Passed = g.Count(a => a.Passed),
            Mean = g.Average(a => (double)a.Score! / (double)a.Points),
        }).ToListAsync(cancellationToken);

        var figures = new List<QuizFigures>(counted.Count);
        foreach (var quiz in counted)
            figures.Add(new(quiz.ItemId, quiz.Attempts, quiz.Passed, quiz.Mean * 100, await Hardest(request.RunId, quiz.ItemId, quiz.Attempts, cancellationToken)));
        return figures;
    }

    private async Task<IReadOnlyList<HardQuestion>> Hardest(Guid runId, Guid itemId, int attempts, CancellationToken ct)
    {
        var analysis = attempts switch
        {
            < QuizAnalysis.Least => null,
            <= KeptAnalysis.Small => Analyst.Analyse(await reader.Read(runId, itemId, Counted.First, ct)),
            _ => (await db.Analyses.AsNoTracking().Where(a => a.RunId == runId && a.ItemId == itemId).OrderByDescending(a => a.MadeAt).FirstOrDefaultAsync(ct))?.Read(),
        };
        var hard = analysis?.Questions.Where(q => q is { Facility: < Hard, Attempts: >= QuizAnalysis.Least }).OrderBy(q => q.Facility).Take(Most).ToList() ?? [];
        if (hard.Count == 0)
            return [];
        Guid[] ids = [.. hard.Select(q => q.Question)];
        var labels = await db.Set<Question>().Where(q => ids.Contains(q.Id)).ToDictionaryAsync(q => q.Id, q => q.Label, ct);
        return [.. hard.Where(q => labels.ContainsKey(q.Question)).Select(q => new HardQuestion(labels[q.Question], q.Facility!.Value))];
    }
}
