using System.Text.RegularExpressions;

namespace MoocPlatform.Courses.Domain;

/// <summary>
/// Something that lives elsewhere and that lessons of a course point to, with what is known of its health and, where its licence allows it, its
/// text as it was when it was last seen.
/// </summary>
internal sealed partial class Resource
{
    /// <summary>So long has an address to fail before it counts as gone: a week-end's repair is no death.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    private static readonly TimeSpan Weekly = TimeSpan.FromDays(7);
    private static readonly TimeSpan Daily = TimeSpan.FromDays(1);

    public const int LongestUrl = 2_000;
    public const int LongestWords = 300;

    public Guid Id { get; init; }

    public Guid CourseId { get; init; }

    /// <summary>As it stands in the lessons' links; unique in the course.</summary>
    public string Url { get; init; } = "";

    public string Title { get; set; } = "";

    /// <summary>As written.</summary>
    public string Source { get; set; } = "";

    /// <summary>As written.</summary>
    public string Licence { get; set; } = "";

    public ResourceState State { get; set; }

    /// <summary>Null: not looked at yet.</summary>
    public DateTimeOffset? CheckedAt { get; set; }

    /// <summary>When it is looked at next.</summary>
    public DateTimeOffset NextAt { get; set; }

    /// <summary>Since when it has failed without a break; null: it does not.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    /// <summary>Its text as last seen, plain, paragraphs apart by one line feed; empty: there is none.</summary>
    public string Snapshot { get; set; } = "";

    public DateTimeOffset? SnapshotAt { get; set; }

    /// <summary>Whether learners are shown that it is gone.</summary>
    public bool IsGone => State == ResourceState.Gone;

    /// <summary>
    /// Whether the licence as written lets anybody pass the text on and change its form: CC BY, CC BY-SA, CC0 or the public domain. What forbids
    /// changes or trade is not open (opendefinition.org), and is not copied.
    /// </summary>
    public bool IsOpen => OpenLicence().IsMatch(Licence) && !ClosedLicence().IsMatch(Licence);

    /// <summary>It answered.</summary>
    /// <param name="text">Its text; null: it is not to be copied, or holds none.</param>
    public void Answered(string? text, DateTimeOffset now)
    {
        (State, CheckedAt, FailingSince, NextAt) = (ResourceState.Answers, now, null, now + Weekly);
        if (text is { Length: > 0 })
            (Snapshot, SnapshotAt) = (text, now);
        if (!IsOpen)
            (Snapshot, SnapshotAt) = ("", null); // the licence was changed in the lesson
    }

    /// <summary>It did not answer, or said that there is nothing.</summary>
    public void Failed(DateTimeOffset now)
    {
        (CheckedAt, NextAt) = (now, now + Daily);
        FailingSince ??= now;
        State = now - FailingSince >= Patience ? ResourceState.Gone : ResourceState.Fails;
    }

    /// <summary>Programs are not wanted there: it is asked again after a while whether they are.</summary>
    public void Declined(DateTimeOffset now) => (State, CheckedAt, FailingSince, NextAt) = (ResourceState.Declines, now, null, now + (4 * Weekly));

    /// <summary>Its address is not one of the public network.</summary>
    public void Refused(DateTimeOffset now) => (State, CheckedAt, FailingSince, NextAt) = (ResourceState.NotPublic, now, null, now + (4 * Weekly));

    [GeneratedRegex(@"\bCC[ -]?0\b|\bCC[ -]BY(?:[ -]SA)?\b|public[ -]domain|creativecommons\.org/(?:licenses/by(?:-sa)?/|publicdomain/)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 100)]
    private static partial Regex OpenLicence();

    [GeneratedRegex(@"[ -](?:NC|ND)\b|by-n[cd]|by-sa-n[cd]", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 100)]
    private static partial Regex ClosedLicence();
}

/// <summary>How an address that lives elsewhere was found. Kept as a number.</summary>
internal enum ResourceState
{
    /// <summary>Not looked at yet.</summary>
    New,

    Answers,

    /// <summary>It has failed, and not for long.</summary>
    Fails,

    /// <summary>It has failed for days.</summary>
    Gone,

    /// <summary>Its robots.txt asks programs to stay away.</summary>
    Declines,

    /// <summary>Its name leads into a private network: nobody is sent there.</summary>
    NotPublic,
}
