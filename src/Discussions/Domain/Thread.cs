using MoocPlatform.Kernel;
using MoocPlatform.Markup;

namespace MoocPlatform.Discussions.Domain;

/// <summary>What a thread wants.</summary>
internal enum ThreadKind
{
    /// <summary>An answer: its asker accepts one, the team endorses one.</summary>
    Question,

    /// <summary>A conversation.</summary>
    Discussion,
}

/// <summary>Who may read a writing, apart from its author and the team.</summary>
internal enum WritingState
{
    /// <summary>Everyone who may read its thread.</summary>
    Shown,

    /// <summary>Nobody, until the team has seen it.</summary>
    Held,

    /// <summary>Nobody: the team has hidden it.</summary>
    Hidden,
}

/// <summary>Whether the asker of a private question lets the team make it public.</summary>
internal enum Consent
{
    None,

    /// <summary>The team has asked.</summary>
    Asked,

    Given,
}

/// <summary>The talk of a run: counters that are kept, and the one sequence in which everything in it happens.</summary>
internal sealed class Board
{
    public Guid RunId { get; init; }

    /// <summary>The number of the last change. Given in the transaction of the change, so the order of numbers is the order of commits.</summary>
    public long LastSequence { get; init; }

    public int Threads { get; init; }

    /// <summary>Questions without an accepted or endorsed answer.</summary>
    public int Unanswered { get; init; }

    /// <summary>Where the run's words stand in the index of the search: a small number of its own.</summary>
    public int Shelf { get; init; }
}

/// <summary>What the team has set for the talk of a course, in all its runs.</summary>
internal sealed class TalkSettings
{
    public Guid CourseId { get; init; }

    /// <summary>Whether the first texts of a person wait until the team has seen one.</summary>
    public bool HoldsFirst { get; set; }

    /// <summary>Whether learners may write without their name: the team still sees it.</summary>
    public bool AllowsAnonymous { get; set; }
}

/// <summary>What a learner or teacher wrote: the beginning of a thread, a reply, or a comment on a reply.</summary>
internal abstract class Writing
{
    public const int LongestText = 20_000;

    public Guid Id { get; init; }

    public Guid RunId { get; init; }

    public Guid AuthorId { get; init; }

    /// <summary>Peers do not see who wrote it; the team does.</summary>
    public bool Anonymous { get; init; }

    public WritingState State { get; set; }

    /// <summary>Why the team did what it did last, for the author.</summary>
    public string Reason { get; set; } = "";

    /// <summary>What the author answered to that.</summary>
    public string Answer { get; set; } = "";

    /// <summary>How many reports nobody has looked at yet.</summary>
    public int Reports { get; set; }

    /// <summary>Whether the team has something to do here: it is held, reported, or its author has answered.</summary>
    public bool Waits { get; set; }

    /// <summary>Taken away by the team, not by its author.</summary>
    public bool Removed { get; private set; }

    public string Markdown { get; private set; } = "";

    /// <summary>Rendered when it was saved.</summary>
    public string Html { get; private set; } = "";

    private string? plain; // of a text just written: it was read once then

    /// <summary>The text without markup.</summary>
    internal string Words => plain ?? Excerpt(LongestText);

    /// <summary>The pictures in it, of a text just written.</summary>
    internal IReadOnlyList<Guid> Shows { get; private set; } = [];

    public DateTimeOffset At { get; init; }

    public DateTimeOffset? EditedAt { get; private set; }

    /// <summary>Taken away by its author; a stone stays for what hangs on it.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    public int Votes { get; set; }

    /// <summary>The number at which it could first be read: the order of reading.</summary>
    public long Number { get; set; }

    /// <summary>The number of its last change: who holds an earlier one has it to fetch.</summary>
    public long Sequence { get; set; }

    public bool IsDeleted => DeletedAt is not null;

    public void Write(string? markdown)
    {
        var text = (markdown ?? "").Trim();
        if (text.Length == 0)
            throw Refusals.Empty();
        if (text.Length > LongestText)
            throw Refusals.TooLong(text.Length);
        Markdown = text;
        var rendered = MarkdownRenderer.Render(text, Picture.Markup);
        (Html, plain, Shows) = (rendered.Html, rendered.PlainText, [.. rendered.Assets.Select(Picture.IdOf).OfType<Guid>()]);
    }

    public void Edit(string? markdown, DateTimeOffset now)
    {
        Write(markdown);
        EditedAt = now;
    }

    public void Delete(DateTimeOffset now, bool byTeam = false) => (DeletedAt, Markdown, Html, plain, Removed, Reports, Waits) = (now, "", "", "", byTeam, 0, false);

    /// <summary>The text as plain words on one line.</summary>
    public string Excerpt(int characters) => MarkdownRenderer.Excerpt(Markdown, characters);
}

/// <summary>A thread, with what begins it.</summary>
internal sealed class Thread : Writing
{
    public const int LongestTitle = 160;

    public ThreadKind Kind { get; init; }

    public string Title { get; private set; } = "";

    /// <summary>The lesson or quiz it belongs to; null: the board alone.</summary>
    public Guid? ItemId { get; set; }

    /// <summary>For the asker and the team alone.</summary>
    public bool IsPrivate { get; set; }

    /// <summary>Of the asker, to make a private question public.</summary>
    public Consent Consent { get; set; }

    public bool Pinned { get; set; }

    /// <summary>Since when only the team writes here.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>The thread in which this one has gone up.</summary>
    public Guid? MergedIntoId { get; set; }

    /// <summary>Replies and comments that all its readers can read, kept.</summary>
    public int Replies { get; set; }

    /// <summary>When something was posted last.</summary>
    public DateTimeOffset LastAt { get; set; }

    /// <summary>The number of what was posted last: the order of the board, and what a reader has to have read.</summary>
    public long LastNumber { get; set; }

    /// <summary>When somebody else than its author first replied, and who.</summary>
    public DateTimeOffset? FirstReplyAt { get; set; }

    public Guid? FirstReplyById { get; set; }

    /// <summary>Whether the team has said something here.</summary>
    public bool StaffAnswered { get; set; }

    /// <summary>Kept for the lists: <see cref="IsUnansweredQuestion"/>.</summary>
    public bool Unanswered { get; set; }

    /// <summary>The reply that the asker accepted.</summary>
    public Guid? AcceptedId { get; set; }

    /// <summary>How many replies the team endorsed.</summary>
    public int Endorsed { get; set; }

    public bool IsAnswered => AcceptedId is not null || Endorsed > 0;

    public bool IsUnansweredQuestion => Kind == ThreadKind.Question && !IsAnswered && !IsDeleted;

    /// <summary>A post can be read from now on, as the last one.</summary>
    public void Take(Post post, bool byTeam, DateTimeOffset now)
    {
        Replies++;
        LastAt = now;
        LastNumber = post.Number;
        StaffAnswered |= byTeam;
        if (post.AuthorId != AuthorId && FirstReplyAt is null)
            (FirstReplyAt, FirstReplyById) = (now, post.AuthorId);
    }

    /// <summary>A post is about to be hidden or taken away: its readers have one less.</summary>
    public void Lose(Writing writing)
    {
        if (writing is Post { State: WritingState.Shown, IsDeleted: false })
            Replies--;
    }

    /// <summary>What it counts for on the board, where only what everyone may read is counted.</summary>
    public (int Threads, int Unanswered) Tally =>
        State == WritingState.Shown && !IsPrivate && !IsDeleted && MergedIntoId is null ? (1, IsUnansweredQuestion ? 1 : 0) : (0, 0);

    public void Name(string? title)
    {
        var name = Label.Of(title);
        if (name.Length == 0)
            throw Refusals.NoTitle();
        if (name.Length > LongestTitle)
            throw Refusals.TitleTooLong(name.Length);
        Title = name;
    }
}

/// <summary>A reply to a thread, or a comment on a reply.</summary>
internal sealed class Post : Writing
{
    /// <summary>Most comments on one reply: what is longer is a conversation of its own.</summary>
    public const int MostComments = 500;

    public Guid ThreadId { get; set; }

    /// <summary>The reply that this comments on; null: a reply.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>Who of the team stands behind it; null: nobody.</summary>
    public Guid? EndorsedById { get; set; }
}

/// <summary>What a writing said before it was changed.</summary>
internal sealed class Revision
{
    public Guid Id { get; init; }

    public Guid WritingId { get; init; }

    public string Markdown { get; init; } = "";

    /// <summary>Of the beginning of a thread; null: a post.</summary>
    public string? Title { get; init; }

    /// <summary>When it was replaced.</summary>
    public DateTimeOffset Until { get; init; }
}

/// <summary>One person, one vote on one writing.</summary>
internal sealed class Vote
{
    public Guid WritingId { get; init; }

    public Guid PersonId { get; init; }
}
