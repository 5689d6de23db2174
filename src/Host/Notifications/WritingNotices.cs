using MediatR;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Notifications;

/// <summary>Tells those who are to hear of a writing, 500 at a time.</summary>
internal sealed class WritingNotices(Notices notices, IMediator mediator, ISchedule schedule, TimeProvider clock)
{
    /// <summary>The first 500 now. Those beyond are many: the schedule tells them, so that no other fact waits.</summary>
    public async Task Begin(Guid writing, Guid thread, DateTimeOffset at, CancellationToken ct)
    {
        if (await Some(writing, thread, at, after: null, ct) is { } last)
            await schedule.At($"hear/{writing:N}", clock.GetUtcNow(), new TellFurther(writing, thread, at, last), ct);
    }

    /// <summary>Everyone after a person.</summary>
    public async Task Rest(TellFurther further, CancellationToken ct)
    {
        Guid? after = further.After;
        while (after is not null)
            after = await Some(further.WritingId, further.ThreadId, further.At, after, ct);
    }

    // The last of them when there may be more.
    private async Task<Guid?> Some(Guid writing, Guid thread, DateTimeOffset at, Guid? after, CancellationToken ct)
    {
        var hearers = await mediator.Send(new HearersQuery(writing, after), ct);
        await notices.Tell([.. hearers.Select(h => Notification.New(Notification.IdOf(writing, h.PersonId), h.PersonId, KindOf(h, writing == thread), (int)h.As, writing, thread, at))],
            toMany: true, ct);
        return hearers.Count == Notices.AtOnce ? hearers[^1].PersonId : null;
    }

    private static NoticeKind KindOf(Hearer hearer, bool isThread) =>
        hearer.As == HearsAs.Mentioned ? NoticeKind.Mention : isThread ? NoticeKind.Thread : NoticeKind.Reply;

    /// <summary>
    /// Tells an author what happened to their own writing. The title of the thread and the way to it are kept: what was deleted has none later.
    /// </summary>
    public async Task ToAuthor(Guid id, Guid author, NoticeKind kind, int detail, Guid writing, Guid thread, Guid runId, string? note, DateTimeOffset at, CancellationToken ct)
    {
        var news = await mediator.Send(new WritingQuery(writing, author), ct);
        var run = await mediator.Send(new RunTermQuery(runId), ct);
        if (news is null && run is null)
            return; // neither the writing nor its course is there any more
        await notices.Tell([Notification.New(id, author, kind, detail, writing, thread, at).With(
            title: news?.ThreadTitle ?? run!.CourseTitle,
            place: news is null ? "" : news.CourseTitle ?? run?.CourseTitle ?? "",
            link: news?.Link ?? TalkLinks.Writing(run!.CourseSlug, run.RunSlug, thread, writing),
            note: string.IsNullOrWhiteSpace(note) ? null : note)], toMany: false, ct);
    }
}

/// <summary>Goes on telling of a writing. Asked twice, it finds everyone told.</summary>
internal sealed record TellFurther(Guid WritingId, Guid ThreadId, DateTimeOffset At, Guid After) : IRequest;

internal sealed class TellFurtherHandler(WritingNotices notices) : IRequestHandler<TellFurther, Unit>
{
    public async Task<Unit> Handle(TellFurther request, CancellationToken cancellationToken)
    {
        await notices.Rest(request, cancellationToken);
        return Unit.Value;
    }
}
