using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>Takes an item out of the course for good. Its number is never given again, so nobody's progress becomes another's.</summary>
internal sealed record DeleteItem(Guid CourseId, Writer By, Guid ItemId) : IRequest;

internal sealed class DeleteItemHandler(CoursesDb db, Live live, TimeProvider clock) : IRequestHandler<DeleteItem, Unit>
{
    public async Task<Unit> Handle(DeleteItem command, CancellationToken ct)
    {
        var runs = await db.Change(command.CourseId, command.By, clock, async (course, _) =>
        {
            db.Remove(await db.Items.FirstOrDefaultAsync(i => i.Id == command.ItemId && i.CourseId == course.Id, ct) ?? throw new NotFound());
            return await db.Runs.Where(r => r.CourseId == course.Id && r.PublishedAt != null).Select(r => r.Id).ToListAsync(ct);
        }, ct);
        live.TellRuns(runs);
        return Unit.Value;
    }
}
