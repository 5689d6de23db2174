using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Leaving;

/// <summary>Where a person is of the team, and texts that they have not saved. What they saved belongs to the course.</summary>
internal sealed class TeamData(CoursesDb db, Shelf shelf) : IPersonalData
{
    public string Folder => "courses";

    public async Task Export(Guid personId, PersonalArchive archive, CancellationToken ct)
    {
        await archive.Json("teams.json", await db.Team.AsNoTracking().Where(t => t.PersonId == personId)
            .Join(db.Courses, t => t.CourseId, c => c.Id, (t, c) => new { c.Slug, c.Title, Role = t.Role.ToString() }).ToListAsync(ct), ct);
        foreach (var draft in await db.Drafts.AsNoTracking().Where(d => d.AuthorId == personId).ToListAsync(ct))
            await archive.Text($"drafts/{draft.ItemId:N}-{draft.Id:N}.md", w => w.WriteAsync(draft.Markdown), ct);
    }

    public async Task<Refused?> Obstacle(Guid personId, CancellationToken ct)
    {
        var alone = await db.Team.Where(t => t.PersonId == personId && t.Role == CourseRole.Owner)
            .Where(t => !db.Team.Any(o => o.CourseId == t.CourseId && o.PersonId != personId && o.Role == CourseRole.Owner))
            .Join(db.Courses, t => t.CourseId, c => c.Id, (_, c) => c.Title).OrderBy(t => t).FirstOrDefaultAsync(ct);
        return alone is null ? null : Refusals.OwnsAlone(alone);
    }

    public async Task Erase(Guid personId, Guid nobody, DateTimeOffset now, CancellationToken ct)
    {
        var courses = await db.Courses.Where(c => db.Team.Any(t => t.CourseId == c.Id && t.PersonId == personId)).ToListAsync(ct);
        foreach (var course in courses)
            course.Changed(now);
        db.RemoveRange(await db.Team.Where(t => t.PersonId == personId).ToListAsync(ct));
        await db.SaveChangesAsync(ct);
        await db.InTurn(token => db.Drafts.Where(d => d.AuthorId == personId).ExecuteDeleteAsync(token), ct);
        foreach (var course in courses)
            shelf.Forget(course.Id);
    }
}
