using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Resources;

/// <summary>A resource of a course with the text that was kept of it. Null: there is none.</summary>
internal sealed record SnapshotQuery(Guid CourseId, Guid ResourceId) : IRequest<Resource?>;

internal sealed class SnapshotAnswer(CoursesDb db) : IRequestHandler<SnapshotQuery, Resource?>
{
    public Task<Resource?> Handle(SnapshotQuery request, CancellationToken cancellationToken) =>
        db.Resources.AsNoTracking().FirstOrDefaultAsync(r => r.Id == request.ResourceId && r.CourseId == request.CourseId && r.SnapshotAt != null, cancellationToken);
}

/// <summary>The text of something that lived elsewhere, as it was last seen: for everyone once it is gone, before that for the team.</summary>
[AllowAnonymous]
internal sealed class ShowSnapshotModel(Shelf shelf) : ModulePage
{
    public Book Book { get; private set; } = null!;

    public Resource Resource { get; private set; } = null!;

    public async Task OnGetAsync(string slug, Guid id)
    {
        Book = await shelf.BySlug(slug, HttpContext.RequestAborted) ?? throw new NotFound();
        Resource = await Send(new SnapshotQuery(Book.Course.Id, id)) ?? throw new NotFound();
        if (!Book.IsTeam(User) && !(Book.IsPublic && Resource is { IsGone: true, IsOpen: true }))
            throw new NotFound();
    }
}
