using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Persistence;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>The courses of a team member, last changed first.</summary>
internal sealed record MyCoursesQuery(Guid PersonId) : IRequest<IReadOnlyList<(Book Book, CourseRole Role)>>;

internal sealed class MyCoursesAnswer(CoursesDb db, Shelf shelf) : IRequestHandler<MyCoursesQuery, IReadOnlyList<(Book Book, CourseRole Role)>>
{
    private const int Most = 200;

    public async Task<IReadOnlyList<(Book Book, CourseRole Role)>> Handle(MyCoursesQuery request, CancellationToken ct)
    {
        var mine = await db.Team.AsNoTracking().Where(t => t.PersonId == request.PersonId).OrderByDescending(t => t.CourseId).Take(Most).ToListAsync(ct);
        var courses = new List<(Book Book, CourseRole Role)>();
        foreach (var member in mine)
        {
            if (await shelf.Course(member.CourseId, ct) is { } book)
                courses.Add((book, member.Role));
        }

        return [.. courses.OrderByDescending(c => c.Book.Course.ChangedAt)];
    }
}
