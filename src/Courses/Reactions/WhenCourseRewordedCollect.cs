using MediatR;
using MoocPlatform.Courses.Features.Resources;
using MoocPlatform.Courses.Persistence;

namespace MoocPlatform.Courses.Reactions;

/// <summary>What the lessons point to is looked after from now on: by the texts as they are, not by those of the fact.</summary>
internal sealed class WhenCourseRewordedCollect(IMediator mediator) : INotificationHandler<CourseReworded>
{
    public Task Handle(CourseReworded notification, CancellationToken cancellationToken) => mediator.Send(new CollectResources(notification.CourseId), cancellationToken);
}
