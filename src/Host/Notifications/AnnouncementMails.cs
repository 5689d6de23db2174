using MediatR;
using Microsoft.Extensions.Localization;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Notifications;

/// <summary>
/// The notifications of an announcement: one for each learner of the run whose address is confirmed, and a mail, where not chosen otherwise,
/// in the language of the reader, or of the course where that is not known.
/// <para>
/// Learners are asked for <see cref="Notices.AtOnce"/> at a time and what they are told saved as one, so that 100,000 learners are 200 short saves, never one
/// long transaction and never all in memory; between two of them everybody else's writes have their turn. An id is made of the
/// announcement and the learner: killed in between and begun again, or run by two nodes, what is written is found and skipped, and
/// nobody is written to twice. <see cref="MailSender"/> then sends row by row at the pace of the mail server, 20 at a time, and before
/// each 20 whatever was written to one person: a link to sign in does not wait for 100,000 announcements.
/// </para>
/// </summary>
internal sealed class AnnouncementMails(Notices notices, IMediator mediator, IStringLocalizer<Text> text, Site site)
{
    public async Task Queue(Guid announcementId, CancellationToken ct)
    {
        if (await mediator.Send(new AnnouncementQuery(announcementId), ct) is not { } announcement || await mediator.Send(new RunTermQuery(announcement.RunId), ct) is not { } run)
            return;

        var after = Guid.Empty;
        while (true)
        {
            var learners = await mediator.Send(new LearnersQuery(run.RunId, after, Notices.AtOnce), ct);
            if (learners.Count > 0)
                await QueueSome(announcement, run, learners, ct);
            if (learners.Count < Notices.AtOnce)
                return;
            after = learners[^1];
        }
    }

    private Task QueueSome(AnnouncementText announcement, RunTerm run, IReadOnlyList<Guid> learners, CancellationToken ct) => notices.Tell(
        [.. learners.Select(l => Notification.New(Notification.IdOf(announcement.Id, l), l, NoticeKind.Announcement, 0, announcement.Id, run.RunId, announcement.At)
            .With(announcement.Title, run.CourseTitle, CourseLinks.Announcements(run.CourseSlug, run.RunSlug)))],
        toMany: true, ct, (_, to) => Write(announcement, run, to));

    private Letter Write(AnnouncementText announcement, RunTerm run, Recipient to) => InLanguage.Of(to, run, () =>
    {
        var page = site.Link(CourseLinks.Announcements(run.CourseSlug, run.RunSlug));
        var body = text["Hello {0},", to.Name] + "\n\n" + announcement.Markdown.Trim() + "\n\n" + page + "\n\n"
            + text["You get this because you are enrolled in “{0}”. To get no more of it, leave the course: {1}", run.CourseTitle, site.Link(EnrollmentLinks.Leave(run.CourseSlug, run.RunSlug))]
            + "\n" + text["Choose what comes by mail: {0}", site.Link(ChooseMailsPage.Address)];
        return new Letter($"{run.CourseTitle}: {announcement.Title}", body);
    });
}
