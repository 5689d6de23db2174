using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>The dates of a run as typed: local times in the zone, as a browser's fields give them.</summary>
internal sealed record RunDates(string? Zone, string? Start, string? End, string? EnrolmentEnd)
{
    /// <summary>Sets them, or refuses.</summary>
    public void PutInto(Run run) => run.Plan(
        Entered.Zone(Zone), Entered.Local(Start, "Start")!.Value, Entered.Local(End, "End")!.Value, Entered.Local(EnrolmentEnd, "EnrolmentEnd", optional: true));
}

/// <summary>Plans a run, or moves one: the same key is the same run. Everything that hangs on its dates moves with it. Answers its address.</summary>
internal sealed record SaveRun(Guid CourseId, Writer By, Guid RunId, string? Slug, RunDates Dates, bool Publish) : IRequest<string>;

internal sealed class SaveRunHandler(CoursesDb db, Live live, TimeProvider clock) : IRequestHandler<SaveRun, string>
{
    public async Task<string> Handle(SaveRun command, CancellationToken ct)
    {
        var slug = await db.Change(command.CourseId, command.By, clock, async (course, now) =>
        {
            var run = await db.Runs.FirstOrDefaultAsync(r => r.Id == command.RunId, ct);
            if (run is null)
                db.Add(run = new Run { Id = command.RunId, CourseId = course.Id });
            else if (run.CourseId != course.Id)
                throw new NotFound();

            command.Dates.PutInto(run);
            run.Slug = await SlugFor(run, command.Slug, ct);
            if (command.Publish && run.PublishedAt is null)
            {
                if (!await db.Items.AnyAsync(i => i.CourseId == course.Id && i.Published, ct))
                    throw Refusals.NothingToPublish();
                run.PublishedAt = now;
            }

            if (run.PublishedAt is not null && db.ChangeTracker.HasChanges())
                db.Announce(new RunScheduled(run.Id)); // start, close and every date that hangs on them move on the schedule
            return run.Slug;
        }, ct);
        live.TellRuns([command.RunId]);
        return slug;
    }

    private async Task<string> SlugFor(Run run, string? typed, CancellationToken ct)
    {
        var slug = typed?.Trim() is { Length: > 0 } chosen ? chosen : run.LocalStart.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
        if (!Slug.IsWellFormed(slug))
            throw Refusals.SlugMalformed();
        return slug == "new" || await db.Runs.AnyAsync(r => r.CourseId == run.CourseId && r.Slug == slug && r.Id != run.Id, ct) ? throw Refusals.SlugTaken(slug) : slug;
    }
}

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
