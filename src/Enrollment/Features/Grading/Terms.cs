using MediatR;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Grading;

/// <summary>A plan as other modules know it.</summary>
internal static class Terms
{
    public static GradingTerms Told(this GradePlan plan) =>
        new([.. plan.Categories.Select(c => new GradingCategory(c.Name, c.Weight, c.DropLowest, c.Items))], plan.LeftOut, plan.PassMark, plan.Steps, plan.NeedsMark);

    public static GradePlan Plan(this GradingTerms terms) =>
        new([.. terms.Categories.Select(c => new GradeCategory(c.Name, c.Weight, c.DropLowest, c.Quizzes))], terms.LeftOut, terms.PassMark, terms.Steps, terms.NeedsMark);
}

internal sealed class GradingTermsHandler(GradeBases bases) : IRequestHandler<GradingTermsQuery, GradingTerms>
{
    public async Task<GradingTerms> Handle(GradingTermsQuery request, CancellationToken cancellationToken) =>
        (await bases.PlanOf(request.CourseId, null, cancellationToken)).Plan.Told();
}

internal sealed class GradingFaultHandler : IRequestHandler<GradingFaultQuery, GradingFault?>
{
    public Task<GradingFault?> Handle(GradingFaultQuery request, CancellationToken cancellationToken)
    {
        try
        {
            request.Terms.Plan().Checked();
            return Task.FromResult<GradingFault?>(null);
        }
        catch (Refused refused)
        {
            return Task.FromResult<GradingFault?>(new(refused.Text, [.. refused.Arguments]));
        }
    }
}
