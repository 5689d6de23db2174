using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Features.Authoring;
using MoocPlatform.Courses.Persistence;

namespace MoocPlatform.Courses.Features.Asking;

internal sealed class WritableCourseAnswer(Shelf shelf) : IRequestHandler<WritableCourseQuery, Guid?>
{
    public async Task<Guid?> Handle(WritableCourseQuery request, CancellationToken cancellationToken) =>
        await shelf.BySlug(request.CourseSlug, cancellationToken) is { } book && new Writer(request.PersonId, request.IsAdmin).May(book, CourseRole.Instructor)
            ? book.Course.Id
            : null;
}

internal sealed class QuizSourceAnswer(Shelf shelf, CoursesDb db) : IRequestHandler<QuizSourceQuery, QuizSource?>
{
    public async Task<QuizSource?> Handle(QuizSourceQuery request, CancellationToken cancellationToken)
    {
        if (await shelf.BySlug(request.CourseSlug, cancellationToken) is not { } book
            || !new Writer(request.PersonId, request.IsAdmin).May(book, CourseRole.Instructor)
            || book.Item(request.ItemSlug) is not { Kind: ItemKind.Quiz } known)
            return null;

        var item = await db.Items.AsNoTracking().FirstOrDefaultAsync(i => i.Id == known.Id, cancellationToken);
        return item is null ? null : new QuizSource(book.Course.Id, book.Course.Slug, book.Course.Title, item.Slug, item.Title, item.Markdown, item.Revision, item.Published);
    }
}
