using MediatR;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Notifications;

/// <summary>Puts the writing of the mails on the schedule: with many learners it takes longer than a fact may keep others waiting.</summary>
internal sealed class WhenAnnounced(ISchedule schedule) : INotificationHandler<Announced>
{
    public Task Handle(Announced notification, CancellationToken cancellationToken) => schedule.At(
        QueueAnnouncementMails.Key(notification.AnnouncementId), notification.At, new QueueAnnouncementMails(notification.AnnouncementId), cancellationToken);
}

/// <summary>Writes a mail to everyone in the run. Asked twice, it finds them written.</summary>
internal sealed record QueueAnnouncementMails(Guid AnnouncementId) : IRequest
{
    public static string Key(Guid announcementId) => $"announcement/{announcementId:N}";
}

internal sealed class QueueAnnouncementMailsHandler(AnnouncementMails mails) : IRequestHandler<QueueAnnouncementMails, Unit>
{
    public async Task<Unit> Handle(QueueAnnouncementMails request, CancellationToken cancellationToken)
    {
        await mails.Queue(request.AnnouncementId, cancellationToken);
        return Unit.Value;
    }
}
