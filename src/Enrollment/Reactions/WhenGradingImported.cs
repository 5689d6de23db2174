using System.Text.Json;
using MediatR;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Features.Grading;

namespace MoocPlatform.Enrollment.Reactions;

/// <summary>Grades a course as its folder says from now on. Told twice it changes nothing.</summary>
internal sealed class WhenGradingImported(IMediator mediator) : INotificationHandler<GradingImported>
{
    public async Task Handle(GradingImported notification, CancellationToken cancellationToken)
    {
        var plan = JsonSerializer.Deserialize<GradingTerms>(notification.Terms)!.Plan();
        var (revision, _) = await mediator.Send(new GradePlanQuery(notification.CourseId), cancellationToken);
        await mediator.Send(new WritePlan(notification.CourseId, notification.ById, plan, revision), cancellationToken);
    }
}
