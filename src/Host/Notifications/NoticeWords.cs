using MediatR;
using Microsoft.Extensions.Localization;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Notifications;

/// <summary>A notification in words, in the language of the moment.</summary>
/// <param name="What">One sentence: who did what.</param>
/// <param name="More">What was written, in one line; empty: nothing to show.</param>
/// <param name="Place">Title of the course; empty: not known.</param>
/// <param name="By">Who did it; null: not a person, or not known to this reader.</param>
/// <param name="Link">From the root.</param>
internal sealed record NoticeText(Notification Of, string What, string More, string Place, Person? By, string Link);

/// <summary>
/// Finds the words of notifications. What people wrote is asked for at this moment, for this reader: what they may not see (any more) has no words
/// and is left out. One question for each such notification, so never for more than a page of them.
/// </summary>
internal sealed class NoticeWords(IMediator mediator, IStringLocalizer<Text> text)
{
    /// <summary>The words, in the order given; fewer where something may not be seen.</summary>
    public async Task<IReadOnlyList<NoticeText>> Of(IReadOnlyCollection<Notification> notices, Guid reader, CancellationToken ct)
    {
        var news = new Dictionary<Guid, WritingNews>();
        foreach (var subject in notices.Where(IsOfWriting).Select(n => n.SubjectId).Distinct())
            if (await mediator.Send(new WritingQuery(subject, reader), ct) is { } seen)
                news[subject] = seen;
        var texts = new List<NoticeText>(notices.Count);
        foreach (var notice in notices)
            if ((IsOfWriting(notice) ? Written(notice, news) : notice.Kind == NoticeKind.Queue ? await Waiting(notice, reader, ct) : Kept(notice)) is { } words)
                texts.Add(words);
        return texts;
    }

    // For who is of the team still, and as long as something waits.
    private async Task<NoticeText?> Waiting(Notification notice, Guid reader, CancellationToken ct)
    {
        if (await mediator.Send(new RunTermQuery(notice.SubjectId), ct) is not { } run || await mediator.Send(new CourseRoleQuery(run.CourseId, reader), ct) is null
            || await mediator.Send(new TalkQueueCountQuery(run.RunId), ct) is not (> 0 and var count))
            return null;
        return new(notice, text.Count("In the discussion 1 text waits for the team|In the discussion {0} texts wait for the team", count), "", run.CourseTitle, null, TalkLinks.Queue(run.CourseSlug, run.RunSlug));
    }

    private static bool IsOfWriting(Notification notice) => notice.Kind is NoticeKind.Mention or NoticeKind.Reply or NoticeKind.Thread;

    private NoticeText? Written(Notification notice, Dictionary<Guid, WritingNews> news)
    {
        if (!news.TryGetValue(notice.SubjectId, out var written))
            return null;
        // As the talk calls the author for this reader: never by the name of the account where that is not to be known.
        var by = written is { AuthorId: { } author, AuthorName: { } name, AuthorHue: { } hue } ? new Person(author, name, hue) : null;
        var (who, title) = (by?.Name ?? text["Somebody"].Value, Label.Of(written.ThreadTitle));
        string what = notice.Kind switch
        {
            NoticeKind.Mention => text["{0} mentioned you in “{1}”", who, title],
            NoticeKind.Thread when written.IsQuestion => text["{0} asked “{1}”", who, title],
            NoticeKind.Thread => text["{0} began the discussion “{1}”", who, title],
            _ when notice.Detail == (int)HearsAs.Owner => text["{0} replied to you in “{1}”", who, title],
            _ => text["{0} replied in “{1}”", who, title],
        };
        return new(notice, what, Label.Of(written.Excerpt), written.CourseTitle ?? "", by, written.Link);
    }

    private NoticeText Kept(Notification notice)
    {
        var title = Label.Of(notice.Title);
        string what = (notice.Kind, notice.Detail) switch
        {
            (NoticeKind.Mark, (int)AnswerMark.Accepted) => text["Your answer in “{0}” was accepted", title],
            (NoticeKind.Mark, _) => text["The team endorsed your answer in “{0}”", title],
            (NoticeKind.Moderation, (int)ModerationAct.Held) => text["What you wrote in “{0}” waits until the team has read it", title],
            (NoticeKind.Moderation, (int)ModerationAct.Released) => text["What you wrote in “{0}” can be read by everyone now", title],
            (NoticeKind.Moderation, (int)ModerationAct.Hidden) => text["The team has hidden what you wrote in “{0}”", title],
            (NoticeKind.Moderation, (int)ModerationAct.Restored) => text["What you wrote in “{0}” can be read again", title],
            (NoticeKind.Moderation, (int)ModerationAct.ConsentAsked) => text["The team asks whether all may read your private question “{0}”", title],
            (NoticeKind.Moderation, _) => text["The team has deleted what you wrote in “{0}”", title],
            (NoticeKind.Quiz, 0) => text["You submitted “{0}”", title],
            (NoticeKind.Badge, 0) => text["You have got the badge of “{0}”", title],
            (NoticeKind.Badge, _) => text["Your badge of “{0}” was revoked", title],
            (NoticeKind.Quiz, _) => text["Your score has changed: {0}", title],
            (NoticeKind.TeamMessage, _) => text["The team writes to you: {0}", title],
            _ => text["Announcement: {0}", title],
        };
        return new(notice, what, Label.Of(notice.Note), notice.Place, null, notice.Link);
    }
}
