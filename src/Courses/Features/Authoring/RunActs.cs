using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Features.Announcing;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>Ends a run now, before its date. What ends with a run ends: open attempts are submitted, talk becomes read-only.</summary>
internal sealed record CloseRunNow(Guid CourseId, Writer By, Guid RunId) : IRequest;

internal sealed class CloseRunNowHandler(CoursesDb db, Live live, TimeProvider clock) : IRequestHandler<CloseRunNow, Unit>
{
    public async Task<Unit> Handle(CloseRunNow command, CancellationToken ct)
    {
        await db.Change(command.CourseId, command.By, clock, async (course, now) =>
        {
            var run = await db.Runs.FirstOrDefaultAsync(r => r.Id == command.RunId && r.CourseId == course.Id, ct) ?? throw new NotFound();
            if (run.ClosedEarlyAt is not null)
                return;
            if (run.Term(course).StateAt(now) != RunState.Running)
                throw Refusals.RunNotRunning();
            run.ClosedEarlyAt = now;
            db.Announce(new RunScheduled(run.Id)); // its end has come: the schedule tells everyone
        }, ct);
        live.TellRuns([command.RunId]);
        return Unit.Value;
    }
}

/// <summary>Takes a closed run out of the catalogue. It stays readable at its address.</summary>
internal sealed record ArchiveRun(Guid CourseId, Writer By, Guid RunId) : IRequest;

internal sealed class ArchiveRunHandler(CoursesDb db, Live live, TimeProvider clock) : IRequestHandler<ArchiveRun, Unit>
{
    public async Task<Unit> Handle(ArchiveRun command, CancellationToken ct)
    {
        await db.Change(command.CourseId, command.By, clock, async (course, now) =>
        {
            var run = await db.Runs.FirstOrDefaultAsync(r => r.Id == command.RunId && r.CourseId == course.Id, ct) ?? throw new NotFound();
            if (run.ArchivedAt is not null)
                return;
            if (run.Term(course).StateAt(now) != RunState.Closed)
                throw Refusals.RunNotClosed();
            run.ArchivedAt = now;
        }, ct);
        live.TellRuns([command.RunId]);
        return Unit.Value;
    }
}

/// <summary>Calls off a run that has not started. Everyone who has joined is told why, as by an announcement.</summary>
/// <param name="Key">Of that announcement.</param>
internal sealed record CancelRun(Guid CourseId, Writer By, Guid RunId, Guid Key, string? Why) : IRequest;

internal sealed class CancelRunHandler(CoursesDb db, Live live, TimeProvider clock) : IRequestHandler<CancelRun, Unit>
{
    public async Task<Unit> Handle(CancelRun command, CancellationToken ct)
    {
        await db.Change(command.CourseId, command.By, clock, async (course, now) =>
        {
            var run = await db.Runs.FirstOrDefaultAsync(r => r.Id == command.RunId && r.CourseId == course.Id, ct) ?? throw new NotFound();
            if (run.CancelledAt is not null)
                return;
            if (run.Term(course).StateAt(now) != RunState.Announced)
                throw Refusals.RunNotAnnounced();
            var why = Entered.Text(command.Why, "Why", Announcement.LongestText);
            if (string.IsNullOrWhiteSpace(why))
                throw Refusals.TextMissing("Why");
            run.CancelledAt = now;
            db.Announce(run, course, command.Key, command.By.Id, CourseMarkup.Say(course.Language, "Run {0} is cancelled", run.Slug), why, now);
            db.Announce(new RunScheduled(run.Id)); // its start and end come off the schedule
        }, ct);
        live.TellRuns([command.RunId]);
        return Unit.Value;
    }
}
