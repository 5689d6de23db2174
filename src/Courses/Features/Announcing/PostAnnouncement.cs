using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Features.Authoring;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Announcing;

/// <summary>Announces something to everyone in a run, now. The same key is the same announcement.</summary>
internal sealed record PostAnnouncement(Guid CourseId, Writer By, Guid Key, Guid RunId, string? Title, string? Markdown) : IRequest;

internal sealed class PostAnnouncementHandler(CoursesDb db, Live live, TimeProvider clock) : IRequestHandler<PostAnnouncement, Unit>
{
    public async Task<Unit> Handle(PostAnnouncement command, CancellationToken ct)
    {
        await db.Change(command.CourseId, command.By, clock, async (course, now) =>
        {
            var title = Entered.Line(command.Title, "Title", Announcement.LongestTitle);
            var text = Entered.Text(command.Markdown, "Markdown", Announcement.LongestText);
            if (string.IsNullOrWhiteSpace(text))
                throw Refusals.TextMissing("Markdown");
            var run = await db.Runs.FirstOrDefaultAsync(r => r.Id == command.RunId && r.CourseId == course.Id, ct) ?? throw new NotFound();
            if (await db.Announcements.AnyAsync(a => a.Id == command.Key, ct))
                return; // clicked twice
            if (run.PublishedAt is null)
                throw Refusals.NobodyToTell();
            db.Announce(run, course, command.Key, command.By.Id, title, text, now);
        }, ct);
        live.Tell(CourseLinks.Channel(command.RunId), "announced");
        return Unit.Value;
    }
}

/// <summary>How an announcement is kept and told.</summary>
internal static class Announcing
{
    /// <summary>With the next save.</summary>
    public static void Announce(this CoursesDb db, Run run, Course course, Guid id, Guid authorId, string title, string markdown, DateTimeOffset now)
    {
        db.Add(Announcement.In(run, course, id, authorId, title, markdown, now));
        db.Announce(new Announced(id, run.Id, course.Id, now));
    }
}

internal sealed class AnnouncementAnswer(CoursesDb db) : IRequestHandler<AnnouncementQuery, AnnouncementText?>
{
    public async Task<AnnouncementText?> Handle(AnnouncementQuery request, CancellationToken cancellationToken) =>
        (await db.Announcements.AsNoTracking().FirstOrDefaultAsync(a => a.Id == request.AnnouncementId, cancellationToken))?.AsText();
}

/// <summary>The announcements of a run, newest first: those before a date, one page.</summary>
internal sealed record AnnouncementsQuery(Guid RunId, DateTimeOffset? Before, int Most) : IRequest<IReadOnlyList<Announcement>>;

internal sealed class AnnouncementsAnswer(CoursesDb db) : IRequestHandler<AnnouncementsQuery, IReadOnlyList<Announcement>>
{
    public async Task<IReadOnlyList<Announcement>> Handle(AnnouncementsQuery request, CancellationToken cancellationToken)
    {
        var some = db.Announcements.AsNoTracking().Where(a => a.RunId == request.RunId);
        if (request.Before is { } before)
            some = some.Where(a => a.At < before);
        return await some.OrderByDescending(a => a.At).Take(request.Most).ToListAsync(cancellationToken);
    }
}
