using MediatR;
using MoocPlatform.Courses.Features.Catalogue;
using MoocPlatform.Courses.Persistence;

namespace MoocPlatform.Courses.Reactions;

/// <summary>The search finds a course by the words it has now, not by those of the fact: heard late or twice, it does the same.</summary>
internal sealed class WhenCourseReworded(IMediator mediator) : INotificationHandler<CourseReworded>
{
    public Task Handle(CourseReworded notification, CancellationToken cancellationToken) => mediator.Send(new IndexCourse(notification.CourseId), cancellationToken);
}
