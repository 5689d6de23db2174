using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Scheduling;

/// <summary>Makes and publishes a run; one of the same address is left as it is.</summary>
internal sealed class PlanRunHandler(CoursesDb db, TimeProvider clock) : IRequestHandler<PlanRun, Guid>
{
    public async Task<Guid> Handle(PlanRun request, CancellationToken cancellationToken)
    {
        var course = await db.Courses.FirstOrDefaultAsync(c => c.Id == request.CourseId, cancellationToken) ?? throw new NotFound();
        if (!Slug.IsWellFormed(request.Slug))
            throw Refusals.SlugMalformed();
        if (await db.Runs.FirstOrDefaultAsync(r => r.CourseId == course.Id && r.Slug == request.Slug, cancellationToken) is { } there)
            return there.Id;

        var now = clock.GetUtcNow();
        var run = new Run { Id = clock.NewKey(), CourseId = course.Id, Slug = request.Slug, PublishedAt = now };
        run.Plan(request.Zone, request.Start, request.End, null);
        db.Add(run);
        course.Changed(now);
        db.Announce(new RunScheduled(run.Id));
        await db.SaveChangesAsync(cancellationToken);
        return run.Id;
    }
}
