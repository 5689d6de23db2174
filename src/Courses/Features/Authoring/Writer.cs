using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>Who writes. The right to do so is part of every look-up: a course of others is no course.</summary>
internal sealed record Writer(Guid Id, bool IsAdmin)
{
    public static Writer Of(ClaimsPrincipal person) => new(person.Id(), person.IsAdmin());

    /// <summary>Whether this person has at least this role in the course.</summary>
    public bool May(Book book, CourseRole least) => IsAdmin || (book.Team.TryGetValue(Id, out var role) && role >= least);
}

/// <summary>How a course is changed: looked up by right, changed, saved as one.</summary>
internal static class CourseChange
{
    private const int MostTries = 5;

    /// <summary>
    /// Reads the course, changes it and saves. When somebody else saved in between, everything is read anew and done again, so that
    /// <paramref name="change"/> always decides on what is there.
    /// </summary>
    public static async Task<T> Change<T>(
        this CoursesDb db, Guid courseId, Writer by, TimeProvider clock, Func<Course, DateTimeOffset, Task<T>> change, CancellationToken ct, CourseRole least = CourseRole.Instructor)
    {
        for (var attempt = 1; ; attempt++)
        {
            db.ChangeTracker.Clear();
            var course = await db.Courses.FirstOrDefaultAsync(c => c.Id == courseId && (by.IsAdmin || c.Team.Any(t => t.PersonId == by.Id && t.Role >= least)), ct)
                ?? throw new NotFound();
            var now = clock.GetUtcNow();
            var result = await change(course, now);
            if (!db.ChangeTracker.HasChanges())
                return result; // asked twice: it is as it should be

            course.Changed(now);
            try
            {
                await db.SaveChangesAsync(ct);
                return result;
            }
            catch (DbUpdateException e) when (attempt < MostTries && (e is DbUpdateConcurrencyException || Database.IsDuplicate(e)))
            {
                // Read anew, with what the other one saved.
            }
        }
    }

    /// <inheritdoc cref="Change{T}"/>
    public static Task<MediatR.Unit> Change(
        this CoursesDb db, Guid courseId, Writer by, TimeProvider clock, Func<Course, DateTimeOffset, Task> change, CancellationToken ct, CourseRole least = CourseRole.Instructor) =>
        db.Change(courseId, by, clock, async (course, now) =>
        {
            await change(course, now);
            return MediatR.Unit.Value;
        }, ct, least);

    /// <summary>Tells the open pages of every published run of a course that what they show has changed. After the save.</summary>
    public static void TellRuns(this Live live, IEnumerable<Guid> runs)
    {
        foreach (var run in runs)
            live.Tell(CourseLinks.Channel(run), "changed");
    }
}
