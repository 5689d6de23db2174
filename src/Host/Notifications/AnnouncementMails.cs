using System.Globalization;
using System.Security.Cryptography;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Host.Web;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Notifications;

/// <summary>
/// The mails of an announcement: one row for each learner of the run whose address is confirmed, in the language of the course.
/// <para>
/// Learners are asked for <see cref="AtOnce"/> at a time and their mails saved as one, so that 100,000 learners are 200 short saves, never one
/// long transaction and never all in memory; between two of them everybody else's writes have their turn. A mail's id is made of the
/// announcement and the learner: killed in between and begun again, or run by two nodes, what is written is found and skipped, and
/// nobody is written to twice. <see cref="MailSender"/> then sends row by row at the pace of the mail server, 20 at a time, and before
/// each 20 whatever was written to one person: a link to sign in does not wait for 100,000 announcements.
/// </para>
/// </summary>
internal sealed class AnnouncementMails(HostDb db, IMediator mediator, IStringLocalizer<Text> text, Site site, MailBell bell, TimeProvider clock)
{
    public const int AtOnce = 500;

    public async Task Queue(Guid announcementId, CancellationToken ct)
    {
        if (await mediator.Send(new AnnouncementQuery(announcementId), ct) is not { } announcement || await mediator.Send(new RunTermQuery(announcement.RunId), ct) is not { } run)
            return;

        var after = Guid.Empty;
        while (true)
        {
            var learners = await mediator.Send(new LearnersQuery(run.RunId, after, AtOnce), ct);
            if (learners.Count > 0)
                await QueueSome(announcement, run, learners, ct);
            if (learners.Count < AtOnce)
                return;
            after = learners[^1];
        }
    }

    private async Task QueueSome(AnnouncementText announcement, RunTerm run, IReadOnlyList<Guid> learners, CancellationToken ct)
    {
        var ids = learners.ToDictionary(l => l, l => MailId(announcement.Id, l));
        for (var again = true; again;)
        {
            again = false;
            db.ChangeTracker.Clear();
            var written = (await db.Mails.Where(m => ids.Values.Contains(m.Id)).Select(m => m.Id).ToListAsync(ct)).ToHashSet();
            var accounts = await db.Users.AsNoTracking().Where(u => learners.Contains(u.Id) && u.EmailConfirmed && u.Email != null)
                .Select(u => new { u.Id, u.Email, u.Name }).ToListAsync(ct);
            foreach (var account in accounts.Where(a => !written.Contains(ids[a.Id])))
            {
                var (subject, body) = Write(announcement, run, account.Name);
                db.Add(Mail.New(account.Email!, subject, body, clock, ids[account.Id], toMany: true));
            }

            try
            {
                await db.SaveChangesAsync(ct);
            }
            catch (DbUpdateException e) when (Database.IsDuplicate(e))
            {
                again = true; // another node wrote some of them: the rest are written
            }
        }

        db.ChangeTracker.Clear();
        bell.Ring();
    }

    private (string Subject, string Body) Write(AnnouncementText announcement, RunTerm run, string name)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        var culture = CultureInfo.GetCultureInfo(Words.Languages.Contains(run.Language) ? run.Language : Words.Languages[0]);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
        var page = site.Link(CourseLinks.Announcements(run.CourseSlug, run.RunSlug));
        var body = text["Hello {0},", name] + "\n\n" + announcement.Markdown.Trim() + "\n\n" + page + "\n\n"
            + text["You get this because you are enrolled in “{0}”. To get no more of it, leave the course: {1}", run.CourseTitle, site.Link(EnrollmentLinks.Leave(run.CourseSlug, run.RunSlug))];
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        return ($"{run.CourseTitle}: {announcement.Title}", body);
    }

    // The same for the same two, on every node and at every try.
    private static Guid MailId(Guid announcementId, Guid learnerId)
    {
        Span<byte> both = stackalloc byte[32];
        announcementId.TryWriteBytes(both);
        learnerId.TryWriteBytes(both[16..]);
        return new Guid(SHA256.HashData(both).AsSpan(0, 16));
    }
}
