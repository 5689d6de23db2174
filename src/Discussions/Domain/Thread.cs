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

/// <summary>The talk of a run: counters that are kept, and the one sequence in which everything in it happens.</summary>
internal sealed class Board
{
    public Guid RunId { get; init; }

    /// <summary>The number of the last change. Given in the transaction of the change, so the order of numbers is the order of commits.</summary>
    public long LastSequence { get; init; }

    public int Threads { get; init; }

    /// <summary>Questions without an accepted or endorsed answer.</summary>
    public int Unanswered { get; init; }
}

/// <summary>What a learner or teacher wrote: the beginning of a thread, a reply, or a comment on a reply.</summary>
internal abstract class Writing
{
    public const int LongestText = 20_000;

    public Guid Id { get; init; }

    public Guid RunId { get; init; }

    public Guid AuthorId { get; init; }

    public string Markdown { get; private set; } = "";

    /// <summary>Rendered when it was saved.</summary>
    public string Html { get; private set; } = "";

    public DateTimeOffset At { get; init; }

    public DateTimeOffset? EditedAt { get; private set; }

    /// <summary>Taken away by its author; a stone stays for what hangs on it.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    public int Votes { get; set; }

    /// <summary>The number at which it came: the order of reading.</summary>
    public long Number { get; init; }

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
        Html = MarkdownRenderer.Render(text, new MarkupOptions(MarkupFor.Post)).Html;
    }

    public void Edit(string? markdown, DateTimeOffset now)
    {
        Write(markdown);
        EditedAt = now;
    }

    public void Delete(DateTimeOffset now) => (DeletedAt, Markdown, Html) = (now, "", "");
}

/// <summary>A thread, with what begins it.</summary>
internal sealed class Thread : Writing
{
    public const int LongestTitle = 160;

    public ThreadKind Kind { get; init; }

    public string Title { get; private set; } = "";

    /// <summary>The lesson or quiz it belongs to; null: the board alone.</summary>
    public Guid? ItemId { get; init; }

    /// <summary>Replies and comments, kept.</summary>
    public int Replies { get; set; }

    /// <summary>When something was posted last: the order of the board.</summary>
    public DateTimeOffset LastAt { get; set; }

    /// <summary>The reply that the asker accepted.</summary>
    public Guid? AcceptedId { get; set; }

    /// <summary>How many replies the team endorsed.</summary>
    public int Endorsed { get; set; }

    public bool IsAnswered => AcceptedId is not null || Endorsed > 0;

    public bool IsUnansweredQuestion => Kind == ThreadKind.Question && !IsAnswered && !IsDeleted;

    public void Name(string? title)
    {
        var name = string.Join(' ', (title ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
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
    public Guid ThreadId { get; init; }

    /// <summary>The reply that this comments on; null: a reply.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>Who of the team stands behind it; null: nobody.</summary>
    public Guid? EndorsedById { get; set; }
}

/// <summary>One person, one vote on one writing.</summary>
internal sealed class Vote
{
    public Guid WritingId { get; init; }

    public Guid PersonId { get; init; }
}
