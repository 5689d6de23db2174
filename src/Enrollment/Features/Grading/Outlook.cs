using MediatR;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;

namespace MoocPlatform.Enrollment.Features.Grading;

internal sealed class CompletionOutlookQueryHandler(GradeBases bases) : IRequestHandler<CompletionOutlookQuery, CompletionOutlook?>
{
    public async Task<CompletionOutlook?> Handle(CompletionOutlookQuery request, CancellationToken cancellationToken)
    {
        if (await bases.Of(request.RunId, cancellationToken) is not { } basis)
            return null;
        var all = basis.Outline.Items.Count();
        var closed = basis.Quizzes.Where(q => (q.DueAt ?? basis.Run.End) <= request.At).Select(q => q.Id).ToHashSet();
        var best = Domain.Grading.Of(basis.Plan, basis.Quizzes.Select(q => new QuizMark(q.Id, closed.Contains(q.Id) ? 0m : 100m)), missing: 0m).Percent;
        var can = request.At < basis.Run.End && all - closed.Count >= basis.Plan.StepsOf(all) && !(basis.Plan.NeedsMark && best < (Ratio)basis.Plan.PassMark);
        return new CompletionOutlook(can, best?.Cut(2));
    }
}
