using MediatR;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Persistence;

namespace MoocPlatform.Courses.Features.Asking;

internal sealed class CourseBySlugAnswer(Shelf shelf) : IRequestHandler<CourseBySlugQuery, CourseName?>
{
    public async Task<CourseName?> Handle(CourseBySlugQuery request, CancellationToken cancellationToken) =>
        await shelf.BySlug(request.Course, cancellationToken) is { } book
            ? new CourseName(book.Course.Id, book.Course.Title, book.Course.Language, book.Sections.SelectMany(s => s.Items).Where(i => i.Kind == ItemKind.Quiz).ToDictionary(i => i.Id, i => new QuizName(i.Slug, i.Title)))
            : null;
}
