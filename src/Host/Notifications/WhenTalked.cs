using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Notifications;

/// <summary>Who is to hear of a new thread is told.</summary>
internal sealed class WhenThreadStarted(WritingNotices notices) : INotificationHandler<ThreadStarted>
{
    public Task Handle(ThreadStarted notification, CancellationToken cancellationToken) =>
        notices.Begin(notification.ThreadId, notification.ThreadId, notification.At, cancellationToken);
}

/// <summary>Who is named, answered or following is told of a reply.</summary>
internal sealed class WhenReplyPosted(WritingNotices notices) : INotificationHandler<ReplyPosted>
{
    public Task Handle(ReplyPosted notification, CancellationToken cancellationToken) =>
        notices.Begin(notification.PostId, notification.ThreadId, notification.At, cancellationToken);
}

/// <summary>An author hears that an answer was accepted or endorsed: once for each of the two, however often it is marked.</summary>
internal sealed class WhenAnswerMarked(WritingNotices notices) : INotificationHandler<AnswerMarked>
{
    public Task Handle(AnswerMarked notification, CancellationToken cancellationToken) => notices.ToAuthor(
        Acts.Id(notification.PostId, 100 + (int)notification.Mark, DateTimeOffset.UnixEpoch), notification.AuthorId, NoticeKind.Mark, (int)notification.Mark,
        notification.PostId, notification.ThreadId, notification.RunId, note: null, notification.At, cancellationToken);
}

/// <summary>An author hears what the team did, and why. What nobody may read any more leaves the trays of everybody else.</summary>
internal sealed class WhenWritingModerated(WritingNotices notices, Withdrawing withdrawing) : INotificationHandler<WritingModerated>
{
    public async Task Handle(WritingModerated notification, CancellationToken cancellationToken)
    {
        if (notification.Act is ModerationAct.Held or ModerationAct.Hidden or ModerationAct.Deleted)
            await withdrawing.Of(notification.WritingId, cancellationToken);
        await notices.ToAuthor(
            Acts.Id(notification.WritingId, (int)notification.Act, notification.At), notification.AuthorId, NoticeKind.Moderation, (int)notification.Act,
            notification.WritingId, notification.ThreadId, notification.RunId, notification.Reason, notification.At, cancellationToken);
    }
}

/// <summary>The id of an act: of the writing, what was done and when.</summary>
internal static class Acts
{
    public static Guid Id(Guid writing, int act, DateTimeOffset at)
    {
        Span<byte> what = stackalloc byte[16];
        BitConverter.TryWriteBytes(what, act);
        BitConverter.TryWriteBytes(what[8..], at.UtcTicks / TimeSpan.TicksPerMicrosecond);
        return Notification.IdOf(writing, new Guid(what));
    }
}

/// <summary>Takes back what was told of a thing: of a writing with all that was told of its thread when it began one, or of a whole bundle.</summary>
internal sealed class Withdrawing(HostDb db, Live live)
{
    public async Task Of(Guid thing, CancellationToken ct)
    {
        while (await db.InTurn(token => Some(thing, token), ct) is { Count: > 0 } trays)
            foreach (var tray in trays)
                live.Tell(Tray.Channel(tray.PersonId), "withdrawn", tray.Number);
    }

    private async Task<List<Tray>> Some(Guid thing, CancellationToken ct)
    {
        var gone = await db.Notifications.AsNoTracking()
            .Where(n => (n.SubjectId == thing || n.BundleId == thing) && n.Kind != NoticeKind.Moderation).OrderBy(n => n.Id).Take(Notices.AtOnce).ToListAsync(ct);
        if (gone.Count == 0)
            return [];
        var ids = gone.Select(n => n.Id).ToList();
        await db.Notifications.Where(n => ids.Contains(n.Id)).ExecuteDeleteAsync(ct);
        foreach (var by in gone.Where(n => n.SeenAt is null).GroupBy(n => n.PersonId).GroupBy(g => g.Count(), g => g.Key))
        {
            var (count, some) = (by.Key, by.ToList());
            await db.Trays.Where(t => some.Contains(t.PersonId))
                .ExecuteUpdateAsync(s => s.SetProperty(t => t.Unseen, t => t.Unseen > count ? t.Unseen - count : 0).SetProperty(t => t.Number, t => t.Number + 1), ct);
        }

        var people = gone.Select(n => n.PersonId).Distinct().ToList();
        return await db.Trays.AsNoTracking().Where(t => people.Contains(t.PersonId)).ToListAsync(ct);
    }
}
