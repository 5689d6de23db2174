using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>An item with its text, as it is kept. The shelf has all but the texts.</summary>
internal sealed record ItemTextQuery(Guid CourseId, Guid ItemId) : IRequest<Item?>;

internal sealed class ItemTextAnswer(CoursesDb db) : IRequestHandler<ItemTextQuery, Item?>
{
    public Task<Item?> Handle(ItemTextQuery request, CancellationToken ct) =>
        db.Items.AsNoTracking().FirstOrDefaultAsync(i => i.Id == request.ItemId && i.CourseId == request.CourseId, ct);
}
