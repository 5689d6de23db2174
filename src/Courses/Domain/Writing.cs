using MoocPlatform.Courses.Contracts;

namespace MoocPlatform.Courses.Domain;

/// <summary>A text as somebody saved it. Never changed; goes with its item.</summary>
internal sealed class ItemVersion
{
    public Guid ItemId { get; init; }

    /// <summary>The <see cref="Item.Revision"/> that this text is; the first is 1.</summary>
    public int Revision { get; init; }

    public Guid CourseId { get; init; }

    /// <summary>Who saved it.</summary>
    public Guid AuthorId { get; init; }

    public DateTimeOffset At { get; init; }

    public string Title { get; init; } = "";

    public int Minutes { get; init; }

    public CompletionRule Rule { get; init; }

    public bool Published { get; init; }

    public string Markdown { get; init; } = "";

    /// <summary>The revision whose text it brought back; null: it was written.</summary>
    public int? RestoredFrom { get; init; }

    /// <summary>The draft that became this text: what is left of it on the way changes nothing any more.</summary>
    public Guid? DraftId { get; init; }

    /// <summary>The item as it is now, which <paramref name="authorId"/> has just made it.</summary>
    public static ItemVersion Of(Item item, Guid authorId, DateTimeOffset now, Guid? draftId = null, int? restoredFrom = null) => new()
    {
        ItemId = item.Id,
        Revision = item.Revision,
        CourseId = item.CourseId,
        AuthorId = authorId,
        At = now,
        Title = item.Title,
        Minutes = item.Minutes,
        Rule = item.Rule,
        Published = item.Published,
        Markdown = item.Markdown,
        DraftId = draftId,
        RestoredFrom = restoredFrom,
    };
}

/// <summary>
/// What an author has typed and not saved, held while it is typed. Every opened editor has its own, so that two windows of one author never
/// overwrite each other.
/// </summary>
internal sealed class ItemDraft
{
    /// <summary>Of the opened editor.</summary>
    public Guid Id { get; init; }

    public Guid CourseId { get; init; }

    public Guid ItemId { get; init; }

    public Guid AuthorId { get; init; }

    /// <summary>The revision that was being changed.</summary>
    public int Revision { get; set; }

    /// <summary>Counts what the editor sends; what arrives late changes nothing.</summary>
    public long Sequence { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>As typed, and so maybe nothing that could be saved.</summary>
    public string Title { get; set; } = "";

    /// <inheritdoc cref="Title"/>
    public int? Minutes { get; set; }

    public CompletionRule? Rule { get; set; }

    public string Markdown { get; set; } = "";

    /// <summary>Whether it says nothing that is not saved.</summary>
    public bool Says(Item item) =>
        Markdown.TrimEnd('\n') == item.Markdown.TrimEnd('\n')
        && (item.Kind == ItemKind.Quiz || ((Title, Minutes) == (item.Title, item.Minutes) && (Rule is null || Rule == item.Rule)));
}
