using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.Quizzes.Persistence;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Features.Asking;

internal sealed class QuizRulesAnswer(QuizzesDb db) : IRequestHandler<QuizRulesQuery, IReadOnlyDictionary<Guid, QuizRule>>
{
    public async Task<IReadOnlyDictionary<Guid, QuizRule>> Handle(QuizRulesQuery request, CancellationToken cancellationToken)
    {
        var quizzes = await db.Quizzes.AsNoTracking().Where(q => request.ItemIds.Contains(q.Id)).Select(q => new { q.Id, q.Grade, q.Pass }).ToListAsync(cancellationToken);
        return quizzes.ToDictionary(q => q.Id, q => new QuizRule(Counts(q.Grade), q.Pass));
    }

    private static CountedAttempt Counts(GradePolicy policy) => policy switch
    {
        GradePolicy.First => CountedAttempt.First,
        GradePolicy.Last => CountedAttempt.Last,
        GradePolicy.Average => CountedAttempt.Average,
        _ => CountedAttempt.Best,
    };
}

internal sealed class LaterDatesAnswer(QuizzesDb db) : IRequestHandler<LaterDatesQuery, IReadOnlyList<LaterDate>>
{
    private const int Most = 50;

    public async Task<IReadOnlyList<LaterDate>> Handle(LaterDatesQuery request, CancellationToken cancellationToken)
    {
        if (request.RunIds.Count > Most)
            throw new ArgumentException($"At most {Most} runs at once.", nameof(request));
        return await db.Allowances.AsNoTracking()
            .Where(a => request.RunIds.Contains(a.RunId) && a.LearnerId == request.LearnerId && a.Until != null && a.ItemId != Guid.Empty)
            .Select(a => new LaterDate(a.RunId, a.ItemId, a.Until!.Value)).ToListAsync(cancellationToken);
    }
}
