using MediatR;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Features.Credentials;

namespace MoocPlatform.Enrollment.Reactions;

/// <summary>Who completes a course gets its badge.</summary>
internal sealed class WhenCourseCompleted(IMediator mediator) : INotificationHandler<CourseCompleted>
{
    public Task Handle(CourseCompleted notification, CancellationToken cancellationToken) => mediator.Send(new RewardCompletion(notification), cancellationToken);
}
