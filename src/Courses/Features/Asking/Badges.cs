using MediatR;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Persistence;

namespace MoocPlatform.Courses.Features.Asking;

internal sealed class BadgeOfCourseAnswer(Shelf shelf) : IRequestHandler<BadgeOfCourseQuery, BadgeOfCourse?>
{
    public async Task<BadgeOfCourse?> Handle(BadgeOfCourseQuery request, CancellationToken cancellationToken) =>
        (await shelf.Course(request.CourseId, cancellationToken))?.Course is { } course
            ? new(course.Id, course.GivesBadge, course.Slug, course.Title, course.Summary, course.Language, course.Objectives, new(course.CoverPattern, course.CoverHue))
            : null;
}
